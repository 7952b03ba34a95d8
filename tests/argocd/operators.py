"""Plays KServe and External Secrets: what has an InferenceService or an ExternalSecret says that it is ready.

Argo CD waits with the next wave until what it applied is healthy, and no operator runs here. Only the status is
written: the fields that Git names stay as they were applied.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from tests.judges.rest import Rest

KINDS = ("serving.kserve.io/v1beta1/{}inferenceservices", "external-secrets.io/v1/{}externalsecrets")
READY = {"conditions": [{"type": "Ready", "status": "True", "reason": "Played", "message": "ready",
                         "lastTransitionTime": "2026-01-01T00:00:00Z"}]}


@contextmanager
def operators(rest: Rest) -> Iterator[None]:
    """Keep everything ready until the block ends."""
    stop = Event()
    thread = Thread(target=_play, args=(rest, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _play(rest: Rest, stop: Event) -> None:
    while not stop.wait(1):
        # A server that is too busy now answers the next time.
        with suppress(OSError):
            for kind in KINDS:
                _play_once(rest, kind)


def _play_once(rest: Rest, kind: str) -> None:
    answer = rest.send("GET", f"/apis/{kind.format('')}")
    for item in () if answer.is_refusal else answer.body["items"]:
        if not item.get("status", {}).get("conditions"):
            _make_ready(rest, kind, item["metadata"])


def _make_ready(rest: Rest, kind: str, metadata: dict) -> None:
    path = f"/apis/{kind.format('namespaces/' + metadata['namespace'] + '/')}/{metadata['name']}/status"
    rest.send("PATCH", path, body={"status": READY}, content_type="application/merge-patch+json",
              query={"fieldManager": "operator"})
