"""Which commit a run was rendered by: the one that brought its plan's digest into the committed tree.

A workflow cannot carry the commit that it is part of. It carries the digest of its plan file, and
Git knows which commit first held that.
"""

import tempfile
from pathlib import Path

from runtime.git import call
from runtime.locations import locate
from runtime.outcome import Unavailable

_SHOWN = 300


def commit_of(repository: str, revision: str, *, plan_digest: str) -> str | None:
    """Return the commit; None where no commit of the branch holds the digest, such as for a run of a laptop."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder, "clone")
        _git("clone", "--quiet", "--bare", "--single-branch", f"--branch={revision}", "--", locate(repository),
             str(clone))
        found = _git("-C", str(clone), "log", "--reverse", "--format=%H", f"-S{plan_digest}", "HEAD", "--", "generated")
    return found.split("\n", 1)[0] or None


def _git(*arguments: str) -> str:
    finished = call("git", *arguments)
    if finished.returncode != 0:
        raise Unavailable(f"the repository cannot be read: {finished.stderr.strip()[-_SHOWN:]}")
    return finished.stdout.strip()
