"""What a kit is: where its file stands, and what is in it for the image that carries both programs."""

from collections.abc import Callable, Mapping
from typing import Any

from compiler.records import NamedTuple

LOCK = "requirements/mlproject.lock"
"""pip's lock, with hashes, of the version of this compiler that the repository is checked with."""
INSTALL = f"python -m pip install --quiet --require-hashes --only-binary :all: -r {LOCK}"
CHECKS = ("mlproject check", "mlproject compile --check", "mlproject ci --check")
PYTHON = "3.11"


class Kit(NamedTuple):
    """One CI system: `path` is from the root of the repository, `render` takes the organisation's train image.

    A body that is a mapping is written as YAML; text is a program of the host's own language.
    """

    path: str
    render: Callable[[str], Mapping[str, Any] | str]
    comment: str = "#"
