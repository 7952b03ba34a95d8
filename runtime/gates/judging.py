"""What a gate is given and what it says: numbers beside their limits, so that a verdict can be read."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, Literal, NamedTuple

from runtime.evaluation.metrics import Answers
from runtime.models.examples import Array, Examples
from runtime.models.exporting import to_onnx
from runtime.models.keeping import TrainedModel
from runtime.models.onnx_model import OnnxModel

Relation = Literal[">=", "<=", "=="]


class Case:
    """One model before its gates; what several gates need is made once."""

    def __init__(self, trained: TrainedModel, holdout: Examples, answers: Answers, evaluation: Mapping[str, Any],
                 champion: Mapping[str, Any] | None) -> None:
        """Take the model, the held-out rows, the answers to them, their metrics, and the model in use."""
        self.trained, self.holdout, self.answers = trained, holdout, answers
        self.evaluation, self.champion = evaluation, champion

    @property
    def task(self) -> str:
        """Return the task of the model."""
        return str(self.evaluation["task"])

    @cached_property
    def onnx(self) -> OnnxModel:
        """Return the model in the form in which it would be served."""
        return OnnxModel(to_onnx(self.trained.model, task=self.task, features=len(self.trained.transform.names)),
                         self.task)

    def columns(self, rows: Any = slice(None)) -> dict[str, Array]:
        """Return the raw columns that the model reads, of some of the held-out rows."""
        taken = self.holdout.rows.iloc[rows]
        return {name: taken[name].to_numpy() for name in self.trained.transform.columns}


class Number(NamedTuple):
    """One measured number beside its limit; None where there was nothing to measure, which no limit allows."""

    name: str
    value: float | None
    relation: Relation | None = None
    limit: float | None = None

    @property
    def holds(self) -> bool:
        """Tell whether the number is within its limit; one without a limit is for the reader alone."""
        if self.relation is None or self.limit is None:
            return True
        if self.value is None or self.value != self.value:
            return False
        match self.relation:
            case ">=":
                return self.value >= self.limit
            case "<=":
                return self.value <= self.limit
            case "==":
                return self.value == self.limit


class Judgement(NamedTuple):
    """The numbers of one gate, and what else a reader should know."""

    numbers: tuple[Number, ...]
    notes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Tell whether every number is within its limit."""
        return all(number.holds for number in self.numbers)


Judge = Callable[[Case, Mapping[str, Any]], Judgement]


def within(name: str, value: float | None, settings: Mapping[str, Any]) -> Iterable[Number]:
    """Yield the number once for each limit that the settings of a gate name."""
    if settings["minimum"] is not None:
        yield Number(name, value, ">=", float(settings["minimum"]))
    if settings["maximum"] is not None:
        yield Number(name, value, "<=", float(settings["maximum"]))
