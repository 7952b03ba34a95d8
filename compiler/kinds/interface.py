"""What a kind is: a user's word, its parameters, and what it is lowered to."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.monitors import DriftMonitor
from compiler.ir.pipeline import Gate, Step
from compiler.ir.service import Rollout
from compiler.records import NamedTuple
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject

Parameters = Mapping[str, Any]
KindOf = Callable[[str, str], Any]
Judge = Callable[[ResolvedProject, Parameters, FieldPath], Iterator[Diagnostic]]


def nothing_to_say(_project: ResolvedProject, _parameters: Parameters, _at: FieldPath) -> Iterator[Diagnostic]:
    """Find no fault."""
    return iter(())


class GateKind(NamedTuple):
    """A kind of validation gate. `check` finds faults that only this kind can have."""

    name: str
    parameters: Any
    lower: Callable[[ResolvedProject, Parameters, FieldPath], Gate]
    check: Judge = nothing_to_say


class DriftKind(NamedTuple):
    """A kind of drift monitor."""

    name: str
    parameters: Any
    lower: Callable[[ResolvedProject, Parameters, FieldPath], DriftMonitor]
    check: Judge = nothing_to_say


class StrategyKind(NamedTuple):
    """A kind of deployment strategy."""

    name: str
    parameters: Any
    lower: Callable[[ResolvedProject, Parameters, FieldPath], Rollout]
    check: Judge = nothing_to_say


class SettingsKind(NamedTuple):
    """A kind whose parameters the runtime reads as they are lowered: versioning, features, registries."""

    name: str
    parameters: Any
    lower: Callable[[ResolvedProject, Parameters, FieldPath], Mapping[str, Any]]
    check: Judge = nothing_to_say


class FrameworkKind(NamedTuple):
    """A training framework: its algorithms by task, each with the names of its parameters.

    `check` gets the section `training` and its path.
    """

    name: str
    algorithms: Mapping[str, Mapping[str, frozenset[str]]]
    check: Judge = nothing_to_say


class StepKind(NamedTuple):
    """A step of the pipeline; `lower` returns None where the project has no need of it.

    `lower` finds the kinds that the project names (gates, versioning, ...) with the function it is given.
    """

    name: str
    lower: Callable[[ResolvedProject, KindOf], Step | None]


Kind = GateKind | DriftKind | StrategyKind | SettingsKind | FrameworkKind | StepKind
