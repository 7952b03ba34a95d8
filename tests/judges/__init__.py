"""The real tools which judge what the compiler writes.

A test asks for a judge with `require`, and for the upstream CRDs with
`require_crds`.  Where they are missing it is skipped, but never in CI: a judge
that silently stayed away has approved nothing.
"""

import os
from pathlib import Path

from tests.judges.cache import binary_path

REPOSITORY = Path(__file__).parents[2]


def locate(tool: str) -> Path | None:
    """Return the binary of a judge, or None where it is not built."""
    path = binary_path(tool)
    return path if path.is_file() else None


def require(tool: str) -> Path:
    """Return the binary of a judge; skip the test where it is not built."""
    path = locate(tool)
    if path is None:
        miss(f"judge `{tool}` is not built: run `make judges`")
    return path


def crds() -> Path | None:
    """Return the folder of upstream CRDs, one folder a project, or None."""
    if named := os.environ.get("MLPROJECT_CRDS"):
        return Path(named)
    beside = REPOSITORY.parent / "shared" / "crds"
    return beside if beside.is_dir() else None


def require_crds() -> Path:
    """Return the folder of upstream CRDs; skip the test where there is none."""
    folder = crds()
    if folder is None:
        miss("no upstream CRDs: set MLPROJECT_CRDS to their folder")
    if not folder.is_dir():
        miss(f"no upstream CRDs: MLPROJECT_CRDS names no folder: {folder}")
    return folder


def miss(reason: str) -> None:
    """Skip the running test, or fail it where judges are required."""
    # Imported late: build.py needs this package where pytest is not installed.
    import pytest

    if os.environ.get("MLPROJECT_REQUIRE_JUDGES") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
