"""`mlproject policy check`: the policies on manifests that no spec of ours made.

Files may hold many documents and kubectl's lists. Anchors and aliases are read, unlike in specs; what is
not a Kubernetes object is refused and never passed over.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.policy.findings import diagnose_foreign
from compiler.policy.inputs import foreign_input
from compiler.policy.interface import Judge
from compiler.records import NamedTuple
from compiler.source.document import Span
from compiler.source.path import FieldPath

MAX_BYTES = 64 * 1024 * 1024
MAX_NODES = 1_000_000
MAX_REPEATED = 10_000
MAX_DEPTH = 64
_CODE = "policy/unreadable-manifest"


class ForeignManifest(NamedTuple):
    """One object of a file: which document of the file it is, and the place of every value in it."""

    file: str
    document: int
    body: Mapping[str, Any]
    spans: Mapping[FieldPath, Span]

    def locate(self, path: FieldPath) -> Span:
        """Return the place of path, or of its nearest ancestor that exists."""
        lengths = range(len(path), -1, -1)
        return next((self.spans[path[:length]] for length in lengths if path[:length] in self.spans),
                    Span(self.file, 1, 1, 1, 1))


class Checked(NamedTuple):
    """What was judged, what was found, and the text of the files."""

    manifests: tuple[ForeignManifest, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]


def check_manifests(files: Mapping[str, bytes], judge: Judge) -> Checked:
    """Judge the objects of files, all of them together: a network policy may stand in a file of its own."""
    manifests: list[ForeignManifest] = []
    problems: list[Diagnostic] = []
    for file, content in sorted(files.items()):
        for item in read_manifests(content, file):
            if isinstance(item, Diagnostic):
                problems.append(item)
            else:
                manifests.append(item)
    sources = {file: content.decode("utf-8", "replace") for file, content in files.items()}
    if not manifests:
        return Checked((), tuple(problems) or (_nothing(files),), sources)
    judgement = judge.judge("manifests", [foreign_input([manifest.body for manifest in manifests])])
    found = [diagnostic for findings in judgement.findings for diagnostic in diagnose_foreign(findings, manifests)]
    return Checked(tuple(manifests), (*problems, *judgement.faults, *found), sources)


def read_manifests(content: bytes, file: str) -> Iterator[ForeignManifest | Diagnostic]:
    """Yield the objects of a file, and what in it is none."""
    import yaml

    try:
        text = content.decode("utf-8")
        if len(content) > MAX_BYTES:
            yield _refused(file, f"the file is larger than {MAX_BYTES} bytes")
            return
        nodes = list(yaml.compose_all(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except UnicodeDecodeError:
        yield _refused(file, "the file is not UTF-8")
        return
    except yaml.YAMLError as failure:
        mark = getattr(failure, "problem_mark", None)
        yield _refused(file, f"the file is not YAML: {getattr(failure, 'problem', None) or 'it cannot be parsed'}",
                       *((mark.line + 1, mark.column + 1) if mark else ()))
        return
    for number, node in enumerate(nodes, start=1):
        yield from _objects(node, file, number)


def _objects(node: Any, file: str, number: int) -> Iterator[ForeignManifest | Diagnostic]:
    builder = _Builder(file)
    try:
        body = builder.build(node, (), 0)
    except _Unreadable as refusal:
        yield _refused(file, str(refusal), node.start_mark.line + 1, node.start_mark.column + 1)
        return
    if body is None:
        return
    if isinstance(body, dict) and str(body.get("kind", "")).endswith("List") and isinstance(body.get("items"), list):
        for index, item in enumerate(body["items"]):
            yield _object(item, file, number, _below(builder.spans, ("items", index)))
    else:
        yield _object(body, file, number, builder.spans)


def _object(body: Any, file: str, number: int, spans: Mapping[FieldPath, Span]) -> ForeignManifest | Diagnostic:
    if isinstance(body, dict) and all(isinstance(body.get(key), str) for key in ("apiVersion", "kind")) \
            and isinstance(body.get("metadata", {}), dict):
        return ForeignManifest(file, number, body, spans)
    span = spans.get((), Span(file, 1, 1, 1, 1))
    return _refused(file, f"document {number} is not a Kubernetes object", span.line, span.column)


def _below(spans: Mapping[FieldPath, Span], prefix: FieldPath) -> dict[FieldPath, Span]:
    length = len(prefix)
    return {path[length:]: span for path, span in spans.items() if path[:length] == prefix}


class _Unreadable(Exception):  # noqa: N818
    """Why a document cannot be read; the message says it."""


class _Builder:
    """Builds plain data of a document's nodes, with the place of every value."""

    def __init__(self, file: str) -> None:
        self.spans: dict[FieldPath, Span] = {}
        self._file = file
        self._built: set[int] = set()
        self._repeated = 0

    def build(self, node: Any, path: FieldPath, depth: int) -> Any:
        self._limit(node, depth)
        start, end = node.start_mark, node.end_mark
        self.spans[path] = Span(self._file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        if node.id == "mapping":
            return dict(self._member(key, value, path, depth) for key, value in node.value)
        if node.id == "sequence":
            return [self.build(item, (*path, index), depth + 1) for index, item in enumerate(node.value)]
        return _scalar(node)

    def _limit(self, node: Any, depth: int) -> None:
        if len(self.spans) >= MAX_NODES or depth > MAX_DEPTH:
            raise _Unreadable(f"the document has more than {MAX_NODES} values or is nested more than {MAX_DEPTH} deep")
        # An alias is the node itself once more: a few nested ones are a document of billions.
        self._repeated += id(node) in self._built
        if self._repeated > MAX_REPEATED:
            raise _Unreadable(f"the aliases of the document stand for more than {MAX_REPEATED} values")
        self._built.add(id(node))

    def _member(self, key: Any, value: Any, path: FieldPath, depth: int) -> tuple[str, Any]:
        if key.id != "scalar" or key.tag == "tag:yaml.org,2002:merge":
            raise _Unreadable("keys are texts, and merge keys are not read")
        return key.value, self.build(value, (*path, key.value), depth + 1)


def _scalar(node: Any) -> Any:
    from compiler.source.scalars import Refused, resolve

    if node.style in ("'", '"', "|", ">") or node.tag == "tag:yaml.org,2002:binary":
        return node.value
    value = resolve(node.value)
    return node.value if isinstance(value, Refused) else value


def _refused(file: str, message: str, line: int = 1, column: int = 1) -> Diagnostic:
    return Diagnostic(_CODE, "error", message, (), "render templates first; give YAML or JSON of Kubernetes objects",
                      (), Span(file, line, column, line, column + 1))


def _nothing(files: Mapping[str, bytes] | Sequence[str]) -> Diagnostic:
    return _refused(next(iter(sorted(files)), "manifests"), "there is no Kubernetes object to judge")
