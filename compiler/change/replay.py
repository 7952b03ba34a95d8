"""Gate replay: the gates of a proposal against what was measured of past models.

A threshold that moves is an abstract number. Which of the models that came before would pass now, and which would not
any more, is not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isnan
from typing import Any

from compiler.diagnostics.visible import visible
from compiler.ir.pipeline import Gate
from compiler.records import NamedTuple

_FLOORS = ("minimum", "minimum_improvement")
_CEILINGS = ("maximum", "maximum_milliseconds", "maximum_bytes")
_LISTED = 8


class PastError(Exception):
    """Why what is known of past models cannot be used."""


class PastModel(NamedTuple):
    """One registered version: its metrics, and the numbers that each gate measured, by the gate's name."""

    version: str
    metrics: Mapping[str, float]
    numbers: Mapping[str, tuple[float | None, ...]]


class Replayed(NamedTuple):
    """What a changed gate would say of past models now that it did not say, by version."""

    gate: str
    passes: tuple[str, ...]
    fails: tuple[str, ...]
    unknown: tuple[str, ...]
    looked_at: int

    @property
    def message(self) -> str:
        """Return it in words."""
        said = [f"{len(self.passes)} would pass now{_listed(self.passes)}", f"{len(self.fails)} would fail now"
                f"{_listed(self.fails)}"]  # fmt: skip
        unknown = f"; of {len(self.unknown)} nothing was recorded" if self.unknown else ""
        return f"gate `{visible(self.gate)}`: of {self.looked_at} past models {' and '.join(said)}{unknown}"


def past_models(export: Any) -> tuple[PastModel, ...]:
    """Return the models of an export: what `python -m runtime past-models` prints."""
    try:
        return tuple(_model(one) for one in export["versions"])
    except (KeyError, TypeError, AttributeError, ValueError):
        raise PastError("this is no export of registered models") from None


def replay(before: Sequence[Gate], after: Sequence[Gate], models: Sequence[PastModel]) -> Iterator[Replayed]:
    """Yield every gate that differs with what it says of past models otherwise than before."""
    old, new = {gate.name: gate for gate in before}, {gate.name: gate for gate in after}
    for name in sorted({*old, *new}):
        was, now = old.get(name), new.get(name)
        if _rule(was) != _rule(now) and models:
            yield _replayed(name, was, now, models)


def _replayed(name: str, was: Gate | None, now: Gate | None, models: Sequence[PastModel]) -> Replayed:
    verdicts = [(model.version, _lets_pass(was, model), _lets_pass(now, model)) for model in models]
    return Replayed(
        name,
        passes=tuple(version for version, old, new in verdicts if old is False and new is True),
        fails=tuple(version for version, old, new in verdicts if old is True and new is False),
        unknown=tuple(version for version, old, new in verdicts if old is None or new is None),
        looked_at=len(models),
    )


def _rule(gate: Gate | None) -> tuple[Any, ...] | None:
    return (gate.mode, dict(gate.settings)) if gate else None


def _lets_pass(gate: Gate | None, model: PastModel) -> bool | None:
    """Return whether a gate lets a model pass, None where nothing was recorded that could tell."""
    if gate is None or gate.mode != "block":
        return True
    values = model.numbers.get(gate.name) or _of_metric(gate, model)
    if not values:
        return None
    return all(_is_within(value, gate.settings) for value in values)


def _of_metric(gate: Gate, model: PastModel) -> tuple[float | None, ...]:
    metric = str(gate.settings["metric"]) if gate.kind == "metric" else ""
    return (model.metrics[metric],) if metric in model.metrics else ()


def _is_within(value: float | None, settings: Mapping[str, Any]) -> bool:
    if value is None or isnan(value):
        return False
    floors = _limits(settings, _FLOORS)
    ceilings = _limits(settings, _CEILINGS)
    return all(value >= floor for floor in floors) and all(value <= ceiling for ceiling in ceilings)


def _limits(settings: Mapping[str, Any], keys: Iterable[str]) -> tuple[float, ...]:
    return tuple(settings[key] for key in keys if settings.get(key) is not None)


def _model(said: Mapping[str, Any]) -> PastModel:
    metrics = {str(name): float(value) for name, value in said["metrics"].items() if isinstance(value, (int, float))}
    numbers = {str(gate["name"]): tuple(_number(one) for one in gate.get("numbers", ()) if one.get("relation"))
               for gate in said["gates"]}  # fmt: skip
    return PastModel(str(said["version"]), metrics, numbers)


def _number(said: Mapping[str, Any]) -> float | None:
    value = said["value"]
    return None if value is None else float(value)


def _listed(versions: Sequence[str]) -> str:
    more = f" and {len(versions) - _LISTED} more" if len(versions) > _LISTED else ""
    return f" (version {', '.join(map(visible, versions[:_LISTED]))}{more})" if versions else ""
