"""Bring the GitOps repository of this machine up to what is here: `.data/gitops.git`, where local runs promote to.

Specs, waivers and public keys are copied as they are in this working tree; `generated/` is compiled there.
The locks stay those of the repository: what was promoted there is not undone. What is the same is not committed again.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
BARE, KEYS = ROOT / ".data/gitops.git", ROOT / ".data/keys"
LOCK = "mlproject.lock"
IDENTITY = {"GIT_AUTHOR_NAME": "make data", "GIT_AUTHOR_EMAIL": "data@mlproject.invalid",
            "GIT_COMMITTER_NAME": "make data", "GIT_COMMITTER_EMAIL": "data@mlproject.invalid"}


def main() -> int:
    """Bring it up to date, say what happened, and return the exit code."""
    if not BARE.is_dir():
        print(f"error: there is no {BARE.relative_to(ROOT)}\n  help: run `make data` first", file=sys.stderr)
        return 4
    try:
        commit = bring_up(BARE, ROOT, KEYS)
    except subprocess.CalledProcessError as failure:
        said = failure.stderr.strip()[-1500:]
        print(f"error: {' '.join(map(str, failure.cmd[:3]))} failed:\n{said}", file=sys.stderr)
        return 4
    print(f"{BARE.relative_to(ROOT)} is at {commit[:12]}")
    return 0


def bring_up(bare: Path, root: Path, keys: Path) -> str:
    """Commit to a bare repository what is at root and differs; return the commit that it is at."""
    with TemporaryDirectory(prefix="gitops-", ignore_cleanup_errors=True) as folder:
        clone = Path(folder, "repository")
        _run("git", "clone", "--quiet", "--", str(bare), str(clone))
        _copy(root / "specs", clone / "specs")
        # The policies of this repository are the built-in ones, which the compiler brings; twice would be refused.
        shutil.rmtree(clone / "policies", ignore_errors=True)
        if (root / "waivers.yaml").is_file():
            shutil.copy(root / "waivers.yaml", clone / "waivers.yaml")
        (clone / "keys").mkdir(exist_ok=True)
        for key in sorted(keys.glob("*.pub.pem")):
            shutil.copy(key, clone / "keys" / key.name)
        _run(sys.executable, "-P", "-m", "compiler", "compile", cwd=clone)
        _run("git", "add", "--all", cwd=clone)
        if _run("git", "status", "--porcelain", cwd=clone):
            _run("git", "commit", "--quiet", "--message", "specs: as they are in the working tree", cwd=clone)
            _run("git", "push", "--quiet", "origin", "HEAD", cwd=clone)
        return _run("git", "rev-parse", "HEAD", cwd=clone).strip()


def _copy(source: Path, target: Path) -> None:
    """Make target hold what source does, but for the locks, which stay."""
    if not source.is_dir():
        return
    locks = {path.relative_to(target): path.read_bytes() for path in target.rglob(LOCK)}
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.unfinished"))
    for path, content in locks.items():
        if (target / path).parent.is_dir():
            (target / path).write_bytes(content)


def _run(*command: str, cwd: Path | None = None) -> str:
    variables: Mapping[str, str] = {**IDENTITY, **os.environ, "GIT_TERMINAL_PROMPT": "0"}
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True, env=variables).stdout


if __name__ == "__main__":
    sys.exit(main())
