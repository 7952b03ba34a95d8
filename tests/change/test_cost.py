"""The cost of a month: from the table, with what it assumes; nothing is invented where a price is missing."""

from typing import Any

import pytest

from compiler.change.cost import cost_of, monthly
from compiler.change.sides import Pair, Side
from compiler.cron import runs_per_year
from compiler.driver import render_project
from compiler.registry import discover
from tests.change.histories import tables
from tests.projects import projects_of

PRICES = {
    "currency": "EUR", "hours_per_month": 100, "cpu_core_hour": 1.0, "memory_gib_hour": 0.0, "scaling_share": 0.5,
    "spot_share": 0.25, "timeout_share": 0.5, "accelerator_hour": {"nvidia-t4": 10.0},
}  # fmt: skip
T4, L4 = ({"accelerator": {"type": name, "count": 2}} for name in ("nvidia-t4", "nvidia-l4"))
WEEKLY = {"triggers": {"schedule": "0 3 * * 1"}, "timeout": "4h", "hardware": {"cpu": 2}}


def side(overrides: dict[str, Any]) -> Side:
    standard = {"environments": {"dev": {"mode": "standard"}}}
    made = render_project(projects_of({**standard, **overrides})[0], discover(()), [])
    return Side(*made, {})


def batch(**said: Any) -> dict[str, Any]:
    return {
        "deployment": {
            "kind": "batch",
            "batch": {"schedule": "0 0 1 * *", "output": "s3://x/", "timeout": "2h"},
            **said,
        }
    }


@pytest.mark.parametrize(
    ("line", "runs"),
    [
        pytest.param("0 0 * * *", 365, id="daily"),
        pytest.param("0 3 * * 1", 52, id="weekly"),
        pytest.param("*/15 8-9 * * *", 365 * 8, id="every quarter of two hours"),
        pytest.param("0 0 1 * *", 12, id="monthly"),
        pytest.param("0 0 31 * *", 7, id="on a day that not every month has"),
        pytest.param("0 0 1 1 1", 1 + 4 - 0, id="either day will do"),
    ],
)
def test_runs_of_a_year(line: str, runs: int) -> None:
    assert runs_per_year(line) == runs


@pytest.mark.parametrize(
    ("overrides", "what", "expected"),
    [
        pytest.param({"training": WEEKLY}, "training", 52 / 12 * 2 * 2, id="half of the timeout on two cores"),
        pytest.param({"training": {**WEEKLY, "hardware": {"cpu": 2, **T4}}}, "training", 52 / 12 * 2 * 22, id="GPUs"),
        pytest.param({"training": {"hardware": {"cpu": 2}}}, "training", 0, id="no schedule, no figure"),
        pytest.param({}, "serving", 0, id="nothing is served yet"),
        pytest.param(batch(hardware={"cpu": 4}), "batch prediction", 12 / 12 * 1 * 4, id="a batch run a month"),
        pytest.param(
            batch(hardware={"cpu": 4, "spot": True}), "batch prediction", 12 / 12 * 1 * 1, id="on spare machines"
        ),
    ],
)
def test_a_month_costs(overrides: dict[str, Any], what: str, expected: float) -> None:
    assert monthly(side(overrides).plan, what, PRICES) == pytest.approx(expected)


def test_what_differs_is_a_row_and_what_has_no_price_is_said() -> None:
    pair = Pair(side({"training": WEEKLY}), side({"training": {**WEEKLY, "hardware": {"cpu": 4, **L4}}}))
    cost = cost_of([pair], PRICES)
    assert cost is not None
    assert [(row.what, round(row.before), round(row.after)) for row in cost.rows] == [("training", 17, 35)]
    assert "`nvidia-l4` costs nothing: it has no price" in cost.assumptions


def test_without_a_table_there_is_no_figure() -> None:
    assert cost_of([], {}) is None


def test_the_table_that_ships_prices_every_accelerator_that_ships() -> None:
    from compiler.spec.defaults import BUILT_IN

    assert set(BUILT_IN["platform"]["accelerators"]) <= set(tables()["prices"]["accelerator_hour"])
