"""A spec holds no secret, only references to one.

A secret in Git is public to everyone who ever clones it, and stays so after it is deleted.

    credentials: AKIA...                              # wrong
    credentials: secret://risk/lake#reader            # right
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.diagnostics.redact import redact_message
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject

CODE = "secrets/plaintext"
SHORTEST = 12


def plaintext(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield every value that looks like a secret, without showing it."""
    for path, text in _strings(project.spec, ()):
        if len(text) >= SHORTEST and _looks_secret(text):
            yield error(CODE, "this value looks like a secret", at=path,
                        help="put it into the secret store and refer to it as secret://PATH#KEY, then revoke this one")


@cache
def _looks_secret(text: str) -> bool:
    """Tell whether text has the shape of a secret; environments share most of their texts."""
    return not text.startswith("secret://") and redact_message(text) != text


def _strings(value: Any, path: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key in value:
            yield from _strings(value[key], (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _strings(item, (*path, index))


CHECK = Check(CODE, plaintext)
