"""The page of every diagnostic's code: what `mlproject explain CODE` prints."""

import ast
import os
from collections.abc import Iterator, Mapping
from importlib import import_module

_PACKAGE = os.path.dirname(__file__)
_TABLES = ("compiler.diagnostics.pages", "compiler.spec.pages", "compiler.kinds.pages", "compiler.targets.pages",
           "compiler.verify.pages", "compiler.policy.pages", "compiler.emit.pages", "compiler.change.pages",
           "compiler.waivers.pages", "compiler.edit.pages", "compiler.provenance.pages")


def page_of(code: str) -> str | None:
    """Return the page of a code, or None: a check's docstring, a table's entry, or a policy's metadata."""
    return _of_check(code) or _in_tables().get(code) or _of_policy(code)


def codes() -> Iterator[str]:
    """Yield every code that has a page."""
    yield from _in_tables()
    base = os.path.join(_PACKAGE, "checks")
    for noun in sorted(os.listdir(base)):
        if os.path.isdir(os.path.join(base, noun)) and not noun.startswith("_"):
            for rule in sorted(os.listdir(os.path.join(base, noun))):
                if rule.endswith(".py") and not rule.startswith("_"):
                    yield f"{noun}/{rule.removesuffix('.py').replace('_', '-')}"


def _of_check(code: str) -> str | None:
    noun, _, rule = code.partition("/")
    path = os.path.join(_PACKAGE, "checks", os.path.basename(noun), os.path.basename(rule).replace("-", "_") + ".py")
    if not rule or not os.path.isfile(path):
        return None
    with open(path, encoding="utf-8") as file:
        return ast.get_docstring(ast.parse(file.read()))


def _in_tables() -> Mapping[str, str]:
    pages: dict[str, str] = {}
    for table in _TABLES:
        pages |= import_module(table).PAGES
    return pages


def _of_policy(code: str) -> str | None:
    from compiler.policy.documents import page_of_policy

    return page_of_policy(code)
