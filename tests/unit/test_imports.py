"""The quick way to import our own modules leads where Python's own leads."""

import os
import py_compile
import subprocess
import sys
from importlib.machinery import PathFinder, SourceFileLoader
from pathlib import Path

import pytest

from compiler.imports import Finder
from tests.repositories import ROOT

MODULES = sorted(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
                 for path in (ROOT / "compiler").rglob("*.py"))[1:]


@pytest.mark.parametrize("name", MODULES)
def test_it_finds_what_python_finds(name: str) -> None:
    folder = [str(ROOT.joinpath(*name.split(".")[:-1]))]
    ours, pythons = Finder("compiler").find_spec(name, folder), PathFinder.find_spec(name, folder)
    assert ours is not None
    assert pythons is not None
    for what in ("name", "origin", "cached", "has_location", "submodule_search_locations", "parent"):
        assert getattr(ours, what) == getattr(pythons, what)
    assert isinstance(ours.loader, SourceFileLoader)
    assert isinstance(pythons.loader, SourceFileLoader)
    assert ours.loader.get_code(name) == pythons.loader.get_code(name)


@pytest.mark.parametrize(("name", "path"), [
    pytest.param("json.decoder", ["/"], id="a module of another package"),
    pytest.param("compiler", None, id="the package itself"),
    pytest.param("compiler.nothing", [str(ROOT / "compiler")], id="a module that is not there"),
    pytest.param("compiler.cli", [str(ROOT / "compiler"), "/elsewhere"], id="a package in two places"),
])
def test_the_rest_is_left_to_python(name: str, path: list[str] | None) -> None:
    assert Finder("compiler").find_spec(name, path) is None


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a module whose byte code is fresh and says `old`."""
    source = tmp_path / "module.py"
    source.write_text("SAID = 'old'\n")
    py_compile.compile(str(source))
    return source


def said(source: Path) -> object:
    spec = Finder("package").find_spec("package.module", [str(source.parent)])
    assert spec is not None
    assert isinstance(spec.loader, SourceFileLoader)
    names: dict[str, object] = {}
    code = spec.loader.get_code("package.module")
    assert code is not None
    assert code.co_filename == str(source)
    exec(code, names)
    return names["SAID"]


def cached(source: Path) -> Path:
    [found] = (source.parent / "__pycache__").iterdir()
    return found


def test_byte_code_is_taken(source: Path) -> None:
    state = source.stat()
    source.write_text("SAID = 'new'\n")
    os.utime(source, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert said(source) == "old"


def test_a_changed_source_counts(source: Path) -> None:
    source.write_text("SAID = 'changed'\n")
    assert said(source) == "changed"


@pytest.mark.parametrize("damage", [
    pytest.param(lambda content: b"", id="empty"),
    pytest.param(lambda content: content[:10], id="cut short"),
    pytest.param(lambda content: b"\0" + content[1:], id="of another Python"),
    pytest.param(lambda content: None, id="not there"),
])
def test_without_good_byte_code_the_source_counts(source: Path, damage: object) -> None:
    damaged = damage(cached(source).read_bytes())  # type: ignore[operator]
    cached(source).unlink() if damaged is None else cached(source).write_bytes(damaged)
    assert said(source) == "old"


@pytest.mark.parametrize("option", [pytest.param("-O", id="optimised"), pytest.param("-B", id="no byte code written"),
                                    pytest.param("-Xpycache_prefix=elsewhere", id="byte code elsewhere")])
def test_every_way_to_start_python_works(option: str, tmp_path: Path) -> None:
    result = subprocess.run([sys.executable, option, "-m", "compiler", "explain", "source/syntax"], cwd=tmp_path,
                            env={"PYTHONPATH": str(ROOT)}, check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
