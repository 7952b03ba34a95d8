"""The new model takes over at once."""

from typing import Literal, Required, TypedDict

from compiler.ir.service import Rollout
from compiler.kinds.interface import Parameters, StrategyKind
from compiler.kinds.strategies.parameters import build_rollout
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject


class Direct(TypedDict, total=False):
    """The new model takes over at once, as soon as it is ready."""

    kind: Required[Literal["direct"]]
    """All traffic at once."""


def lower(_project: ResolvedProject, parameters: Parameters, at: FieldPath) -> Rollout:
    """Return the rollout."""
    return build_rollout(parameters, at)


KIND = StrategyKind("direct", Direct, lower)
