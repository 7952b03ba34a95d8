"""Acknowledgements: somebody says yes to one exact list of findings, and to no other.

The hash of the list stands in `acknowledgements.yaml` of the proposal, with who and why, or in a trailer of one of its
commits. It says what was looked at; who may say so is for the reviewers whom the plan asks for, and for CODEOWNERS.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.records import NamedTuple
from compiler.source.digests import sha256_hex
from compiler.source.document import Document
from compiler.source.path import FieldPath

FILE = "acknowledgements.yaml"
TRAILER = "Acknowledged-Change"
MALFORMED = "change/bad-acknowledgement"
_HASH = re.compile(r"sha256:[0-9a-f]{64}")
_KEYS = ("changes", "by", "reason")


class Objection(NamedTuple):
    """What a policy on the change finds in one project and environment."""

    project: str
    environment: str
    finding: Diagnostic


def list_hash(objections: Iterable[Objection]) -> str:
    """Return the hash of a list of objections, empty for none; their order is no part of it."""
    rows = sorted({(one.finding.code, one.project, one.environment, one.finding.message) for one in objections})
    return f"sha256:{sha256_hex(json.dumps(rows).encode())}" if rows else ""


def answered(objections: Iterable[Objection], given: frozenset[str]) -> tuple[tuple[Diagnostic, ...], bool]:
    """Return the findings as they stand, and whether the list was acknowledged: then none of them is an error."""
    found = tuple(objections)
    needed = list_hash(one for one in found if one.finding.severity == "error")
    is_given = bool(needed) and needed in given
    return tuple(_answered(one.finding, needed, is_given) for one in found), is_given


def acknowledged_in(document: Document) -> tuple[frozenset[str], tuple[Diagnostic, ...]]:
    """Return the hashes that an acknowledgements file holds, and what is wrong with it."""
    faults = tuple(_faults(document))
    if faults:
        return frozenset(), faults
    return frozenset(entry["changes"] for entry in document.data["acknowledgements"]), ()


def hashes_among(trailers: Iterable[str]) -> frozenset[str]:
    """Return the hashes that trailers of commits hold."""
    return frozenset(said for said in trailers if _HASH.fullmatch(said))


def _answered(finding: Diagnostic, needed: str, is_given: bool) -> Diagnostic:
    if finding.severity != "error":
        return finding
    if is_given:
        return finding._replace(severity="note", message=f"acknowledged: {finding.message}")
    return finding._replace(help=f"{finding.help}: `{TRAILER}: {needed}` as a trailer, or in {FILE}")


def _faults(document: Document) -> Iterator[Diagnostic]:
    data = document.data
    entries = data.get("acknowledgements") if isinstance(data, Mapping) else None
    if not isinstance(entries, list) or set(data) != {"acknowledgements"}:
        yield _wrong(document, (), "this is no list of acknowledgements")
        return
    for index, entry in enumerate(entries):
        at: FieldPath = ("acknowledgements", index)
        if not isinstance(entry, Mapping) or set(entry) != set(_KEYS) or not all(_is_said(entry[key]) for key in _KEYS):
            yield _wrong(document, at, "an acknowledgement has `changes`, `by` and `reason`, and nothing else")
        elif not _HASH.fullmatch(entry["changes"]):
            yield _wrong(document, (*at, "changes"), "`changes` is no hash of a list")


def _is_said(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _wrong(document: Document, path: FieldPath, message: str) -> Diagnostic:
    return error(MALFORMED, message, at=path, help="`mlproject plan` prints the hash to acknowledge")._replace(
        span=document.locate(path)
    )
