"""What a step is given and what it answers: the interface between the programs and their steps."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple


class Context(NamedTuple):
    """One call of a step: its settings, and a path for each artifact that it reads or writes.

    `settings` is the step's part of the plan file. An input that is optional and absent is not in
    `inputs`. The parent folder of each output exists; the step makes the file or folder itself.
    `plan_digest` is the SHA-256 of the plan file, by which the commit that rendered it is found.
    `item` is the index of a step that runs once for each item, `status` how the pipeline ended.
    """

    step: str
    project: str
    environment: str
    run: str
    settings: Mapping[str, Any]
    inputs: Mapping[str, Path]
    outputs: Mapping[str, Path]
    log: logging.Logger
    item: int | None = None
    status: str = ""
    plan_digest: str = ""
    work: Path = Path()
    """A folder for whatever the step wants to keep for its next attempt, such as checkpoints."""


class Outcome(NamedTuple):
    """What a step found: numbers by name, and whether the pipeline goes on."""

    numbers: Mapping[str, float] = {}
    verdict: Literal["pass", "stop"] = "pass"


class Refused(Exception):  # noqa: N818 - a verdict, not an error of ours
    """The data, the model or a gate says no; trying again changes nothing. The message is for a person."""


class Unavailable(Exception):  # noqa: N818 - a state of the world
    """Storage, network or a registry failed; another attempt may succeed. The message is for a person."""
