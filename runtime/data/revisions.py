"""Data at the revision that training uses: fetched once, and known by its commit."""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from runtime.git import call
from runtime.locations import locate
from runtime.outcome import Refused, Unavailable

_ON_DEMAND = {"GIT_LFS_SKIP_SMUDGE": "1"}
"""Files of LFS are fetched when they are asked for."""
_POINTER = b"version https://git-lfs.github.com/spec/"
ADVICE = {
    "delta": "export the version as Parquet and track it with DVC, or read it with `with: none`",
    "iceberg": "export the snapshot as Parquet and track it with DVC",
    "lakefs": "use `with: none` and a URI of lakeFS's S3 gateway, s3://REPOSITORY/REFERENCE/...",
    "pachyderm": "use `with: none` and a URI of Pachyderm's S3 gateway",
}
"""What to do about ways of versioning whose clients this runtime does not carry."""


class Checkout(NamedTuple):
    """Data on this machine at a revision; `modified` is when its last change was committed."""

    path: Path
    revision: str
    modified: datetime


@contextmanager
def checked_out(version: Mapping[str, Any]) -> Iterator[Checkout]:
    """Yield the data at its pinned revision, else at the newest of the branch; it is gone after the block."""
    fetch = _FETCHERS.get(version["with"])
    if fetch is None:
        raise Refused(f"revisions kept by {version['with']} cannot be read by this runtime: {ADVICE[version['with']]}")
    with tempfile.TemporaryDirectory(prefix="revision-") as folder:
        clone = Path(folder) / "repository"
        repository = locate(version["repository"])
        _git("clone", "--quiet", "--no-checkout", "--", repository, str(clone),
             failed=f"the repository {version['repository']} cannot be cloned")
        revision = _commit(clone, version)
        fetch(clone, revision, version, Path(folder) / "data")
        yield Checkout(Path(folder) / "data", revision, _last_change(clone, revision, version["path"]))


def _dvc(clone: Path, revision: str, version: Mapping[str, Any], target: Path) -> None:
    from dvc.api import DVCFileSystem
    from dvc.exceptions import DvcException

    path = version["path"]
    os.environ.setdefault("DVC_NO_ANALYTICS", "1")
    try:
        files = DVCFileSystem(url=str(clone), rev=revision, remote=version["remote"])
        if not files.exists(path):
            raise Refused(f"DVC tracks no `{path}` at revision {revision[:12]} of {version['repository']}")
        files.get(path, str(target), recursive=True)
    except (DvcException, OSError) as failure:
        raise Unavailable(f"`{path}` at revision {revision[:12]} cannot be fetched by DVC: {failure}") from failure


def _git_lfs(clone: Path, revision: str, version: Mapping[str, Any], target: Path) -> None:
    path = version["path"]
    _git("-C", str(clone), "checkout", "--quiet", revision, "--", path,
         failed=f"there is no `{path}` at revision {revision[:12]} of {version['repository']}", refused=True)
    if any(_is_pointer(file) for file in _files(clone / path)):
        if call("git", "lfs", "version").returncode != 0:
            raise Refused("data kept by git-lfs needs the program git-lfs, which this image does not have: install it")
        _git("-C", str(clone), "lfs", "pull", "--include", path, failed=f"`{path}` cannot be fetched by git-lfs")
    (clone / path).rename(target)


_FETCHERS: Mapping[str, Callable[[Path, str, Mapping[str, Any], Path], None]] = {"dvc": _dvc, "git-lfs": _git_lfs}


def _commit(clone: Path, version: Mapping[str, Any]) -> str:
    wanted = version["revision"] or version["branch"]
    for name in (f"refs/remotes/origin/{wanted}", wanted):
        found = call("git", "-C", str(clone), "rev-parse", "--verify", "--quiet", "--end-of-options",
                     f"{name}^{{commit}}")
        if found.returncode == 0:
            return found.stdout.strip()
    raise Refused(f"the repository {version['repository']} has no revision `{wanted}`")


def _last_change(clone: Path, revision: str, path: str) -> datetime:
    """Return when path was last changed: other commits of the repository make no data newer."""
    said = _git("-C", str(clone), "log", "-1", "--format=%cI", revision, "--", f"{path}.dvc", path,
                failed="the history of the repository cannot be read")
    if not said:
        # A stage of dvc.yaml made it: then the lock of the stages is what changes with the data.
        said = _git("-C", str(clone), "log", "-1", "--format=%cI", revision, failed="the repository has no history")
    return datetime.fromisoformat(said)


def _is_pointer(file: Path) -> bool:
    with file.open("rb") as content:
        return content.read(len(_POINTER)) == _POINTER


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]


def _git(*arguments: str, failed: str, refused: bool = False) -> str:
    finished = call("git", *arguments, variables=_ON_DEMAND)
    if finished.returncode != 0:
        raise (Refused if refused else Unavailable)(f"{failed}: {finished.stderr.strip()[-500:]}")
    return finished.stdout.strip()
