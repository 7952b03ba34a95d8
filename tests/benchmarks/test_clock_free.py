"""What no clock decides and every clock shows: modules imported on the way, files written a second time."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repositories import ROOT, mlproject

PROJECTS = ROOT / "benchmarks/projects"
SPEC = "specs/employment"
# Each costs as much as a whole stage of the compile, or is a door to what the compiler never does.
HEAVY = frozenset({
    "asyncio", "concurrent", "dataclasses", "decimal", "email", "hera", "http", "importlib.metadata", "jinja2",
    "jsonschema", "kfp", "kubernetes", "logging", "multiprocessing", "opa_client", "pathlib", "pydantic",
    "pydantic_core.core_schema", "random", "regorus", "rich", "ruamel", "secrets", "socket", "ssl", "statistics",
    "compiler.spec.project", "inspect", "shutil", "subprocess", "tempfile", "threading", "typing_extensions",
    "unittest", "urllib", "uuid", "xml", "yaml.constructor", "yaml.reader",
})
HEAVY_FOR_HELP = HEAVY | {"argparse", "compiler.driver", "hashlib", "json", "pydantic_core"}
# What the interpreter's own start imports is not our doing: `.pth` files of other distributions run there.
PROBE = """
import sys
bare = {*sys.modules}
from compiler.cli import main
code = main(sys.argv[2:])
with open(sys.argv[1], "w") as file:
    file.write("\\n".join(sorted({*sys.modules} - bare)))
sys.exit(code)
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PROJECTS, tmp_path / "repository"))


def modules_of(*arguments: str, cwd: Path) -> frozenset[str]:
    """Run a command in a process of its own and return the modules that it imported; the policy child's are its own."""
    listed = cwd / "modules.txt"
    result = subprocess.run([sys.executable, "-c", PROBE, str(listed), *arguments], cwd=cwd, check=False,
                            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return frozenset(listed.read_text().splitlines())


@pytest.mark.parametrize(("arguments", "heavy"), [
    pytest.param(["--help"], HEAVY_FOR_HELP, id="the help needs no parser and no compiler"),
    pytest.param(["--version"], HEAVY_FOR_HELP, id="neither does the version"),
    pytest.param(["check", SPEC], HEAVY, id="a check imports nothing heavy"),
    pytest.param(["compile", SPEC], HEAVY, id="a compile imports nothing heavy"),
    pytest.param(["compile", SPEC, "--check"], HEAVY, id="a comparison imports nothing heavy"),
])
def test_nothing_heavy_is_imported(repository: Path, arguments: list[str], heavy: frozenset[str]) -> None:
    if "--check" in arguments:
        assert mlproject("compile", SPEC, cwd=repository).returncode == 0
    imported = modules_of(*arguments, cwd=repository)
    assert not {name for name in imported for banned in heavy if name == banned or name.startswith(f"{banned}.")}


def test_a_second_compile_writes_no_file(repository: Path) -> None:
    assert mlproject("compile", SPEC, cwd=repository).returncode == 0
    before = stamps(repository)
    result = mlproject("compile", SPEC, cwd=repository)
    assert result.returncode == 0, result.stderr
    assert stamps(repository) == before


def stamps(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Return what changes of a file or a folder when it is written, linked or renamed."""
    found = {path: path.lstat() for path in (folder, *folder.rglob("*"))}
    return {str(path): (stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns) for path, stat in found.items()}
