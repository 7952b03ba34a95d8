"""Tell people how a pipeline ended."""

from compiler.ir.pipeline import Step
from compiler.kinds.hardware import small
from compiler.kinds.interface import KindOf, StepKind
from compiler.kinds.references import secret_key
from compiler.kinds.step_building import MINUTE, build_step
from compiler.spec.resolved import ResolvedProject

EVENTS = ("gate.failed", "pipeline.failed")


def lower(project: ResolvedProject, _kind_of: KindOf) -> Step | None:
    """Return the step that notifies; None when nobody is to be told of a pipeline's end."""
    alerts = project.spec["alerts"]
    rules = [{"event": rule["on"], "severity": rule["severity"],
              "channels": list(alerts["routes"].get(rule["severity"], ()))}
             for rule in alerts["rules"] if rule["on"] in EVENTS]
    if not alerts["enabled"] or not any(rule["channels"] for rule in rules):
        return None
    told = {channel for rule in rules for channel in rule["channels"]}
    known = {channel: str(reference) for channel, reference in alerts.get("secrets", {}).items()}
    secrets = tuple(secret_key(f"notify-{channel}", known[channel], ("alerts", "secrets", channel))
                    for channel in sorted(told & set(known)))
    settings = {"contacts": dict(sorted(project.spec["metadata"]["contacts"].items())), "rules": rules}
    return build_step(project, "notify", reads={}, settings=settings, resources=small(), timeout_seconds=5 * MINUTE,
                      secrets=secrets, origin=("alerts", "rules"))


KIND = StepKind("notify", lower)
