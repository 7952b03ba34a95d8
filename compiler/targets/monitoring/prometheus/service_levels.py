"""Rules on requests: what the service does, and whether it keeps what was promised."""

from collections.abc import Iterator, Mapping
from typing import Any

from compiler.ir.monitors import Alert, Objective
from compiler.ir.plan import ReleasePlan
from compiler.targets.kubernetes.metric_names import (
    DURATION,
    REQUEST_ERRORS,
    REQUEST_RATE,
    REQUESTS,
    bad_requests,
    bucket,
    latency_quantile,
    owner,
)
from compiler.targets.kubernetes.promql import Matching, duration, number, selector
from compiler.targets.monitoring.prometheus.burn_rates import Burn, budget, burns
from compiler.targets.monitoring.prometheus.wording import alerting, camel, literal, milder

Rule = dict[str, Any]

_ERRORS = Matching("5..")
_USUAL_SECONDS = 300
_MISSING_SECONDS = 600


def request_rules(plan: ReleasePlan) -> list[Rule]:
    """Return what people look at: rate, share of errors, and quantiles of the latency, over five minutes."""
    own = owner(plan)
    rules = [
        _recording(REQUEST_RATE, _rate(REQUESTS, own, _USUAL_SECONDS), own),
        _recording(REQUEST_ERRORS, _availability_errors(own, _USUAL_SECONDS), own)]
    for quantile in (50, 95, 99):
        buckets = selector(f"{DURATION}_bucket", own, window=_USUAL_SECONDS)
        rules.append(_recording(latency_quantile(quantile),
                                f"histogram_quantile({number(quantile / 100)}, sum by (le) (rate({buckets})))", own))
    return rules


def objective_rules(plan: ReleasePlan, objective: Objective, alerts: tuple[Alert, ...]) -> list[Rule]:
    """Return the share of bad requests over each window that the alerts on an objective look at, and the alerts."""
    windows = sorted({seconds for burn in burns(objective) for seconds in (burn.long_seconds, burn.short_seconds)})
    labels = owner(plan) | {"slo": objective.name}
    rules = [_recording(bad_requests(duration(seconds)), _bad_share(plan, objective, seconds), labels)
             for seconds in windows]
    for alert in alerts:
        rules += _burn_alerts(plan, objective, alert)
    return rules


def missing_alert(plan: ReleasePlan, alert: Alert) -> Rule:
    """Return the alert that no model server answers Prometheus: then nothing else is measured."""
    return alerting(
        plan, alert._replace(then=None), name="ModelServerMetricsMissing", seconds=_MISSING_SECONDS,
        expression=f"absent({selector('up', owner(plan))} == 1)",
        summary=f"no model server of {literal(plan.identity.name)} answers",
        description="Prometheus reads no model server of this project, so that no objective is measured.")


def _burn_alerts(plan: ReleasePlan, objective: Objective, alert: Alert) -> Iterator[Rule]:
    for is_urgent, speed, severity in ((True, "Fast", alert.severity), (False, "Slowly", milder(alert.severity))):
        pairs = [burn for burn in burns(objective) if burn.is_urgent == is_urgent]
        if pairs:
            promise = f"{number(objective.objective)}% {objective.indicator} over {duration(objective.window_seconds)}"
            yield alerting(
                plan, alert, name=f"{camel(alert.monitor)}BudgetBurns{speed}", seconds=alert.for_seconds,
                expression=" or ".join(_burning(plan, objective, burn) for burn in pairs), severity=severity,
                summary=f"{literal(plan.identity.name)} burns its {objective.indicator} budget {speed.lower()}",
                description=f"{promise} is at risk: {{{{ $value | humanizePercentage }}}} of the requests were bad.")


def _burning(plan: ReleasePlan, objective: Objective, burn: Burn) -> str:
    limit = f"({number(burn.rate)} * {number(budget(objective))})"
    labels = owner(plan) | {"slo": objective.name}
    sides = (f"{selector(bad_requests(duration(seconds)), labels)} > {limit}"
             for seconds in (burn.long_seconds, burn.short_seconds))
    return "(" + " and ".join(sides) + ")"


def _bad_share(plan: ReleasePlan, objective: Objective, seconds: int) -> str:
    if objective.threshold_milliseconds is None:
        return _availability_errors(owner(plan), seconds)
    within = owner(plan) | {"le": bucket(objective.threshold_milliseconds)}
    return (f"1 - {_rate(f'{DURATION}_bucket', within, seconds)} / "
            f"{_rate(f'{DURATION}_count', owner(plan), seconds)}")


def _availability_errors(own: Mapping[str, str], seconds: int) -> str:
    return f"{_rate(REQUESTS, {**own, 'code': _ERRORS}, seconds)} / {_rate(REQUESTS, own, seconds)}"


def _rate(metric: str, labels: Mapping[str, str | Matching], seconds: int) -> str:
    return f"sum(rate({selector(metric, labels, window=seconds)}))"


def _recording(name: str, expression: str, labels: Mapping[str, str]) -> Rule:
    return {"record": name, "expr": expression, "labels": dict(labels)}
