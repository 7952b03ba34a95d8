"""Both sides of every project that differs, rendered."""

from collections.abc import Iterable, Mapping, Sequence

from compiler.change.grades import Grade
from compiler.change.meaning import Meaning
from compiler.change.objects import ObjectChange, compare_artifacts, keyed
from compiler.change.sides import Pair, Side
from compiler.diagnostics.diagnostic import Diagnostic, has_errors
from compiler.diagnostics.visible import visible
from compiler.driver import REPOSITORY, Rendered, Report, checks_of, folder_of, render_project, shared_artifacts
from compiler.passes.check import check
from compiler.passes.resolve import decode_organisation, resolve
from compiler.records import NamedTuple
from compiler.registry import Registry
from compiler.repository import GENERATED, Loaded

Key = tuple[str, str]


class Before(NamedTuple):
    """What could be rendered of the earlier side, and which of its specs could not."""

    rendered: tuple[Rendered, ...]
    broken: tuple[str, ...]


def render_before(loaded: Loaded, registry: Registry) -> Before:
    """Render the earlier side. It is what it is: nothing is refused, and a spec that is broken is told by its path."""
    rendered: list[Rendered] = []
    broken = {fault.span.file for fault in loaded.diagnostics if fault.span and fault.severity == "error"}
    organisation = loaded.organisation
    if organisation is not None and has_errors(decode_organisation(organisation)):
        return Before((), tuple(sorted({files.spec.file for files in loaded.projects} | broken)))
    for files in loaded.projects:
        resolved = resolve(files.spec, organisation, files.lock, kind_of=registry.find, names_of=registry.names)
        found = [*resolved.diagnostics]
        if not has_errors(found):
            found += check(resolved.projects, checks_of(resolved.projects, registry), kind_of=registry.find)
        if has_errors(found):
            broken.add(files.spec.file)
        else:
            refused: list[Diagnostic] = []
            rendered += [render_project(project, registry, refused) for project in resolved.projects]
    return Before(tuple(rendered), tuple(sorted(broken)))


def pairs_of(
    before: Before, sources: Mapping[str, str], after: Report, environments: frozenset[str]
) -> tuple[Pair, ...]:
    """Return both sides of every project and environment, in order; what is the same to the last byte is left out."""
    old = {_key(one): _side(one, sources) for one in before.rendered}
    new = {_key(one): _side(one, after.sources) for one in after.rendered}
    known, still = {name for name, _ in old}, {name for name, _ in new}
    pairs = [
        Pair(old.get(key), new.get(key), key[0] in known, key[0] in still)
        for key in sorted({*old, *new})
        if not environments or key[1] in environments
    ]
    return tuple(pair for pair in pairs if not _is_same(pair))


def compare_shared(before: Sequence[Rendered], after: Sequence[Rendered]) -> tuple[ObjectChange, ...]:
    """Return what becomes of the objects that all projects share, as far as these have a part in them."""
    return compare_artifacts(keyed(shared_artifacts(before)), keyed(shared_artifacts(after)))


def shared_meanings(
    objects: Iterable[ObjectChange], changed: Sequence[str], broken: Sequence[str]
) -> tuple[Meaning, ...]:
    """Return what a proposal means for all projects at once."""
    found = [
        Meaning("repository/broken-before", "high", f"`{path}` could not be compiled before, nothing is compared", ())
        for path in broken
    ]
    touched = [one for one in objects if one.action != "unchanged"]
    if touched:
        names = ", ".join(f"{one.kind} `{one.name}` ({one.action})" for one in touched[:3])
        found.append(Meaning("repository/shared", "medium", f"what all projects share differs: {names}", ()))
    for kept in _KEPT:
        if any(path == kept.path or path.startswith(f"{kept.path}/") for path in changed):
            said = f"{kept.words} differ: those of the base judge this proposal"
            found.append(Meaning(kept.code, kept.grade, said, ()))
    return tuple(found)


def edited_by_hand(changed: Sequence[str], told: Sequence[Key], shared: Sequence[ObjectChange]) -> tuple[Meaning, ...]:
    """Return a meaning of every folder of `generated/` that differs though nothing that it is made of does."""
    made = {f"{environment}/{project}" for project, environment in told}
    if any(one.action != "unchanged" for one in shared):
        made.add(REPOSITORY)
    folders = {_folder_of(path) for path in changed if path.startswith(f"{GENERATED}/")} - made
    return tuple(Meaning("repository/by-hand", "critical",
                         f"`{GENERATED}/{visible(folder)}` differs, and no spec accounts for it", ())
                 for folder in sorted(folders))  # fmt: skip


def _folder_of(path: str) -> str:
    parts = path.split("/")[1:]
    return parts[0] if parts[0] == REPOSITORY or len(parts) < 3 else f"{parts[0]}/{parts[1]}"


class _Kept(NamedTuple):
    """Files that a proposal may change and is not judged by."""

    path: str
    code: str
    words: str
    grade: Grade


_KEPT = (
    _Kept("policies", "repository/policies", "policies", "critical"),
    _Kept("waivers.yaml", "repository/waivers", "waivers", "high"),
    _Kept("crds", "repository/schemas", "imported schemas", "high"),
)


def _is_same(pair: Pair) -> bool:
    return pair.before is not None and pair.after is not None and pair.before.files == pair.after.files


def _side(one: Rendered, sources: Mapping[str, str]) -> Side:
    return Side(one.project, one.plan, one.artifacts, folder_of(one, sources))


def _key(one: Rendered) -> Key:
    return one.plan.identity.name, one.plan.environment.name
