"""Commits of named paths, branches and pushes, with the identity and the credentials of whoever asks.

Reading is `objects`: it trusts nothing. Here the user's own configuration is in force (signing, hooks, credential
helpers), for a commit of theirs must be like every other one.
"""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from compiler.git.objects import GitError

_VARIABLES = {"GIT_TERMINAL_PROMPT": "0", "GIT_LITERAL_PATHSPECS": "1", "LC_ALL": "C"}


class Committer:
    """The Git repository and the checkout that root is in; paths are relative to root."""

    def __init__(self, root: str, variables: Mapping[str, str]) -> None:
        self.root = root
        self._variables = {**variables, **_VARIABLES}

    def unclean(self, paths: Sequence[str]) -> tuple[str, ...]:
        """Return those below paths that differ from the commit, or that it does not hold."""
        said = self._run("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", *paths)
        return tuple(sorted(row[3:] for row in said.split("\0") if row))

    def commit(self, paths: Sequence[str], message: str) -> str:
        """Commit what paths hold, and nothing else; return the commit."""
        self._run("add", "--all", "--", *paths)
        self._run("commit", "--quiet", "--file=-", "--cleanup=verbatim", "--", *paths, input=message)
        return self._run("rev-parse", "HEAD").strip()

    def push(self, branch: str, *, remote: str = "origin") -> None:
        """Push the commit to a branch of ours: one of the same name is an older form of the same proposal."""
        self._run("push", "--quiet", "--force", remote, f"HEAD:refs/heads/{branch}")

    def address(self, remote: str = "origin") -> str | None:
        """Return the address of a remote as it was given, None when there is none."""
        said = self._call(("config", "--get", f"remote.{remote}.url"), "")
        return said.stdout.strip() if said.returncode == 0 else None

    def branch(self) -> str | None:
        """Return the name of the branch that is checked out, None for none."""
        said = self._call(("symbolic-ref", "--quiet", "--short", "HEAD"), "")
        return said.stdout.strip() if said.returncode == 0 else None

    @contextmanager
    def checkout(self) -> Iterator["Committer"]:
        """Yield a checkout of HEAD beside this one, which stays as it is; it is gone after the block."""
        below = self._run("rev-parse", "--show-prefix").strip()
        with TemporaryDirectory(prefix="mlproject-", ignore_cleanup_errors=True) as folder:
            place = os.path.join(folder, "tree")
            self._run("-c", "core.hooksPath=/dev/null", "worktree", "add", "--quiet", "--detach", place, "HEAD")
            try:
                yield Committer(os.path.normpath(os.path.join(place, below)), self._variables)
            finally:
                self._run("worktree", "remove", "--force", place)

    def _run(self, *arguments: str, input: str = "") -> str:
        said = self._call(arguments, input)
        if said.returncode:
            words = [word for word in arguments if not word.startswith("-") and "=" not in word]
            reason = [line for line in said.stderr.strip().splitlines() if line]
            raise GitError(f"git {words[0]} failed: {reason[-1] if reason else 'it said nothing'}")
        return said.stdout

    def _call(self, arguments: Sequence[str], input: str) -> "subprocess.CompletedProcess[str]":
        try:
            return subprocess.run(["git", "-C", self.root, *arguments], input=input, capture_output=True, check=False,
                                  env=self._variables, encoding="utf-8", errors="replace")
        except FileNotFoundError:
            raise GitError("there is no git on the PATH", "install Git 2.30 or newer") from None
