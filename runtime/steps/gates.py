"""Judge the model: one verdict over all gates, with every number and its limit.

A gate that blocks and does not hold makes the verdict `stop`: the step succeeds, since judging worked, and the
workflow leaves out everything that waits for `pass`.
"""

import json
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from runtime.gates.judging import Case, Judge, Judgement
from runtime.models.examples import load_examples
from runtime.models.keeping import load_model
from runtime.outcome import Context, Outcome
from runtime.steps.evaluate import answers_of

VERSION = 1


def run(context: Context) -> Outcome:
    """Write `verdict`."""
    settings = context.settings
    trained = load_model(context.inputs["model"])
    holdout = load_examples(context.inputs["holdout"], trained.transform, settings["target"])
    case = Case(trained, holdout, answers_of(trained, holdout, query=settings.get("query")),
                json.loads(context.inputs["evaluation"].read_text(encoding="utf-8")), settings["champion"])
    judged = [_judged(case, gate) for gate in settings["gates"]]
    blocked = [gate for gate in judged if gate["outcome"] == "fail" and gate["mode"] == "block"]
    verdict = {"version": VERSION, "verdict": "stop" if blocked else "pass", "gates": judged}
    context.outputs["verdict"].write_text(json.dumps(verdict, indent=1) + "\n", encoding="utf-8")
    for gate in judged:
        context.log.log(40 if gate in blocked else 20, "gate %s: %s", gate["name"], gate["outcome"],
                        extra={"numbers": gate["numbers"], "notes": gate["notes"]})
    counts = {outcome: float(sum(gate["outcome"] == outcome for gate in judged)) for outcome in ("pass", "fail", "off")}
    return Outcome({f"gates.{outcome}": count for outcome, count in counts.items()} | {"gates.blocked": len(blocked)},
                   "stop" if blocked else "pass")


def _judged(case: Case, gate: Mapping[str, Any]) -> dict[str, Any]:
    said = {"name": gate["name"], "kind": gate["kind"], "mode": gate["mode"]}
    if gate["mode"] == "off":
        return {**said, "outcome": "off", "numbers": [], "notes": ["switched off: not measured"]}
    judge: Judge = import_module(f"runtime.gates.{gate['kind']}").judge
    judgement = judge(case, gate["settings"])
    return {**said, "outcome": "pass" if judgement.holds else "fail", "numbers": _numbers(judgement),
            "notes": list(judgement.notes)}


def _numbers(judgement: Judgement) -> list[dict[str, Any]]:
    return [{"name": number.name, "value": number.value if number.value == number.value else None,
             "relation": number.relation, "limit": number.limit, "holds": number.holds}
            for number in judgement.numbers]
