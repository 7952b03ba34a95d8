"""Diagnostics for code scanning: SARIF 2.1.0."""

from collections.abc import Mapping, Sequence
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic, Related
from compiler.diagnostics.pages import PAGES
from compiler.diagnostics.present import presentable
from compiler.source.document import Span
from compiler.source.path import FieldPath, dotted

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def render(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str], *,
           pages: Mapping[str, str] = PAGES) -> str:
    """Return one SARIF run; `pages` gives the help of each rule by its code."""
    import json
    shown = presentable(diagnostics)
    codes = sorted({diagnostic.code for diagnostic in shown})
    driver = {"name": "mlproject", "rules": [_rule(code, pages.get(code, "")) for code in codes]}
    results = [_result(diagnostic, codes.index(diagnostic.code)) for diagnostic in shown]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, allow_nan=False) + "\n"


def _rule(code: str, page: str) -> dict[str, Any]:
    law = page.split("\n", 1)[0] or code
    return {"id": code, "shortDescription": {"text": law},
            "help": {"text": page or f"run `mlproject explain {code}`"}}


def _result(diagnostic: Diagnostic, rule_index: int) -> dict[str, Any]:
    help_text = f"\nhelp: {diagnostic.help}" if diagnostic.help else ""
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule_index,
        "level": diagnostic.severity,
        "message": {"text": diagnostic.message + help_text},
        "locations": [_location(diagnostic.span, diagnostic.path)],
    }
    if diagnostic.related:
        result["relatedLocations"] = [_related(related, number) for number, related
                                      in enumerate(diagnostic.related)]
    if diagnostic.environment:
        result["properties"] = {"environment": diagnostic.environment}
    return result


def _related(related: Related, number: int) -> dict[str, Any]:
    return {"id": number, "message": {"text": related.message}, **_location(related.span, related.path)}


def _location(span: Span | None, path: FieldPath) -> dict[str, Any]:
    location: dict[str, Any] = {}
    if span is not None:
        location["physicalLocation"] = {
            "artifactLocation": {"uri": _uri(span.file)},
            "region": {"startLine": span.line, "startColumn": span.column,
                       "endLine": span.end_line, "endColumn": span.end_column},
        }
    if path:
        location["logicalLocations"] = [{"fullyQualifiedName": dotted(path), "kind": "member"}]
    return location


def _uri(file: str) -> str:
    try:
        encoded = file.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        # No file system gave this name; it is shown as well as it can be.
        encoded = file.encode("utf-8", "surrogatepass")
    return "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in encoded)
