"""A metric of the held-out rows is within its limits."""

from collections.abc import Mapping
from typing import Any

from runtime.gates.judging import Case, Judgement, within


def judge(case: Case, settings: Mapping[str, Any]) -> Judgement:
    """Judge the metric that evaluation computed."""
    found = case.evaluation["metrics"].get(settings["metric"], {})
    value = found.get("value")
    interval = (f"95 % interval {found['low']:.4g} to {found['high']:.4g}",) if found.get("low") is not None else ()
    return Judgement(tuple(within(settings["metric"], value, settings)), interval)
