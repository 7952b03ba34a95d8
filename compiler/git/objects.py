"""Files of a commit, read from Git's object store.

What a commit holds was written by anyone.  It is read with `cat-file`, which runs no filter and follows no
link; a revision is never taken for an option; a configured hook, pager, monitor or promisor stays unused.
"""

import os
import subprocess
from collections.abc import Mapping, Sequence

from compiler.records import NamedTuple

_QUIET = (
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.quotePath=false",
    "-c",
    "protocol.allow=never",
)
_VARIABLES = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",
}
_KEPT = ("PATH", "HOME", "GIT_DIR", "GIT_WORK_TREE", "GIT_CONFIG_COUNT")
_LINK, _FILES = "120000", ("100644", "100755", "100664")
MAX_BYTES = 1024 * 1024
READ = ("keys", "specs", "policies", "crds", "waivers.yaml", "acknowledgements.yaml")
"""What of a commit is ever read."""


class GitError(Exception):
    """What Git could not do; the message is for a person, `help` says the way out."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.help = help


class Entry(NamedTuple):
    """One file of a commit: its mode and the id of its content."""

    mode: str
    id: str

    @property
    def is_file(self) -> bool:
        """Tell whether it is a regular file: neither a link nor another repository."""
        return self.mode in _FILES


class About(NamedTuple):
    """Who made a commit, in whose words; `is_signed` tells that there is a signature, not that it is good."""

    parents: tuple[str, ...]
    author: str
    committer: str
    subject: str
    is_signed: bool


class Git:
    """The Git repository that holds root; paths are relative to root, whichever folder of it root is."""

    def __init__(self, root: str, variables: Mapping[str, str]) -> None:
        self.root = root
        self._variables = {name: variables[name] for name in _KEPT if name in variables} | _VARIABLES
        self._listed: dict[str, Mapping[str, Entry]] = {}

    def commit(self, revision: str) -> str:
        """Return the commit that a revision names."""
        found = self._try("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if found is None:
            raise GitError(f"`{revision[:80]}` is no commit of this repository", "fetch it first: git fetch origin")
        return found.decode().strip()

    def remote(self, name: str) -> str:
        """Return the address of a remote, empty when there is none of that name."""
        found = self._try("config", "--get", f"remote.{name}.url")
        return found.decode("utf-8", "replace").strip() if found else ""

    def merge_base(self, one: str, other: str) -> str | None:
        """Return the commit at which two histories part, None when they have none in common."""
        found = self._try("merge-base", one, other)
        return found.decode().strip() if found else None

    def date(self, commit: str) -> str:
        """Return the day of a commit as YYYY-MM-DD, in UTC."""
        seconds = int(self._run("show", "-s", "--format=%ct", commit).decode().strip().splitlines()[-1])
        from datetime import UTC, datetime

        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")

    def trailers(self, base: str, head: str, key: str) -> tuple[str, ...]:
        """Return the values of a trailer in the commits after base up to head."""
        said = self._run("log", f"--format=%(trailers:key={key},valueonly)", f"{base}..{head}", "--")
        return tuple(line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip())

    def changed(self, base: str, head: str | None) -> tuple[str, ...]:
        """Return the paths that differ between base and head, or base and the working tree with new files."""
        ends = (base, head) if head else (base,)
        said = self._run(
            "diff",
            "--no-ext-diff",
            "--no-textconv",
            "--no-renames",
            "--name-only",
            "--relative",
            "--ignore-submodules=all",
            "-z",
            *ends,
            "--",
            ".",
        )
        paths = set(_split(said))
        if head is None:
            paths |= set(_split(self._run("ls-files", "--others", "--exclude-standard", "-z", "--", ".")))
        return tuple(sorted(paths))

    def about(self, commit: str) -> "About":
        """Return who made a commit, and whether it carries a signature."""
        format = "%P%x00%an <%ae>%x00%cn <%ce>%x00%s"
        said = self._run("show", "-s", f"--format={format}", commit, "--").decode("utf-8", "replace")
        parents, author, committer, subject = said.rstrip("\n").split("\0")
        raw = self._run("cat-file", "commit", commit).partition(b"\n\n")[0]
        return About(tuple(parents.split()), author, committer, subject, b"\ngpgsig" in raw)

    def log(self, path: str, revision: str) -> tuple[tuple[str, int, str], ...]:
        """Return the commits that wrote a file, newest first: of merged branches the merge, with its time.

        Beside each stands the id of the content; a commit that removed the file is left out.
        """
        said = self._run("log", "--first-parent", "--no-renames", "--format=%H %ct", revision, "--", path)
        rows = [line.split(" ") for line in said.decode().splitlines()]
        names = "".join(f"{commit}:./{path}\n" for commit, _ in rows)
        checked = self._run("cat-file", "--batch-check=%(objectname)", input=names.encode()).decode().splitlines()
        return tuple((commit, int(seconds), id) for (commit, seconds), id in zip(rows, checked, strict=True)
                     if " " not in id)

    def commits(self, *revisions: str) -> list[str]:
        """Return the commits that revisions name, all asked for at once."""
        if any("\n" in revision for revision in revisions):
            raise GitError("a revision has one line")
        names = "".join(f"{revision}^{{commit}}\n" for revision in revisions)
        found = self._try("cat-file", "--batch-check=%(objectname) %(objecttype)", input=names.encode())
        said = (found or b"").decode("utf-8", "replace").splitlines()
        for revision, line in zip(revisions, said, strict=False):
            if not line.endswith(" commit"):
                raise GitError(f"`{revision[:80]}` is no commit of this repository", "fetch it first: git fetch origin")
        if len(said) != len(revisions):
            raise GitError("git did not say which commits these are", "look whether the repository is whole: git fsck")
        return [line.partition(" ")[0] for line in said]

    def entries(self, commit: str, *below: str) -> dict[str, Entry]:
        """Return the files of a commit below some paths; what the commands read of it is listed once."""
        if commit not in self._listed:
            self._listed[commit] = self._entries(commit)
        listed = self._listed[commit]
        return {path: entry for path, entry in listed.items() if any(_is_below(path, place) for place in below)}

    def _entries(self, commit: str) -> dict[str, Entry]:
        said = self._run("ls-tree", "-r", "-z", commit, "--", *READ)
        found: dict[str, Entry] = {}
        for row in _split(said):
            head, _, path = row.partition("\t")
            mode, _, id = head.split(" ")
            if _is_safe(path):
                found[path] = Entry(mode, id)
        return found

    def read(self, ids: Sequence[str]) -> list[bytes]:
        """Return the contents of objects, in their order; one above 1 MiB is cut there plus one byte."""
        if not ids:
            return []
        said = self._run("cat-file", "--batch", input="".join(f"{id}\n" for id in ids).encode())
        contents, at = [], 0
        for _ in ids:
            end = said.index(b"\n", at)
            header = said[at:end].split(b" ")
            if len(header) != 3:
                raise GitError(
                    f"object {header[0].decode()} is missing", "fetch the whole history: git fetch --unshallow"
                )
            size = int(header[2])
            contents.append(said[end + 1 : end + 1 + min(size, MAX_BYTES + 1)])
            at = end + 1 + size + 1
        return contents

    def _run(self, *arguments: str, input: bytes = b"") -> bytes:
        said = self._call(arguments, input)
        if said.returncode:
            reason = said.stderr.decode("utf-8", "replace").strip().splitlines()
            raise GitError(f"git {arguments[0]} failed: {reason[-1] if reason else 'it said nothing'}")
        return said.stdout

    def _try(self, *arguments: str, input: bytes = b"") -> bytes | None:
        said = self._call(arguments, input)
        if b"not a git repository" in said.stderr:
            raise GitError("this is not a Git repository", "run it inside one, or `git init` first")
        return said.stdout if said.returncode == 0 else None

    def _call(self, arguments: Sequence[str], input: bytes) -> "subprocess.CompletedProcess[bytes]":
        try:
            return subprocess.run(
                ["git", *_QUIET, "-C", self.root, *arguments],
                input=input,
                capture_output=True,
                env=self._variables,
                check=False,
            )
        except FileNotFoundError:
            raise GitError("there is no git on the PATH", "install Git 2.30 or newer") from None


def materialise(git: Git, commit: str, folder: str, *below: str) -> bool:
    """Write the files of a commit below some paths into a folder of our own; tell whether there were any.

    A link is written as a link to nothing: whoever reads the folder refuses it, as it would in a checkout.
    """
    entries = git.entries(commit, *below)
    files = {path: entry for path, entry in entries.items() if entry.is_file}
    for path, content in zip(files, git.read([entry.id for entry in files.values()]), strict=True):
        place = os.path.join(folder, path)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "xb") as file:
            file.write(content)
    for path, entry in entries.items():
        if entry.mode == _LINK:
            place = os.path.join(folder, path)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            os.symlink("a-link-of-a-commit", place)
    return bool(entries)


def _split(said: bytes) -> list[str]:
    return [path for path in said.decode("utf-8", "surrogateescape").split("\0") if path]


def _is_safe(path: str) -> bool:
    """Tell whether a path of a tree, which no checkout has looked at, stays below its root."""
    return not path.startswith("/") and not {"", ".", "..", ".git"} & {*path.split("/")}


def _is_below(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}/")
