"""Which commit a run was rendered by: the one that brought its plan's digest into the committed tree.

A workflow cannot carry the commit that it is part of. It carries the digest of its plan file, and
Git knows which commit first held that.
"""

import subprocess
import tempfile
from pathlib import Path

from runtime.locations import locate
from runtime.outcome import Unavailable

_SECONDS = 300


def commit_of(repository: str, revision: str, *, plan_digest: str) -> str | None:
    """Return the commit; None where no commit of the branch holds the digest, such as for a run of a laptop."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder, "clone")
        _git("clone", "--quiet", "--bare", "--single-branch", "--branch", revision, "--", locate(repository),
             str(clone))
        found = _git("-C", str(clone), "log", "--reverse", "--format=%H", f"-S{plan_digest}", revision, "--",
                     "generated")
    return found.split("\n", 1)[0] or None


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=True, timeout=_SECONDS,
                              stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError) as failure:
        said = getattr(failure, "stderr", "") or str(failure)
        raise Unavailable(f"the repository cannot be read: {said.strip()[-300:]}") from failure
    return done.stdout.strip()
