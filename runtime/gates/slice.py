"""A metric holds in every slice that has enough rows."""

from collections.abc import Mapping
from typing import Any

from runtime.gates.judging import Case, Judgement, Number, within


def judge(case: Case, settings: Mapping[str, Any]) -> Judgement:
    """Judge every slice that was measured; without one, there is nothing that holds."""
    found = case.evaluation["slices"][settings["by"]]
    metric, by = settings["metric"], settings["by"]
    numbers = tuple(number for value, part in found["measured"].items()
                    for number in within(f"{metric} where {by} is {value}", part["metrics"].get(metric), settings))
    small = ", ".join(sorted(found["too_small"]))
    notes = (f"not judged, fewer than {settings['minimum_group_size']} rows: {small}",) if small else ()
    return Judgement(numbers or (Number(f"slices of {by}", 0, ">=", 1),), notes)
