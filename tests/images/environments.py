"""The libraries of an image, installed from its lock into an environment outside the clone: made once a lock."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.images.graph import ROOT
from tests.judges.cache import cache_root

SOURCE_ONLY = "antlr4-python3-runtime"
PROBE = """
import importlib, json, sys
faults = {}
for name in json.load(sys.stdin):
    try:
        importlib.import_module(name)
    except Exception as fault:
        faults[name] = f"{type(fault).__name__}: {fault}"
json.dump(faults, sys.stdout)
"""


def environment(image: str) -> Path:
    """Return the Python of an environment that holds what the image's lock names, and nothing else."""
    lock = ROOT / "requirements" / f"{image}.lock"
    build = ROOT / "requirements" / "build.lock"
    words = [sys.version.encode(), lock.read_bytes(), build.read_bytes()]
    folder = cache_root().parent / "images" / f"{image}-{hashlib.sha256(b'-'.join(words)).hexdigest()[:12]}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not (folder / "complete").is_file():
            shutil.rmtree(folder, ignore_errors=True)
            _install(folder, build, lock)
            (folder / "complete").touch()
    return folder / "bin" / "python"


def failures(python: Path, modules: frozenset[str]) -> dict[str, str]:
    """Import modules with python, for real, and return what does not import and why."""
    finished = subprocess.run([python, "-W", "ignore", "-c", PROBE], input=json.dumps(sorted(modules)), text=True,
                              cwd=ROOT, env=_bare(), capture_output=True, check=True, timeout=300)
    return json.loads(finished.stdout.splitlines()[-1])


def _install(folder: Path, build: Path, lock: Path) -> None:
    python = str(folder / "bin" / "python")
    if uv := shutil.which("uv"):
        _run(uv, "venv", "--quiet", "--python", sys.executable, str(folder))
        pip = [uv, "pip", "install", "--quiet", "--python", python, "--require-hashes"]
    else:
        _run(sys.executable, "-m", "venv", str(folder))
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    source = ["--no-binary", SOURCE_ONLY, "--no-build-isolation"] if SOURCE_ONLY in lock.read_text() else []
    if source:
        _run(*pip, "--only-binary", ":all:", "-r", str(build))
    _run(*pip, "--only-binary", ":all:", *source, "-r", str(lock))


def _run(*command: str) -> None:
    finished = subprocess.run(command, capture_output=True, text=True, check=False, env=_bare(), timeout=1800)
    if finished.returncode:
        raise RuntimeError(f"`{command[0]}` ended with {finished.returncode}: {finished.stderr[-2000:]}")


def _bare() -> dict[str, str]:
    return {name: value for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "COV_", "VIRTUAL_ENV"))}
