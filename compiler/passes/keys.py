"""Keys that mean nothing: at the top of a spec, in its environments, in the organisation's defaults.

The layers hold only what they know, so that a misspelt section is found here, where it stands.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.source.document import Document
from compiler.source.path import FieldPath
from compiler.spec.layers import value_at
from compiler.spec.sections import SECTIONS, SETTINGS

TOP = ("apiVersion", "kind", *SECTIONS, "plugins")
_IN_SPEC = (*TOP, "environments")
_IN_LAYER = (*SETTINGS, *SECTIONS)


def unknown_keys(document: Document) -> Iterator[Diagnostic]:
    """Yield keys that neither a spec nor an environment of it has."""
    yield from _unknown(document, (), _IN_SPEC)
    yield from _unknown_in_members(document, "environments")


def unknown_keys_of_organisation(document: Document) -> Iterator[Diagnostic]:
    """Yield keys that no layer of an organisation's defaults has."""
    yield from _unknown(document, ("defaults",), _IN_LAYER)
    yield from _unknown_in_members(document, "tiers")
    yield from _unknown_in_members(document, "environments")


def unknown_environments(lock: Document, environments: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Yield environments that a lock pins a model for, or freezes, and that the spec does not have."""
    yield from _unknown(lock, ("environments",), tuple(environments))
    yield from _unknown(lock, ("freezes",), tuple(environments))


def environments_of_nobody(organisation: Document, environments: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield environments that the organisation speaks of and no project has; needs those of the whole repository.

    It is a warning: the first project of an environment may come after its defaults.
    """
    for found in _unknown(organisation, ("environments",), tuple(environments)):
        yield found._replace(severity="warning", message=f"no project has the environment `{found.path[-1]}`")


def removals_of_nothing(document: Document) -> Iterator[Diagnostic]:
    """Yield keys that null removes and that the language does not have: nothing else would ever see them."""
    for path in _nulls(document.data, ()):
        inside = path[2:] if path[0] == "environments" else path
        if len(inside) > 1:
            from compiler.passes.wording import known_keys, unknown_key

            known = known_keys("project", None, inside[:-1])
            if known and inside[-1] not in known:
                yield unknown_key(path, known)._replace(span=document.locate_key(path))


def without_echoes(faults: Iterator[Diagnostic], unknown: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Leave out what is missing only because the section that holds it is misspelt."""
    meant = {fault.help.split("`")[1] for fault in unknown if len(fault.path) == 1 and "did you mean" in fault.help}
    return (fault for fault in faults if fault.code != "spec/missing-key" or not meant.intersection(fault.path[:1]))


def _nulls(data: Any, path: FieldPath) -> Iterator[FieldPath]:
    for key, value in data.items():
        if value is None:
            yield (*path, key)
        elif isinstance(value, Mapping):
            yield from _nulls(value, (*path, key))


def _unknown_in_members(document: Document, name: str) -> Iterator[Diagnostic]:
    members = value_at(document.data, (name,))
    for member in members if isinstance(members, Mapping) else ():
        yield from _unknown(document, (name, member), _IN_LAYER)


def _unknown(document: Document, path: FieldPath, known: tuple[str, ...]) -> Iterator[Diagnostic]:
    said = value_at(document.data, path)
    unknown = [key for key in said if key not in known] if isinstance(said, Mapping) else []
    if unknown:
        from compiler.passes.wording import unknown_key

        for key in unknown:
            found = unknown_key((*path, key), tuple(sorted(known)))
            yield found._replace(span=document.locate_key(found.path))
