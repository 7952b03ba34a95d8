"""Decode: hold plain data against the language, and say in its words what does not fit."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.source.document import Document
from compiler.source.path import FieldPath
from compiler.spec.core import ValidationError
from compiler.spec.envelopes import EnvelopePlace, envelopes_in
from compiler.spec.validators import validator

KindOf = Callable[[str, str], Any]
NamesOf = Callable[[str], tuple[str, ...]]


def decode(spec: Any, *, kind_of: KindOf, names_of: NamesOf) -> Iterator[Diagnostic]:
    """Yield what in a merged spec does not fit the language or the parameters of its plug-ins."""
    yield from _faults("project", None, spec, ())
    for place, path, envelope in envelopes_in(spec):
        yield from _decode_envelope(place, path, envelope, kind_of, names_of)


def decode_document(name: str, document: Document) -> Iterator[Diagnostic]:
    """Yield what in a document of its own (lock, organisation) does not fit its type, with spans."""
    for fault in _faults(name, None, document.data, ()):
        locate = document.locate_key if fault.on_key else document.locate
        yield fault._replace(span=locate(fault.path))


def _decode_envelope(place: EnvelopePlace, path: FieldPath, envelope: Mapping[str, Any],
                     kind_of: KindOf, names_of: NamesOf) -> Iterator[Diagnostic]:
    name = envelope.get(place.key)
    if not isinstance(name, str):
        yield _missing_discriminator(place, path, envelope, names_of(place.room))
        return
    kind = kind_of(place.room, name)
    if kind is None:
        yield _unknown_kind(place, path, name, names_of(place.room))
    elif kind.parameters is not None:
        yield from _faults(f"{place.room}/{name}", kind.parameters, envelope, path)


def _missing_discriminator(place: EnvelopePlace, path: FieldPath, envelope: Mapping[str, Any],
                           names: tuple[str, ...]) -> Diagnostic:
    from compiler.diagnostics.suggest import one_of, suggest
    from compiler.passes.wording import unknown_key

    misspelt = next((key for key in envelope if key != place.key and suggest(key, (place.key,))), None)
    if misspelt is not None:
        return unknown_key((*path, misspelt), (place.key,))
    return error("spec/missing-key", f"`{place.key}` is missing", at=path, help=one_of(names))


def _unknown_kind(place: EnvelopePlace, path: FieldPath, name: str, names: tuple[str, ...]) -> Diagnostic:
    from compiler.diagnostics.suggest import one_of, suggest

    meant = suggest(name, names)
    help = f"did you mean `{meant}`?" if meant else one_of(names)
    return error("spec/unknown-kind", f"unknown `{place.key}: {name[:40]}` in {place.room}",
                 at=(*path, place.key), help=help)


def _faults(name: str, parameters: Any, data: Any, prefix: FieldPath) -> Iterator[Diagnostic]:
    try:
        validator(name, parameters).validate_python(data)
    except ValidationError as refusal:
        from compiler.passes.wording import word

        worded = [word(fault, name, parameters, prefix) for fault in refusal.errors(include_url=False)]
        yield from _without_echoes(worded)


def _without_echoes(faults: list[Diagnostic]) -> Iterator[Diagnostic]:
    """Leave out keys that are missing only because they are misspelt right there."""
    meant = {(*fault.path[:-1], fault.help.split("`")[1])
             for fault in faults if fault.help.startswith("did you mean `")}
    return (fault for fault in faults if fault.code != "spec/missing-key" or fault.path not in meant)
