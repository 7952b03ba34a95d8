"""Faults: what is wrong with a policy, with a pack, or with the engine. Each is an error of its own."""

from collections.abc import Mapping
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.source.document import Span

FOLDER = "policies"


def fault(code: str, message: str, *, file: str = FOLDER, line: int = 1, column: int = 1, help: str = "") -> Diagnostic:
    """Return an error about a place in a policy; without a file it is about all policies."""
    return Diagnostic(f"policy/{code}", "error", message, (), help, (), Span(file, line, column, line, column + 1))


def to_plain(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return a fault as plain data."""
    span = diagnostic.span
    assert span is not None
    return {"code": diagnostic.code.removeprefix("policy/"), "message": diagnostic.message, "help": diagnostic.help,
            "file": span.file, "line": span.line, "column": span.column}


def from_plain(plain: Mapping[str, Any]) -> Diagnostic:
    """Return the fault that `to_plain` wrote."""
    return fault(plain["code"], plain["message"], file=plain["file"], line=plain["line"], column=plain["column"],
                 help=plain["help"])
