"""Every path of the server, and what answers it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, NamedTuple
from urllib.parse import unquote

from runtime.serving.answers import Answer, Asked, json_answer, refusal_answer
from runtime.serving.batching import Batcher
from runtime.serving.catalogue import Refusal
from runtime.serving.infer_v1 import read_v1
from runtime.serving.infer_v2 import read_v2
from runtime.serving.metrics import CONTENT_TYPE, Metrics
from runtime.serving.model import Model
from runtime.serving.repository import Repository

NAME: Final = "mlproject"
VERSION: Final = "1"
EXTENSIONS: Final = ["binary_tensor_data"]
_INLINE_BYTES: Final = 32 << 10
"""A larger body is read and answered in a thread: nobody else waits for it."""

Body = bytes | bytearray


class Route(NamedTuple):
    """What answers one path: an inference, which may go to a thread, or something that is at hand."""

    read: Callable[[Model, Body, int | None], Asked] | None
    model: Model | None = None
    show: Callable[[], Answer] | None = None


class Application:
    """The server without its sockets: a path and a body in, an answer out."""

    def __init__(self, repository: Repository, metrics: Metrics, *, most_in_flight: int,
                 batch_rows: int = 0, threads: int = 2) -> None:
        """Prepare the paths of every model."""
        self.repository, self.metrics, self.most_in_flight = repository, metrics, most_in_flight
        self.is_ready = True
        self.log = logging.getLogger("mlproject")
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="infer")
        self._batchers = {model.key: Batcher(model, self._pool, most_rows=batch_rows)
                          for versions in repository.models.values() for model in versions.values() if batch_rows}
        self._posts: dict[bytes, Route] = {}
        self._gets: dict[bytes, Route] = {}
        for path, show in {"/v2": self._server, "/v2/health/live": self._live, "/v2/health/ready": self._health,
                           "/v1/models": self._names, "/metrics": self._metrics, "/": self._live,
                           "/healthz": self._live}.items():
            self._gets[path.encode()] = Route(None, show=show)
        for name, versions in repository.models.items():
            self._add(f"/v2/models/{name}", f"/v1/models/{name}", repository.find(name))
            for version, model in versions.items():
                self._add(f"/v2/models/{name}/versions/{version}", f"/v1/models/{name}/versions/{version}", model)

    def _add(self, v2: str, v1: str, model: Model) -> None:
        self._posts[f"{v2}/infer".encode()] = Route(read_v2, model)
        self._posts[f"{v1}:predict".encode()] = Route(read_v1, model)
        self._gets[v2.encode()] = Route(None, show=lambda: json_answer(self.repository.metadata(model)))
        self._gets[f"{v2}/ready".encode()] = Route(None, show=lambda: self._model_ready(model))
        self._gets[v1.encode()] = Route(None, show=lambda: json_answer({"name": model.name, "ready": self.is_ready}))

    def find(self, method: bytes, url: bytes) -> Route:
        """Return what answers a path, or refuse."""
        routes = self._posts if method == b"POST" else self._gets
        route = routes.get(url)
        if route is not None and method in (b"POST", b"GET", b"HEAD"):
            return route
        path = unquote(url.partition(b"?")[0].decode("latin-1"), errors="strict").encode()
        found = self._posts.get(path) or self._gets.get(path)
        if found is None:
            raise self._unknown(path.decode())
        if (method == b"POST") != (found.read is not None) or method not in (b"POST", b"GET", b"HEAD"):
            raise Refusal("method")
        return found

    def _unknown(self, path: str) -> Refusal:
        parts = path.split("/")
        if len(parts) > 3 and parts[1] in ("v1", "v2") and parts[2] == "models":
            name = parts[3].removesuffix(":predict")
            if name not in self.repository.models:
                return Refusal("model")
            if len(parts) > 5 and parts[4] == "versions" and (
                    parts[5].removesuffix(":predict") not in self.repository.models[name]):
                return Refusal("version")
        return Refusal("path")

    def answer(self, route: Route, body: Body, header_length: int | None) -> Answer | Awaitable[Answer]:
        """Return the answer, or the promise of one."""
        if route.read is None or route.model is None:
            assert route.show is not None
            return route.show()
        batcher = self._batchers.get(route.model.key)
        if batcher is None and len(body) <= _INLINE_BYTES and route.model.is_quick:
            return self._at_once(route, body, header_length)
        if self.metrics.in_flight >= self.most_in_flight:
            return refusal_answer(Refusal("busy"))
        if batcher is not None:
            return self._batched(batcher, route, body, header_length)
        return asyncio.get_running_loop().run_in_executor(self._pool, self._at_once, route, body, header_length)

    def _at_once(self, route: Route, body: Body, header_length: int | None) -> Answer:
        """Return the answer of an inference, a refusal as its answer."""
        model = route.model
        assert route.read is not None
        assert model is not None
        try:
            asked = route.read(model, body, header_length)
            return asked.finish(model.run(asked.matrix))
        except Refusal as refusal:
            return refusal_answer(refusal)
        except Exception:
            self.log.exception("internal error of an inference")
            return refusal_answer(Refusal("internal"))

    async def _batched(self, batcher: Batcher, route: Route, body: Body, header_length: int | None) -> Answer:
        assert route.read is not None
        assert route.model is not None
        try:
            asked = route.read(route.model, body, header_length)
            return asked.finish(await batcher.run(asked.matrix))
        except Refusal as refusal:
            return refusal_answer(refusal)
        except Exception:
            self.log.exception("internal error of an inference")
            return refusal_answer(Refusal("internal"))

    def close(self) -> None:
        """Let the threads end."""
        self._pool.shutdown(wait=False)

    def _server(self) -> Answer:
        return json_answer({"name": NAME, "version": VERSION, "extensions": EXTENSIONS})

    def _live(self) -> Answer:
        return json_answer({"live": True})

    def _health(self) -> Answer:
        return json_answer({"ready": self.is_ready}, 200 if self.is_ready else 503)

    def _model_ready(self, model: Model) -> Answer:
        return json_answer({"name": model.name, "ready": self.is_ready}, 200 if self.is_ready else 503)

    def _names(self) -> Answer:
        return json_answer({"models": sorted(self.repository.models)})

    def _metrics(self) -> Answer:
        return Answer(200, self.metrics.text(), CONTENT_TYPE)


