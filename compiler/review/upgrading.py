"""What this compiler would render otherwise than what is committed: the report before an upgrade."""

from collections.abc import Iterator, Mapping

from compiler.artifact.artifact import Artifact, Manifest, TextFile
from compiler.change.aggregate import Folder
from compiler.change.objects import compare_artifacts, keyed
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.driver import REPOSITORY, Report, folder_of
from compiler.emit.compare import Change, compare
from compiler.emit.index import INDEX_NAME, read_index
from compiler.policy.foreign import read_manifests
from compiler.records import NamedTuple


class Upgrade(NamedTuple):
    """The versions that wrote what is committed, the folders that differ, how many there are, and what went wrong."""

    versions: tuple[str, ...]
    folders: tuple[Folder, ...]
    looked_at: int
    diagnostics: tuple[Diagnostic, ...]


def upgrade(report: Report, generated: str) -> Upgrade:
    """Compare what was rendered with what is committed below `generated`, object by object."""
    rendered = {f"{one.plan.environment.name}/{one.plan.identity.name}": folder_of(one, report.sources)
                for one in report.rendered}  # fmt: skip
    comparison = compare(generated, rendered)
    by_folder: dict[str, list[Change]] = {}
    for change in comparison.changes:
        by_folder.setdefault(change.folder, []).append(change)
    versions = {_version(change.before) for changes in by_folder.values() for change in changes
                if change.path == INDEX_NAME and change.before is not None}  # fmt: skip
    folders = [_folder(name, changes) for name, changes in sorted(by_folder.items()) if name != REPOSITORY]
    return Upgrade(tuple(sorted(versions - {""})), tuple(one for one in folders if one.objects), len(rendered),
                   comparison.diagnostics)  # fmt: skip


def _version(index: bytes | None) -> str:
    found = read_index(index or b"")
    return found.compiler if found else ""


def _folder(name: str, changes: list[Change]) -> Folder:
    environment, _, project = name.partition("/")
    before: dict[tuple[str, str, str, str], Artifact] = {}
    after: dict[tuple[str, str, str, str], Artifact] = {}
    for change in changes:
        if change.path != INDEX_NAME and change.kind != "foreign":
            before |= keyed(tuple(_artifacts(change.path, change.before)))
            after |= keyed(tuple(_artifacts(change.path, change.after)))
    objects = tuple(one for one in compare_artifacts(before, after) if one.action != "unchanged")
    return Folder(project, environment, objects)


def _artifacts(path: str, content: bytes | None) -> Iterator[Artifact]:
    if content is None:
        return
    concern, dot, _ = path.rpartition(".yaml")
    found = list(read_manifests(content, path)) if dot else []
    if not found or any(isinstance(one, Diagnostic) for one in found):
        yield TextFile(path, content.decode("utf-8", "replace"), ())
        return
    for one in found:
        if not isinstance(one, Diagnostic):
            yield Manifest(concern, one.body, ())


def codes_of(diagnostics: tuple[Diagnostic, ...]) -> Mapping[tuple[str, str], int]:
    """Return how often each code is found, by severity and code."""
    counts: dict[tuple[str, str], int] = {}
    for found in diagnostics:
        counts[found.severity, found.code] = counts.get((found.severity, found.code), 0) + 1
    return dict(sorted(counts.items()))
