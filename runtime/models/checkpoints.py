"""Checkpoints: what an interrupted training goes on from, kept where the next pod can read it."""

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import fsspec

from runtime.locations import locate

Clock = Callable[[], float]


class Checkpoints:
    """One file in a folder of the object store, replaced whenever `every_seconds` have passed.

    The name of the file is a digest of what is trained: a checkpoint of other settings or other data is never read.
    """

    def __init__(self, uri: str | None, every_seconds: float, identity: Mapping[str, Any],
                 clock: Clock = time.monotonic) -> None:
        """Keep checkpoints below uri; none where it is None."""
        name = hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()[:24]
        self._place = f"{locate(uri).rstrip('/')}/{name}" if uri else None
        self._every, self._clock, self._last = every_seconds, clock, clock()

    @property
    def folder(self) -> str | None:
        """Return a folder for whoever keeps several files; None where nothing is kept."""
        return f"{self._place}.d" if self._place is not None else None

    def read(self) -> bytes | None:
        """Return the state that an earlier attempt left; None when there is none."""
        if self._place is None:
            return None
        store, path = fsspec.core.url_to_fs(self._place)
        return bytes(store.cat_file(path)) if store.exists(path) else None

    def write(self, state: Callable[[], bytes]) -> None:
        """Keep the state when it is time to; it is made only then."""
        if self._place is None or self._clock() - self._last < self._every:
            return
        store, path = fsspec.core.url_to_fs(self._place)
        store.makedirs(path.rpartition("/")[0], exist_ok=True)
        # Object stores replace an object at once; on a file system the name is given last.
        store.pipe_file(f"{path}.new", state())
        store.mv(f"{path}.new", path)
        self._last = self._clock()

    def clear(self) -> None:
        """Remove the state: training has ended."""
        if self._place is None:
            return
        store, path = fsspec.core.url_to_fs(self._place)
        for kept in (path, f"{path}.d"):
            if store.exists(kept):
                store.rm(kept, recursive=True)
