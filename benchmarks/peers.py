"""Install the peers, each into a virtual environment of its own, outside the clone.

  python benchmarks/peers.py            all of them
  python benchmarks/peers.py kapitan    one

A folder is named after its pins and its Python, so that changed pins never meet an old installation.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

PINS = Path(__file__).resolve().parent / "peers"
NAMES = ("hera", "kapitan", "kfp")
BUILT_HERE = {"kfp": "kfp,kfp-server-api"}
"""What is published as source alone; everything else must be a wheel."""
STAMP = ".installed"


class PeerError(Exception):
    """A peer could not be installed: no network, no wheel for this Python."""


def folder_of(name: str) -> Path:
    """Return the virtual environment of a peer; it may not exist yet."""
    digest = hashlib.sha256(f"{sys.implementation.cache_tag}\0".encode())
    for pins in _pins_of(name):
        digest.update(pins.read_bytes())
    # An empty XDG_CACHE_HOME counts as unset, by the XDG specification.
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(caches) / "mlproject-compiler" / "peers" / f"{name}-{digest.hexdigest()[:12]}"


def install(name: str) -> Path:
    """Return the virtual environment of a peer, made first when it is not there."""
    folder = folder_of(name)
    if (folder / STAMP).is_file():
        return folder
    print(f"installing {name} into {folder} ...", file=sys.stderr, flush=True)
    # Scripts hold absolute paths: an environment is made where it stays, and the stamp says that it is whole.
    shutil.rmtree(folder, ignore_errors=True)
    _run(sys.executable, "-m", "venv", str(folder))
    for pins in _pins_of(name):
        _run(str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
             "--require-hashes", "--requirement", str(pins), *_formats_of(name, pins))
    # Files that are no Python 3 (templates, tests) do not compile and are never imported.
    subprocess.run([str(folder / "bin/python"), "-m", "compileall", "-qq", str(folder / "lib")], check=False)
    (folder / STAMP).touch()
    return folder


def _pins_of(name: str) -> tuple[Path, ...]:
    builders = (PINS / "builders.txt",) if name in BUILT_HERE else ()
    return (*builders, PINS / f"{name}.txt")


def _formats_of(name: str, pins: Path) -> tuple[str, ...]:
    wheels = ("--only-binary", ":all:")
    if name in BUILT_HERE and pins.stem == name:
        return (*wheels, "--no-binary", BUILT_HERE[name], "--no-build-isolation")
    return wheels


def _run(*command: str) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise PeerError(lines[-1] if lines else f"{command[0]} exited with {done.returncode}")


def main(names: list[str]) -> int:
    """Install what was asked for and say where it is."""
    unknown = sorted({*names} - {*NAMES})
    if unknown:
        print(f"there is no peer `{unknown[0]}`: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    for name in names or NAMES:
        try:
            print(f"{name}: {install(name)}")
        except PeerError as failure:
            print(f"{name}: not installed: {failure}", file=sys.stderr)
            return 4
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
