"""A metric survives noise on the numbers and values that are taken away."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from runtime.evaluation.metrics import compute
from runtime.gates.judging import Case, Judgement, Number
from runtime.models.predicting import Array

_NUMBERS = frozenset({"int8", "int16", "int32", "int64", "float32", "float64"})


def judge(case: Case, settings: Mapping[str, Any]) -> Judgement:
    """Judge by how much the metric becomes worse, whichever way it is better."""
    draw = np.random.default_rng(settings["seed"])
    kinds = case.trained.transform.columns
    columns = {name: _disturbed(values, kinds[name], settings, draw) for name, values in case.columns().items()}
    features = case.trained.transform.apply(columns)
    disturbed = compute(settings["metric"], case.answers._replace(predictions=case.trained.model.predict(features)))
    clean = case.evaluation["metrics"].get(settings["metric"], {}).get("value")
    loss = None if clean is None else (disturbed - clean) * (-1 if settings["direction"] == "maximize" else 1)
    return Judgement((Number(f"loss of {settings['metric']}", loss, "<=", float(settings["maximum_loss"])),
                      Number(settings["metric"], clean), Number(f"{settings['metric']} on disturbed rows", disturbed)))


def _disturbed(values: Array, kind: str, settings: Mapping[str, Any], draw: np.random.Generator) -> Array:
    made = values.copy()
    if settings["noise"] and kind in _NUMBERS:
        made = made.astype(np.float64)
        made += draw.normal(0, 1, len(made)) * settings["noise"] * np.nanstd(made)
    if settings["missing"]:
        taken = draw.random(len(made)) < settings["missing"]
        made = made.astype(np.float64) if kind in _NUMBERS else made.astype(object)
        made[taken] = np.nan if kind in _NUMBERS else None
    return made
