"""The model that is to be pinned: from a version file, from arguments, or from another environment."""

from collections.abc import Mapping
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.edit import codes
from compiler.records import NamedTuple
from compiler.source.document import Document, Span
from compiler.source.files import read_file
from compiler.source.path import FieldPath

KEYS = ("version", "uri", "digest", "run", "revision", "data", "gates", "signed_by")


class Candidate(NamedTuple):
    """A model, and the place that speaks of it: a path of the lock, or a file."""

    model: Mapping[str, Any]
    path: FieldPath = ()
    span: Span | None = None


def from_lock(lock: Document | None, environment: str) -> Candidate | None:
    """Return the model that a lock pins for an environment, None when there is none."""
    model = lock.data["environments"].get(environment) if lock is not None else None
    path = ("environments", environment)
    return Candidate(model, path, lock.locate_key(path)) if lock is not None and model is not None else None


def from_file(path: str) -> tuple[Candidate | None, tuple[Diagnostic, ...]]:
    """Return the model that a version file of the pipeline speaks of, or why not."""
    import json

    content, refusals = read_file(path)
    if content is None:
        return None, refusals
    place = Span(path, 1, 1, 1, 1)
    try:
        said = json.loads(content)
        if not isinstance(said, dict):
            raise TypeError
    except (ValueError, TypeError, RecursionError):
        return None, (error(codes.VERSION_FILE, "this is not the JSON object that the step `register` writes", at=(),
                            help="name the file of its artifact `version`")._replace(span=place),)
    return Candidate(_model(said), (), place), ()


def _model(said: dict[str, Any]) -> dict[str, Any]:
    """Return what the lock keeps of a version file: its verdict becomes the entry `gates`."""
    model = {key: said[key] for key in KEYS if said.get(key) not in (None, {}, "")}
    if isinstance(said.get("verdict"), str) and said["verdict"] and "gates" not in model:
        digest = said.get("verdict_digest")
        model["gates"] = {"verdict": said["verdict"], **({"digest": digest} if digest else {})}
    version = model.get("version")
    return {**model, "version": str(version)} if type(version) is int else model


def from_record(said: Mapping[str, Any]) -> Candidate:
    """Return the model that the registry's record of a version speaks of."""
    data = {source["name"]: source.get("revision") or source.get("digest") for source in said.get("sources", ())}
    return Candidate(_model({**said, "data": {name: revision for name, revision in data.items() if revision},
                             "gates": None}))


def from_arguments(said: Mapping[str, Any]) -> Candidate:
    """Return the model that arguments speak of."""
    return Candidate({key: said[key] for key in KEYS if said.get(key)})


def faults_of(candidate: Candidate, decode: Any) -> tuple[Diagnostic, ...]:
    """Return what in a candidate does not fit the lock; `decode` is the pass of that name."""
    import json

    from compiler.source.read import read

    text = json.dumps({"apiVersion": "mlproject.dev/v1alpha1", "kind": "MLProjectLock",
                       "environments": {"candidate": dict(candidate.model)}})
    document, problems = read(text.encode(), "")
    faults = problems if document is None else tuple(decode("lock", document))
    return tuple(fault._replace(span=candidate.span, path=fault.path[2:]) for fault in faults)
