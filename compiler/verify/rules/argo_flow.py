"""Argo DAGs: dependencies that exist, go one way, and parse."""

from collections.abc import Iterator, Mapping

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.verify.argo import Call, Template, Workflow, calls_of, workflows
from compiler.verify.depends import ITEM_RESULTS, Need, parse_depends
from compiler.verify.finding import broken

CYCLE = "verify/argo-cycle"
UNKNOWN_DEPENDENCY = "verify/argo-unknown-dependency"
DEPENDS = "verify/argo-depends"
MIXED = "verify/argo-mixed-dependencies"
TARGET = "verify/argo-target"
LOOP = "verify/argo-loop"
TASK_NAME = "verify/argo-task-name"


def flows(manifest: Manifest) -> Iterator[Diagnostic]:
    """Yield what is wrong with the order of tasks and steps."""
    for workflow in workflows((manifest,)):
        for template in workflow.templates:
            tasks = calls_of(template)
            for call in tasks:
                yield from _loop(workflow, call)
            if "dag" in template.body:
                yield from _dag(workflow, template, tasks)


def _loop(workflow: Workflow, call: Call) -> Iterator[Diagnostic]:
    met = [key for key in ("withItems", "withParam", "withSequence") if key in call.body]
    if len(met) > 1:
        yield broken(LOOP, workflow.manifest, call.place, f"`{call.name}` has {' and '.join(met)}, expected one")
    sequence = call.body.get("withSequence", {"count": 1})
    if ("count" in sequence) == ("end" in sequence):
        yield broken(LOOP, workflow.manifest, (*call.place, "withSequence"), "needs one of `count` and `end`")


def needs_of(task: Call) -> tuple[Need, ...]:
    """Return the tasks that a task waits for."""
    if "depends" in task.body:
        return parse_depends(task.body["depends"]).needs
    return tuple(Need(name, "") for name in task.body.get("dependencies", ()))


def ancestors_of(tasks: tuple[Call, ...]) -> Mapping[str, frozenset[str]]:
    """Return for each task everything that has ended before it starts; tolerates cycles."""
    direct = {task.name: {need.task for need in needs_of(task)} for task in tasks}
    return {name: frozenset(_reachable(name, direct)) for name in direct}


def _reachable(name: str, direct: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [*direct.get(name, ())]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += direct.get(current, ())
    return found


def _dag(workflow: Workflow, template: Template, tasks: tuple[Call, ...]) -> Iterator[Diagnostic]:
    by_name = {task.name: task for task in tasks}
    uses_depends = any("depends" in task.body for task in tasks)
    for task in tasks:
        yield from _wording(workflow, task, uses_depends)
        yield from _dependencies(workflow, task, by_name)
    above = ancestors_of(tasks)
    for task in tasks:
        if task.name in above[task.name]:
            circle = sorted(name for name in above[task.name] if task.name in above.get(name, ()))
            yield broken(CYCLE, workflow.manifest, task.place, f"task `{task.name}` waits for itself, through "
                         + ", ".join(f"`{name}`" for name in circle))
    for name in template.body["dag"].get("target", "").split():
        if "{{" not in name and name not in by_name:
            yield broken(TARGET, workflow.manifest, (*template.place, "dag", "target"), f"no task is called `{name}`")


def _wording(workflow: Workflow, task: Call, uses_depends: bool) -> Iterator[Diagnostic]:
    if uses_depends:
        for key in ("dependencies", "continueOn"):
            if key in task.body:
                yield broken(MIXED, workflow.manifest, (*task.place, key),
                             "does not go with `depends`, which other tasks of the template have")
    if (uses_depends or "dependencies" in task.body) and task.name[:1].isdigit():
        yield broken(TASK_NAME, workflow.manifest, (*task.place, "name"),
                     "begins with a digit, which `depends` and `dependencies` do not take")
    if "depends" in task.body:
        problem = parse_depends(task.body["depends"]).problem
        if problem:
            yield broken(DEPENDS, workflow.manifest, (*task.place, "depends"), problem)


def _dependencies(workflow: Workflow, task: Call, by_name: Mapping[str, Call]) -> Iterator[Diagnostic]:
    place = (*task.place, "depends" if "depends" in task.body else "dependencies")
    for need in needs_of(task):
        other = by_name.get(need.task)
        if other is None:
            yield broken(UNKNOWN_DEPENDENCY, workflow.manifest, place, f"no task is called `{need.task}`")
        elif need.result in ITEM_RESULTS and not other.loops:
            yield broken(DEPENDS, workflow.manifest, place, f"`{need.result}` asks for a loop, and "
                         f"`{need.task}` is none")
