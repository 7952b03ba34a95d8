"""Propose the new version for the environment: `mlproject promote` in a clone of the GitOps repository, pushed.

The command of the compiler is what edits the lock, here as on a laptop; the image carries both programs. Where people
must approve, it pushes a branch and opens a request; where nobody has to, the commit goes to the revision that is
synced. Someone else may have pushed in the meantime: then the clone is made anew and the rules are asked again.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from runtime.contract import EXIT_ENVIRONMENT, EXIT_OK, EXIT_REFUSED, EXIT_USAGE
from runtime.git import call, last_line
from runtime.locations import locate
from runtime.outcome import Context, Outcome, Refused, Unavailable

ATTEMPTS = 5
IDENTITY = {"GIT_AUTHOR_NAME": "mlproject promote", "GIT_AUTHOR_EMAIL": "promote@mlproject.invalid",
            "GIT_COMMITTER_NAME": "mlproject promote", "GIT_COMMITTER_EMAIL": "promote@mlproject.invalid"}
_SHOWN = 2000


def run(context: Context) -> Outcome:
    """Promote the version; an environment that takes its models from another one is left as it is."""
    settings = context.settings
    if settings["promotes_from"]:
        context.log.info("%s takes its models from %s: this version is registered, and not promoted",
                         settings["environment"], settings["promotes_from"])
        return Outcome({"promoted": 0.0})
    version = context.inputs["version"].resolve()
    for attempt in range(1, ATTEMPTS + 1):
        with TemporaryDirectory(prefix="promote-", ignore_cleanup_errors=True) as folder:
            clone = Path(folder, "repository")
            _clone(settings, clone)
            before = _git("rev-parse", "HEAD", cwd=clone)
            said = _promote(settings, version, clone)
            context.log.info("%s", said.strip() or "this version is the one that is pinned")
            if settings["approvals"] or _git("rev-parse", "HEAD", cwd=clone) == before:
                return Outcome({"promoted": float(bool(said))})
            if _is_pushed(settings["revision"], clone):
                return Outcome({"promoted": 1.0, "attempts": float(attempt)})
        context.log.warning("someone else pushed first, attempt %d of %d", attempt, ATTEMPTS)
    raise Unavailable(f"the repository could not be pushed to in {ATTEMPTS} attempts")


def _clone(settings: Mapping[str, Any], clone: Path) -> None:
    finished = call("git", "-c", "core.hooksPath=/dev/null", "clone", "--quiet", "--single-branch",
                    f"--branch={settings['revision']}", "--", locate(settings["repository"]), str(clone))
    if finished.returncode != 0:
        raise Unavailable(f"the repository cannot be cloned: {last_line(finished.stderr)}")


def _promote(settings: Mapping[str, Any], version: Path, clone: Path) -> str:
    """Run the command in a clone; return what it printed, empty when nothing had to change."""
    how = ("--pull-request", f"--base={settings['revision']}") if settings["approvals"] else ("--commit",)
    # -P: the folder that it runs in belongs to whoever may propose a change of the repository.
    finished = call(sys.executable, "-P", "-m", "compiler", "promote", settings["project"],
                    f"--to={settings['environment']}", f"--from-version={version}", *how, cwd=clone,
                    variables=IDENTITY)
    reason = finished.stderr.strip()[-_SHOWN:]
    match finished.returncode:
        case code if code == EXIT_OK:
            return finished.stdout
        case code if code in (EXIT_REFUSED, EXIT_USAGE):
            raise Refused(f"not promoted to {settings['environment']}:\n{reason}")
        case code if code == EXIT_ENVIRONMENT:
            raise Unavailable(reason)
        case code:
            raise RuntimeError(f"mlproject promote ended with {code}: {reason}")


def _is_pushed(revision: str, clone: Path) -> bool:
    """Push the commit; tell whether it was first. A refusal that trying again cannot change is an error."""
    finished = call("git", "push", "--quiet", "origin", f"HEAD:refs/heads/{revision}", cwd=clone)
    if finished.returncode == 0:
        return True
    lost = ("[rejected]", "fetch first", "non-fast-forward", "cannot lock ref", "failed to update ref")
    if any(word in finished.stderr for word in lost):
        return False
    raise Unavailable(f"the repository cannot be pushed to: {last_line(finished.stderr)}")


def _git(*arguments: str, cwd: Path) -> str:
    finished = call("git", *arguments, cwd=cwd)
    if finished.returncode != 0:
        raise Unavailable(f"git {arguments[0]} failed: {last_line(finished.stderr)}")
    return finished.stdout.strip()
