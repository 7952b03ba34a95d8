"""Burn rates: the table of the SRE Workbook, and what it becomes for other promises."""

import pytest

from compiler.ir.monitors import Objective
from compiler.targets.monitoring.prometheus.burn_rates import burns

DAY = 86400


def objective(percent: float, days: int) -> Objective:
    return Objective("availability", "availability", percent, None, days * DAY, ("monitoring", "slos", 0))


@pytest.mark.parametrize(("percent", "days", "expected"), [
    pytest.param(99.9, 30, [("1h", 14.4), ("6h", 6), ("24h", 3), ("72h", 1)], id="the table of the workbook"),
    pytest.param(99.9, 90, [("1h", 43.2), ("6h", 18), ("24h", 9), ("72h", 3)], id="a quarter: same share, faster"),
    pytest.param(99.9, 7, [("1h", 3.36), ("6h", 1.4)], id="a week: a pair below 1 spends no more than there is"),
    pytest.param(90, 30, [("6h", 6), ("24h", 3), ("72h", 1)], id="more errors than requests cannot be"),
    pytest.param(100, 30, [("1h", 14.4), ("6h", 6), ("24h", 3), ("72h", 1)], id="no budget: any error"),
    pytest.param(99.9, 1, [], id="a day is too short"),
    pytest.param(0, 30, [], id="nothing promised"),
])
def test_burns(percent: float, days: int, expected: list[tuple[str, float]]) -> None:
    assert [(f"{burn.long_seconds // 3600}h", burn.rate) for burn in burns(objective(percent, days))] == expected


def test_short_windows_are_a_twelfth_of_the_long_ones() -> None:
    assert {burn.long_seconds / burn.short_seconds for burn in burns(objective(99.9, 30))} == {12}
