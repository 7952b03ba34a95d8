"""How a file became what it is: its versions on the line of commits that a revision names."""

from compiler.git.objects import Git
from compiler.records import NamedTuple


class Version(NamedTuple):
    """What a file held from a commit on; `seconds` is when it was committed, by the clock of whoever did."""

    commit: str
    seconds: int
    text: str


def versions_of(git: Git, path: str, revision: str = "HEAD") -> tuple[Version, ...]:
    """Return the versions of a file, newest first; a merge counts when it was merged, not when it was proposed."""
    rows = git.log(path, revision)
    contents = git.read([id for _, _, id in rows])
    return tuple(Version(commit, seconds, content.decode("utf-8", "replace"))
                 for (commit, seconds, _), content in zip(rows, contents, strict=True))
