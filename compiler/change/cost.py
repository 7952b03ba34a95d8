"""What a plan costs a month, from a table of prices: an estimate that shows what it assumes."""

from collections.abc import Iterable, Mapping
from typing import Any

from compiler.change.sides import Pair
from compiler.cron import runs_per_year
from compiler.ir.common import Resources, Schedule
from compiler.ir.plan import ReleasePlan
from compiler.records import NamedTuple

SERVING, TRAINING, BATCH = "serving", "training", "batch prediction"
_GIB = 1 << 30
_FITS = frozenset(("train", "tune"))


class Row(NamedTuple):
    """What one thing of one project costs a month, before and after."""

    project: str
    environment: str
    what: str
    before: float
    after: float


class Cost(NamedTuple):
    """The rows that differ, the sum of all that was looked at, and what the figures take for granted."""

    currency: str
    rows: tuple[Row, ...]
    before: float
    after: float
    assumptions: tuple[str, ...]


def cost_of(pairs: Iterable[Pair], prices: Mapping[str, Any]) -> Cost | None:
    """Return what a change costs, or None without a table of prices."""
    if not prices:
        return None
    told = tuple(pairs)
    rows = [_row(pair, what, prices) for pair in told for what in (SERVING, TRAINING, BATCH)]
    return Cost(
        currency=str(prices["currency"]),
        rows=tuple(row for row in rows if round(row.before, 2) != round(row.after, 2)),
        before=sum(row.before for row in rows),
        after=sum(row.after for row in rows),
        assumptions=(*_assumptions(prices), *_unpriced(told, prices)),
    )


def monthly(plan: ReleasePlan, what: str, prices: Mapping[str, Any]) -> float:
    """Return what serving, training or batch prediction of a plan costs a month."""
    if what == SERVING:
        return _serving(plan, prices)
    if what == TRAINING:
        return _training(plan, prices)
    batch = plan.batch
    if batch is None:
        return 0.0
    hours = batch.timeout_seconds / 3600 * prices["timeout_share"]
    hourly = _hourly(batch.step.resources, prices, is_spot=bool(batch.step.spot_key))
    return float(_runs(batch.schedule) * hours * hourly)


def _row(pair: Pair, what: str, prices: Mapping[str, Any]) -> Row:
    before, after = (monthly(side.plan, what, prices) if side else 0.0 for side in (pair.before, pair.after))
    return Row(*pair.key, what, before, after)


def _serving(plan: ReleasePlan, prices: Mapping[str, Any]) -> float:
    service = plan.service
    if service is None or service.model is None:
        return 0.0
    spare = service.scaling.maximum - service.scaling.minimum
    replicas = service.scaling.minimum + max(spare, 0) * prices["scaling_share"]
    return float(
        replicas * prices["hours_per_month"] * _hourly(service.resources, prices, is_spot=bool(service.spot_key))
    )


def _training(plan: ReleasePlan, prices: Mapping[str, Any]) -> float:
    pipeline = plan.pipeline
    if pipeline is None or pipeline.schedule is None:
        return 0.0
    hours = pipeline.timeout_seconds / 3600 * prices["timeout_share"]
    running = 0.0
    for step in pipeline.steps:
        if step.program in _FITS:
            at_once = step.fan_out.parallelism if step.fan_out else step.distribution.nodes if step.distribution else 1
            running = max(running, at_once * _hourly(step.resources, prices, is_spot=bool(step.spot_key)))
    return float(_runs(pipeline.schedule) * hours * running)


def _runs(schedule: Schedule) -> float:
    return 0.0 if schedule.is_paused else runs_per_year(schedule.cron) / 12


def _hourly(resources: Resources, prices: Mapping[str, Any], *, is_spot: bool) -> float:
    machine = resources.cpu_millis / 1000 * prices["cpu_core_hour"]
    machine += resources.memory_bytes / _GIB * prices["memory_gib_hour"]
    accelerator = resources.accelerator
    if accelerator is not None:
        machine += accelerator.devices * prices["accelerator_hour"].get(accelerator.type, 0.0)
    return float(machine * (prices["spot_share"] if is_spot else 1))


def _assumptions(prices: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        f"{prices['hours_per_month']} hours a month, at the prices of policies/data/prices.json",
        f"replicas at the fewest plus {prices['scaling_share']:.0%} of what scaling may add",
        f"a run takes {prices['timeout_share']:.0%} of its timeout on the hardware of its largest fitting step",
        f"interruptible machines cost {prices['spot_share']:.0%}",
        "runs that data, drift or people start are not counted, nor are storage and network",
    )


def _unpriced(pairs: Iterable[Pair], prices: Mapping[str, Any]) -> tuple[str, ...]:
    types = {found.type for pair in pairs for side in pair.sides for found in _accelerators(side.plan)}
    return tuple(f"`{type}` costs nothing: it has no price" for type in sorted(types - set(prices["accelerator_hour"])))


def _accelerators(plan: ReleasePlan) -> list[Any]:
    resources = [step.resources for step in (plan.pipeline.steps if plan.pipeline else ())]
    resources += [plan.service.resources] if plan.service else []
    resources += [plan.batch.step.resources] if plan.batch else []
    return [one.accelerator for one in resources if one.accelerator is not None]
