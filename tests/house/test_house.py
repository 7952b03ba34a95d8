"""What keeps docs/architecture.md true."""

import ast
import json
from pathlib import Path

import pytest

from compiler.export import document_schema, frozen, json_schema
from compiler.registry import discover
from compiler.spec.reference import reference
from compiler.spec.validators import FROZEN
from tests.repositories import ROOT, mlproject

SOURCES = sorted(path for room in ("compiler", "runtime") for path in (ROOT / room).rglob("*.py"))
CHECKS = sorted(path for path in (ROOT / "compiler/checks").glob("*/*.py") if path.name != "__init__.py")
MAX_LINES, MAX_FUNCTION = 300, 40


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_fits_in_the_head(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= MAX_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < MAX_FUNCTION, node.name
    assert path.stem not in {"utils", "helpers", "common2", "misc"}


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_check_has_the_code_of_its_file_and_a_page(path: Path) -> None:
    slug = f"{path.parent.name}/{path.stem.replace('_', '-')}"
    checks = {check.code for check in discover(()).checks(frozenset())}
    assert slug in checks
    assert ast.get_docstring(ast.parse(path.read_text()))


def test_the_frozen_schemas_are_fresh() -> None:
    registry = discover(())
    assert json.loads(Path(FROZEN).read_text()) == json.loads(json.dumps(frozen(registry.find, registry.names)))


def test_the_json_schemas_and_the_reference_are_fresh() -> None:
    registry = discover(())
    schema = json_schema(registry.find, registry.names)
    assert json.loads((ROOT / "specs/schema/mlproject.schema.json").read_text()) == schema
    assert json.loads((ROOT / "specs/schema/lock.schema.json").read_text()) == document_schema("lock")
    assert json.loads((ROOT / "specs/schema/defaults.schema.json").read_text()) == document_schema("organisation")
    assert (ROOT / "docs/reference.md").read_text() == reference(schema)


def test_generated_is_fresh() -> None:
    result = mlproject("compile", "--check", cwd=ROOT)
    assert result.returncode == 0, result.stderr


def test_no_pickle_and_no_shell() -> None:
    for path in SOURCES:
        # Byte code of our own modules, as Python keeps it beside them.
        allowed = {"marshal"} if path == ROOT / "compiler/imports.py" else set()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                assert not {"pickle", "shelve", "marshal"} & {name.name for name in node.names} - allowed, path
            if isinstance(node, ast.keyword):
                assert node.arg != "shell", path
