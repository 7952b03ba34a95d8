"""What policies are, what they find, and the one interface of the engines that judge by them.

How a compile uses it:

    judge = embedded.start(lambda: read_packs(root))        # or server.start(..., url=...)
    judgement = judge.judge("spec", [spec_input(project) for project in projects])
    for project, findings in zip(projects, judgement.findings):
        diagnostics += diagnose_spec(findings)
    diagnostics += judgement.faults                         # about the policies themselves
    judge.close()
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, Protocol

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.records import NamedTuple
from compiler.source.path import FieldPath

Stage = Literal["spec", "manifests", "change"]
STAGES: tuple[Stage, ...] = ("spec", "manifests", "change")
ROOT = "mlproject"
"""The package above all policies: `mlproject.STAGE.NOUN.RULE`, and `mlproject.lib.NAME`."""
LIBRARY = "lib"
TEST_SUFFIX = "_test.rego"

Input = Mapping[str, Any]


class Pack(NamedTuple):
    """Policies that are shipped together.

    `files` maps a path, as a person may be shown it, to Rego; `data` is what rules reach as
    `data.KEY`. A pack with fewer than `minimum` policies is not whole. `denies` holds an input
    for each stage that the pack must find fault with: a pack that approves it has gone blind.
    """

    name: str
    files: Mapping[str, str]
    data: Mapping[str, Any]
    minimum: int
    denies: Mapping[str, Input] = {}


class Packs(NamedTuple):
    """The packs to judge by, and why some of them cannot be used."""

    packs: tuple[Pack, ...]
    faults: tuple[Diagnostic, ...] = ()


ReadPacks = Callable[[], Packs]
"""Reads the packs; called where they are needed, which may be another process."""


class Policy(NamedTuple):
    """One policy: where it is and the YAML of its METADATA."""

    stage: str
    noun: str
    rule: str
    file: str
    metadata: str
    metadata_line: int

    @property
    def code(self) -> str:
        """Return the code of the policy's findings, which is also its path."""
        return f"{self.noun}/{self.rule}".replace("_", "-")

    @property
    def package(self) -> str:
        """Return the package of the policy."""
        return f"{ROOT}.{self.stage}.{self.noun}.{self.rule}"


class Finding(NamedTuple):
    """What one policy found in one input.

    `path` is a place of the spec in the spec and change stages; in the manifests stage `manifest` is an
    index of the input's objects and `path` a place inside that object.
    """

    policy: Policy
    message: str
    path: FieldPath
    manifest: int | None = None
    help: str = ""


class Judgement(NamedTuple):
    """The findings of each input, in canonical order, and what is wrong with policies or engine.

    An input counts as approved only when `faults` is empty: no fault is ever just dropped.
    """

    findings: tuple[tuple[Finding, ...], ...]
    faults: tuple[Diagnostic, ...]


class Judge(Protocol):
    """An engine that has been given its policies."""

    def judge(self, stage: Stage, inputs: Sequence[Input]) -> Judgement:
        """Return what all policies of the stage say of each input."""

    def ask(self, stage: Stage, inputs: Sequence[Input]) -> Callable[[], Judgement]:
        """Hand over inputs and return a function that waits for their judgement; one question at a time."""

    def dismiss(self) -> None:
        """Say that nothing more is asked, so that the engine can end while something else is done."""

    def close(self) -> None:
        """End the engine and remove whatever it left behind."""
