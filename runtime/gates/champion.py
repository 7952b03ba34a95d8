"""The new model is better than the one in use, on the same rows."""

import json
from collections.abc import Mapping
from typing import Any

from runtime.bundle import BundleError, read_bundle
from runtime.evaluation.metrics import Answers, compute
from runtime.features import ColumnError
from runtime.features.transform import from_json
from runtime.gates.judging import Case, Judgement, Number
from runtime.models.onnx_model import OnnxModel
from runtime.outcome import Refused
from runtime.stores import fetched


def judge(case: Case, settings: Mapping[str, Any]) -> Judgement:
    """Judge the improvement: positive is better, whichever way the metric is."""
    name = settings["metric"]
    new = case.evaluation["metrics"].get(name, {}).get("value")
    if case.champion is None:
        return Judgement((Number(name, new),), ("there is no model in use yet",))
    old = compute(name, _answers(case, case.champion))
    sign = 1 if settings["direction"] == "maximize" else -1
    improvement = None if new is None else sign * (new - old)
    return Judgement(
        (Number(f"improvement of {name}", improvement, ">=", float(settings["minimum_improvement"])),
         Number(name, new), Number(f"{name} of version {case.champion['version']}", old)))


def _answers(case: Case, champion: Mapping[str, Any]) -> Answers:
    """Return what the model in use answers: it is what the lock pins, byte for byte, or the gate cannot judge."""

    with fetched(champion["uri"]) as folder:
        try:
            # The lock was reviewed: the digest that it pins says more than any signature.
            files = read_bundle(folder, digest=champion["digest"], must_be_signed=False).files
        except BundleError as failure:
            raise Refused(f"version {champion['version']}, which is in use, cannot be compared: {failure}") from failure
    transform = from_json(json.loads(files["transform.json"]))
    if transform.classes != case.trained.transform.classes:
        raise Refused(f"version {champion['version']} tells other classes apart than the new model: "
                      "set the gate `champion` to warn for this change")
    try:
        features = transform.apply({column: case.holdout.rows[column].to_numpy() for column in transform.columns})
    except (KeyError, ColumnError) as failure:
        raise Refused(f"version {champion['version']} reads columns that the data no longer has: {failure}: "
                      "set the gate `champion` to warn for this change") from failure
    return case.answers._replace(predictions=OnnxModel(files["model.onnx"], case.task).predict(features))
