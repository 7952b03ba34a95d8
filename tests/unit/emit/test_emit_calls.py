"""Only fs.py touches the disk: what the crash tests stop and fail is then all there is."""

import ast
from pathlib import Path

import pytest

import compiler.emit
from compiler.emit import codes, fs
from compiler.emit.pages import PAGES

MODULES = sorted(Path(compiler.emit.__file__).parent.glob("*.py"))
HARMLESS = {"os.path.split", "os.path.abspath", "os.path.samestat"}


@pytest.mark.parametrize("module", [path for path in MODULES if path.name != "fs.py"], ids=lambda path: path.name)
def test_no_other_module_reaches_the_file_system(module):
    tree = ast.parse(module.read_text())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert imported <= {"errno", "re", "stat", "json", "difflib", "os.path"}
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not {call for call in calls if call == "open" or call.startswith("os.")} - HARMLESS


def test_each_call_of_fs_is_a_function_of_its_own():
    tree = ast.parse(Path(fs.__file__).read_text())
    reached = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
               and isinstance(node.value, ast.Name) and node.value.id == "os" and callable(getattr(fs.os, node.attr))]
    harmless = {"fsencode", "strerror", "uname", "stat_result", "DirEntry"}
    # `open` serves five functions that differ in their flags.
    once = sorted(name for name in reached if name not in harmless | {"open"})
    assert once == sorted(set(once))


def test_each_code_has_a_page_and_one_way_out():
    every = {value for name, value in vars(codes).items() if name.isupper() and isinstance(value, str)}
    assert every == PAGES.keys()
    assert not codes.UNSAFE & codes.ENVIRONMENT
    assert every - codes.UNSAFE - codes.ENVIRONMENT == {"emit/leftover"}
