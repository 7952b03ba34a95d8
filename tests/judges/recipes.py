"""The four ways to a judge: a Go module, a Debian package, an npm package, Python packages."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

TIMEOUT_SECONDS = 45 * 60
HEARTBEAT_SECONDS = 30

# -mod=readonly makes go.sum binding: a missing or a different hash stops the build.
GO_SETTINGS = {
    "GOFLAGS": "-mod=readonly -trimpath -buildvcs=false",
    "GOTOOLCHAIN": "local",
    "GOWORK": "off",
    "CGO_ENABLED": "0",
}


class BuildError(Exception):
    """A judge could not be built; the message says why."""


def build_recipe(folder: Path, output: Path) -> None:
    """Write the binary that the recipe in folder describes to output."""
    if (folder / "debian.json").is_file():
        _unpack_debian(json.loads((folder / "debian.json").read_text()), output)
    elif (folder / "package-lock.json").is_file():
        _install_npm(folder, output)
    elif (folder / "requirements.txt").is_file():
        _install_python(folder, output)
    else:
        _build_go(folder, output)


def _install_npm(folder: Path, output: Path) -> None:
    """Install what the lock pins beside output, which becomes a script that starts it."""
    if shutil.which("npm") is None:
        raise BuildError("the command `npm` is not installed")
    for name in ("package.json", "package-lock.json"):
        shutil.copy2(folder / name, output.parent / name)
    _run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], output.parent)
    output.write_text(f'#!/bin/sh\nexec "$(dirname "$0")/node_modules/.bin/{output.name}" "$@"\n')
    output.chmod(0o755)


def _install_python(folder: Path, output: Path) -> None:
    """Install what the lock pins into an environment beside output, which becomes a script that starts main.py."""
    _run([sys.executable, "-m", "venv", str(output.parent / "venv")], folder)
    _run([str(output.parent / "venv/bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
          "--require-hashes", "--only-binary", ":all:", "--requirement", "requirements.txt"], folder)
    shutil.copy2(folder / "main.py", output.parent / "main.py")
    output.write_text('#!/bin/sh\nhere=$(dirname "$0")\nexec "$here/venv/bin/python" "$here/main.py" "$@"\n')
    output.chmod(0o755)


def _build_go(folder: Path, output: Path) -> None:
    if shutil.which("go") is None:
        raise BuildError("the command `go` is not installed")
    # `-s -w` leaves the debugger's tables out: a third of the size, and of the link.
    flags = ["-s", "-w", *_linker_flags(folder)]
    command = ["go", "build", "-ldflags", " ".join(flags), "-o", str(output), _go_package(folder)]
    _run(command, folder, environment=GO_SETTINGS)


def _linker_flags(folder: Path) -> list[str]:
    path = folder / "ldflags"
    return path.read_text().split() if path.is_file() else []


def _go_package(folder: Path) -> str:
    """Return our own main if there is one, else what go.mod declares as tool."""
    if (folder / "main.go").is_file():
        return "."
    for line in (folder / "go.mod").read_text().splitlines():
        if line.startswith("tool "):
            return line.removeprefix("tool ").strip()
    raise BuildError("go.mod has no `tool` line, and there is no main.go")


def _unpack_debian(recipe: Mapping, output: Path) -> None:
    for command in ("apt-get", "dpkg"):
        if shutil.which(command) is None:
            raise BuildError(f"`{command}` is not installed: this judge is a Debian package")
    with tempfile.TemporaryDirectory(dir=output.parent.parent) as aside:
        content = Path(aside) / "content"
        for package in (recipe, *recipe.get("with", ())):
            archive = _download_debian(package, Path(aside))
            _run(["dpkg", "-x", str(archive), str(content)], Path(aside))
        if "with" not in recipe:
            shutil.copy2(content / recipe["file"], output)
            return
        shutil.copytree(content, output.parent / "content", symlinks=True)
    _write_start(output, recipe["file"])


def _write_start(output: Path, file: str) -> None:
    """Make output a script that starts a file of `content` beside it with the libraries that came along."""
    output.write_text('#!/bin/sh\n'
                      'content="$(dirname "$0")/content"\n'
                      'for folder in "$content"/usr/lib/*-linux-*; do LD_LIBRARY_PATH="$folder"; done\n'
                      'export LD_LIBRARY_PATH\n'
                      f'exec "$content/{file}" "$@"\n')
    output.chmod(0o755)


def _download_debian(recipe: Mapping, folder: Path) -> Path:
    wanted = f"{recipe['package']}={recipe['version']}"
    try:
        _run(["apt-get", "download", wanted], folder)
    except BuildError as failure:
        raise BuildError(
            f"{failure}\n  Debian does not offer {wanted} here: try `apt-get update`; if it is "
            f"gone for good, pin its successor in debian.json") from failure
    archive = next(folder.glob(f"{recipe['package']}_*.deb"))
    _check_pin(archive, recipe)
    return archive


def _check_pin(archive: Path, recipe: Mapping) -> None:
    architecture = archive.stem.rpartition("_")[2]
    pin = recipe["sha256"].get(architecture)
    if pin is None:
        raise BuildError(f"debian.json pins no {architecture} package")
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != pin:
        raise BuildError(f"{archive.name} has SHA-256 {found}, pinned is {pin}")


def _run(command: list[str], folder: Path, *, environment: Mapping[str, str] = {}) -> None:
    """Run command with a sign of life each half minute; fail with its output."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as log:
        with subprocess.Popen(command, cwd=folder, env={**os.environ, **environment},
                              stdin=subprocess.DEVNULL, stdout=log, stderr=log) as process:
            try:
                _wait(process, start)
            except BaseException:
                process.kill()
                raise
        log.seek(0)
        output = log.read().decode(errors="replace").strip()
    if process.returncode != 0:
        raise BuildError(f"`{command[0]}` ended with {process.returncode}\n{output[-3000:]}")


def _wait(process: subprocess.Popen, start: float) -> None:
    while True:
        try:
            process.wait(timeout=HEARTBEAT_SECONDS)
            return
        except subprocess.TimeoutExpired:
            elapsed = time.monotonic() - start
            print(f"  still at it after {elapsed:.0f} s", flush=True)
        if elapsed > TIMEOUT_SECONDS:
            raise BuildError(f"not done after {TIMEOUT_SECONDS // 60} minutes")
