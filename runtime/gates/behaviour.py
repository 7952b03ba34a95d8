"""Laws that hold for every prediction of the model as it would be served."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from runtime.gates.judging import Case, Judgement, Number
from runtime.models.predicting import Array, Predictions

MOST_ROWS = 2000
SUM_TOLERANCE = 1e-4
SAME = 1e-4


def judge(case: Case, settings: Mapping[str, Any]) -> Judgement:
    """Count, for each law, the rows that break it."""
    columns = case.columns(slice(0, MOST_ROWS))
    answers = case.onnx.predict(case.trained.transform.apply(columns))
    numbers: list[Number] = []
    for law in settings["checks"]:
        numbers += _LAWS[law](case, answers, columns, settings)
    return Judgement(tuple(numbers), (f"{len(next(iter(columns.values())))} held-out rows",))


def _none(name: str, broken: Any) -> Number:
    return Number(name, float(np.sum(broken)), "==", 0.0)


def _sum_to_one(_case: Case, answers: Predictions, _columns: Mapping[str, Array],
                _settings: Mapping[str, Any]) -> list[Number]:
    assert answers.probabilities is not None
    sums = answers.probabilities.sum(axis=1)
    return [_none("rows whose probabilities do not sum to one", ~(np.abs(sums - 1) <= SUM_TOLERANCE)),
            _none("probabilities outside of 0 to 1", (answers.probabilities < 0) | (answers.probabilities > 1))]


def _schema(case: Case, answers: Predictions, columns: Mapping[str, Array],
            _settings: Mapping[str, Any]) -> list[Number]:
    rows = len(next(iter(columns.values())))
    classes = len(case.trained.transform.classes or ())
    wrong = [part for part in answers if part is not None and len(part) != rows]
    numbers = [_none("outputs that do not have one answer a row", len(wrong))]
    if answers.labels is not None and classes:
        numbers.append(_none("labels that are no class", (answers.labels < 0) | (answers.labels >= classes)))
    if answers.probabilities is not None:
        numbers.append(_none("classes without a probability", abs(answers.probabilities.shape[1] - classes)))
    return numbers


def _finite(_case: Case, answers: Predictions, _columns: Mapping[str, Array],
            _settings: Mapping[str, Any]) -> list[Number]:
    parts = [part for part in answers if part is not None]
    return [_none("answers that are no finite number", sum(int((~np.isfinite(part)).sum()) for part in parts))]


def _invariance(case: Case, answers: Predictions, columns: Mapping[str, Array],
                settings: Mapping[str, Any]) -> list[Number]:
    """Ask again in another order, and with the values of each column of `invariant_to` dealt out anew."""
    order = np.random.default_rng(0).permutation(len(next(iter(columns.values()))))
    turned = _ask(case, {name: values[order] for name, values in columns.items()})
    numbers = [_none("rows whose answer depends on the other rows", _differ(answers.take(order), turned))]
    for column in settings["invariant_to"]:
        # A column that is no feature cannot change an answer.
        changed = {**columns, column: columns[column][order]} if column in columns else columns
        numbers.append(_none(f"rows whose answer depends on {column}", _differ(answers, _ask(case, changed))))
    return numbers


def _ask(case: Case, columns: Mapping[str, Array]) -> Predictions:
    return case.onnx.predict(case.trained.transform.apply(columns))


def _differ(one: Predictions, other: Predictions) -> Array:
    pairs = [(a, b) for a, b in zip(one[1:], other[1:], strict=True) if a is not None and b is not None]
    return np.asarray(np.any([np.abs(a - b).reshape(len(a), -1).max(axis=1) > SAME for a, b in pairs], axis=0))


_LAWS: Mapping[str, Callable[[Case, Predictions, Mapping[str, Array], Mapping[str, Any]], list[Number]]] = {
    "probabilities-sum-to-one": _sum_to_one, "schema": _schema, "finite": _finite, "invariance": _invariance}
