"""Diagnostics for programs: JSON whose shape is a promise.

```
{"version": 1,
 "counts": {"error": 1, "warning": 0, "note": 0},
 "diagnostics": [
   {"code": "...", "severity": "error", "message": "...", "help": "...", "environment": "",
    "path": "deployment.scaling.minimum", "parts": ["deployment", "scaling", "minimum"],
    "place": {"file": "...", "line": 5, "column": 17, "end_line": 5, "end_column": 19} or null,
    "related": [{"message": "...", "path": "...", "parts": [...], "place": {...} or null}]}]}
```
Lines and columns count from 1, the end is exclusive. A new member may appear; none changes or goes away
without a new `version`. The text is ASCII.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from compiler.diagnostics.diagnostic import SEVERITIES, Diagnostic, Related
from compiler.diagnostics.present import presentable
from compiler.source.document import Span
from compiler.source.path import dotted

VERSION = 1


def render(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str]) -> str:
    """Return the diagnostics as one JSON object, in the order given."""
    import json
    counts = {severity: sum(found.severity == severity for found in diagnostics) for severity in SEVERITIES}
    body = {"version": VERSION, "counts": counts,
            "diagnostics": [_diagnostic(diagnostic) for diagnostic in presentable(diagnostics)]}
    return json.dumps(body, indent=2, allow_nan=False) + "\n"


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "environment": diagnostic.environment,
        "path": dotted(diagnostic.path),
        "parts": list(diagnostic.path),
        "place": _place(diagnostic.span),
        "related": [_related(related) for related in diagnostic.related],
    }


def _related(related: Related) -> dict[str, Any]:
    return {"message": related.message, "path": dotted(related.path), "parts": list(related.path),
            "place": _place(related.span)}


def _place(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else dict(span._asdict())
