"""Import definitions: read them, make them strict, keep them where `verify` finds them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from compiler.crds.convert import strict_schema
from compiler.crds.reading import Definition, fault, read_definitions
from compiler.crds.sharing import shared
from compiler.crds.store import Store
from compiler.diagnostics.diagnostic import Diagnostic, has_errors
from compiler.records import NamedTuple
from compiler.verify.names import is_subdomain
from compiler.verify.schemas import file_name, is_file_name_part
from compiler.verify.served import FOLDER

NOT_A_DEFINITION = "crds/not-a-definition"
OLD_DEFINITION = "crds/old-definition"
PATTERN = "crds/pattern"


class Kind(NamedTuple):
    """One version of a kind that the cluster serves."""

    group: str
    kind: str
    version: str
    schema: Mapping[str, Any]


class Imported(NamedTuple):
    """What an import found: `GROUP/VERSION KIND` of each kind, files changed, files removed, and what is wrong.

    Paths are relative to the repository. With an error, nothing was written.
    """

    kinds: tuple[str, ...]
    written: tuple[str, ...]
    removed: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def import_crds(paths: Sequence[str], repository: str, *, standard_input: bytes = b"") -> Imported:
    """Keep the definitions that paths hold as strict schemas in the repository; `-` means standard_input.

    Kinds that were imported before and are not in paths stay as they are; of those that are,
    versions that are no longer served go.
    """
    definitions, found = read_definitions(paths, standard_input)
    diagnostics = [*found]
    kinds = [kind for definition in definitions for kind in _kinds(definition, diagnostics)]
    if has_errors(diagnostics):
        return Imported((), (), (), tuple(diagnostics))
    kinds = list({(kind.group, kind.kind, kind.version): kind for kind in kinds}.values())
    kinds.sort(key=lambda kind: kind[:3])
    store = Store(repository)
    try:
        written, removed = _keep(store, kinds)
    finally:
        store.close()
    names = tuple(f"{kind.group}/{kind.version} {kind.kind}" for kind in kinds)
    return Imported(names, written, removed, tuple(diagnostics))


def _kinds(definition: Definition, diagnostics: list[Diagnostic]) -> Iterator[Kind]:
    body, file = definition.body, definition.file
    if body.get("apiVersion") != "apiextensions.k8s.io/v1":
        diagnostics.append(fault(OLD_DEFINITION, file, "holds a definition that is not `apiextensions.k8s.io/v1`, "
                                 "the only form that clusters still take"))
        return
    try:
        yield from _served(body["spec"], file, diagnostics)
    except (KeyError, TypeError, AttributeError):
        # The shape of a definition is the API server's to check; here it is enough to say that this is none.
        diagnostics.append(fault(NOT_A_DEFINITION, file, "holds a definition that lacks a part"))


def _served(spec: Mapping[str, Any], file: str, diagnostics: list[Diagnostic]) -> Iterator[Kind]:
    group, kind = spec["group"], spec["names"]["kind"]
    for entry in spec["versions"]:
        version = entry["name"]
        if not (is_subdomain(group) and is_file_name_part(kind) and is_file_name_part(version)):
            diagnostics.append(fault(NOT_A_DEFINITION, file, "holds a group, kind or version that is no name"))
            return
        if not entry["served"]:
            continue
        inexpressible: list[str] = []
        schema = strict_schema(group, version, kind, entry["schema"]["openAPIV3Schema"], inexpressible)
        for pattern in sorted(set(inexpressible)):
            diagnostics.append(fault(PATTERN, file, f"`{kind}` has a pattern that only the API server can check: "
                                     f"`{pattern}`")._replace(severity="warning"))
        yield Kind(group, kind, version, shared(schema))


def _keep(store: Store, kinds: Sequence[Kind]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    before = store.kinds()
    after = {group: dict(members) for group, members in before.items()}
    written, removed = [], []
    for kind in kinds:
        name = file_name(kind.kind, kind.version)
        if store.write(kind.group, name, kind.schema):
            written.append(f"{FOLDER}/{kind.group}/{name}")
        after.setdefault(kind.group, {})[kind.kind] = tuple(
            other.version for other in kinds if other[:2] == kind[:2])
    store.write_kinds(after)
    # After the index, so that no index ever names a file that is gone.
    for group, members in before.items():
        for name, versions in members.items():
            for version in sorted(set(versions) - set(after[group][name])):
                store.remove(group, file_name(name, version))
                removed.append(f"{FOLDER}/{group}/{file_name(name, version)}")
    return tuple(written), tuple(sorted(removed))
