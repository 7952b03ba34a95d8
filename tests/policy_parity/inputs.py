"""Many inputs for the policies: our own projects and what they render, and both broken in every place."""

import copy
from collections.abc import Iterator
from typing import Any

from compiler.passes.lower import lower
from compiler.passes.render import render
from compiler.passes.resolve import resolve
from compiler.policy.inputs import change_input, foreign_input, manifests_input, spec_input
from compiler.policy.interface import Input
from compiler.registry import discover
from compiler.repository import find_specs, load
from compiler.spec.resolved import ResolvedProject
from tests.judges import REPOSITORY

TEXTS = ("x", "999w", "*", "latest", "none", "0 * * * *")
NUMBERS = (0, 9, 1000)


def projects() -> tuple[ResolvedProject, ...]:
    """Return every example project in each environment, and each as if it were in production."""
    registry = discover(())
    loaded = load(find_specs([str(REPOSITORY / "specs")])[0], str(REPOSITORY))
    found = []
    for files in loaded.projects:
        found += resolve(files.spec, loaded.organisation, files.lock, kind_of=registry.find,
                         names_of=registry.names).projects
    return tuple(found)


def spec_inputs() -> Iterator[Input]:
    """Yield the projects, and each as if in production with every value of its spec changed or gone."""
    seen: set[str] = set()
    for project in projects():
        whole = copy.deepcopy(dict(spec_input(project)))
        yield whole
        if project.name not in seen:
            seen.add(project.name)
            whole["environment"]["mode"] = whole["spec"]["environment"]["mode"] = "production"
            yield from _broken(whole, "spec", {"parameters", "columns", "accelerators"}, stride=2)


def manifests_inputs() -> Iterator[Input]:
    """Yield what the projects render, one object of each kind changed in every place, and foreign objects."""
    registry = discover(())
    seen: set[str] = set()
    for project in projects():
        artifacts = render(lower(project, registry.find), registry.find)
        bodies = [artifact.body for artifact in artifacts if hasattr(artifact, "body")]
        whole = copy.deepcopy(dict(manifests_input(project, bodies)))
        yield whole
        yield foreign_input(whole["manifests"])
        for body in whole["manifests"]:
            if body["kind"] not in seen:
                seen.add(body["kind"])
                alone = {**whole, "manifests": [body], "environment": {"name": "production", "mode": "production"}}
                yield from _broken(alone, "manifests", {"data", "parameters", "args", "tasks"}, stride=5)


def _broken(whole: dict[str, Any], section: str, passed_over: set[str], *, stride: int) -> Iterator[Input]:
    """Yield whole with a value changed to another of its type, and with a member of a mapping gone, place by place.

    `stride` passes places over, to save time. Types stay: what decode and verify let through has the right
    ones. About others the engines differ: OPA leaves a rule undefined where the embedded engine refuses to judge.
    """
    places = [place for place in _places(whole[section], ()) if not passed_over & set(place)][::stride]
    for number, place in enumerate(places):
        broken = copy.deepcopy(whole)
        inner = broken[section]
        for part in place[:-1]:
            inner = inner[part]
        changed = _changed(inner[place[-1]], number)
        if changed is not None:
            inner[place[-1]] = changed
            yield copy.deepcopy(broken)
        if isinstance(place[-1], str):
            del inner[place[-1]]
            yield broken


def _changed(value: Any, number: int) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return TEXTS[number % len(TEXTS)]
    if isinstance(value, int | float):
        return NUMBERS[number % len(NUMBERS)]
    return [] if isinstance(value, list) else None


def _places(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield (*path, key)
        yield from _places(member, (*path, key))


def change_inputs() -> Iterator[Input]:
    """Yield a change in each mode with each effect that a policy may object to, and some that none does."""
    codes = ("gates/loosened", "gates/added", "fairness/dropped", "alerts/silenced", "promotion/soak-lowered",
             "model/replaced", "monitors/off", "signing/weakened", "data/unprotected")
    project = projects()[0]
    for mode in ("development", "standard", "production"):
        for code in codes:
            meaning = {"code": code, "grade": "high", "message": f"{code} of `x`", "path": ["metadata", "name"]}
            for action in ("delete", "change"):
                thing = {"action": action, "kind": "Service", "namespace": "a", "name": "b"}
                yield change_input(project, None, mode=mode, tier="critical",
                                   change={"meanings": [meaning], "objects": [thing]})
