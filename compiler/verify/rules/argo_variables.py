"""Argo variables: every `{{...}}` means something where it stands.

Argo replaces what it knows and leaves the rest as it is: a misspelt variable reaches the
program as text, hours into a run.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.verify.argo import Call, Library, Template, Workflow, calls_of, library
from compiler.verify.argo_scope import (
    METRIC_NAMES,
    global_scope,
    item_scope,
    outputs_of,
    template_scope,
)
from compiler.verify.argo_tags import Tag, tags
from compiler.verify.finding import broken
from compiler.verify.rules.argo_flow import ancestors_of

UNRESOLVED = "verify/argo-unresolved-variable"
NOT_ANCESTOR = "verify/argo-not-ancestor"
TAG_FORM = "verify/argo-tag-form"
EXPRESSION = "verify/argo-expression"

# The fields of a call that are evaluated when it has ended, not before it starts.
_AFTERWARDS = ("hooks", "onExit")


def variables(manifests: Sequence[Manifest]) -> Iterator[Diagnostic]:
    """Yield every tag that cannot be resolved where it stands."""
    known = library(manifests)
    for workflow in known.workflows:
        scope = global_scope(workflow)
        around = {key: value for key, value in workflow.spec.items() if key not in ("templates", "templateDefaults")}
        yield from _unresolved(workflow, tags(around, workflow.place), scope)
        for template in workflow.templates:
            yield from _template(workflow, template, scope, known)


def _template(workflow: Workflow, template: Template, outer: frozenset[str], known: Library) -> Iterator[Diagnostic]:
    scope = outer | template_scope(template)
    inside = {key: value for key, value in template.body.items() if key not in ("dag", "steps", "metrics")}
    calls = calls_of(template)
    made = {call.name: outputs_of(call, known.resolve(workflow, call)) for call in calls}
    everything = scope.union(*made.values()) if made else scope
    yield from _unresolved(workflow, tags(inside, template.place), everything)
    yield from _unresolved(workflow, tags(template.body.get("metrics", {}), (*template.place, "metrics")),
                           everything | METRIC_NAMES)
    above = _before(template, calls)
    for call in calls:
        visible = scope.union(*(made[name] for name in above[call.name] if name in made)) | item_scope(call)
        yield from _call(workflow, call, visible, made)


def _before(template: Template, calls: tuple[Call, ...]) -> Mapping[str, frozenset[str]]:
    """Return for each call the names of those that have ended before it starts."""
    if "dag" in template.body:
        return ancestors_of(calls)
    return {call.name: frozenset(other.name for other in calls if other.group < call.group) for call in calls}


def _call(workflow: Workflow, call: Call, visible: frozenset[str],
          made: Mapping[str, frozenset[str]]) -> Iterator[Diagnostic]:
    for key, value in call.body.items():
        place = (*call.place, key)
        scope = visible | made[call.name] if key in _AFTERWARDS else visible
        for tag in tags(value, place):
            other = _source(tag)
            if not tag.problem and not _is_known(tag.name, scope) and _is_known(tag.name, made.get(other, frozenset())):
                yield broken(NOT_ANCESTOR, workflow.manifest, tag.place,
                             f"`{call.name}` reads from `{other}` and does not wait for it")
            else:
                yield from _unresolved(workflow, (tag,), scope)


def _source(tag: Tag) -> str:
    """Return the name of the task or step that a tag reads from; empty for any other tag."""
    root, _, rest = tag.name.partition(".")
    return rest.partition(".")[0] if root in ("tasks", "steps") else ""


def _unresolved(workflow: Workflow, found: Iterable[Tag], scope: frozenset[str]) -> Iterator[Diagnostic]:
    for tag in found:
        if tag.problem:
            code = EXPRESSION if tag.name.startswith("=") else TAG_FORM
            yield broken(code, workflow.manifest, tag.place, tag.problem)
        elif not _is_known(tag.name, scope):
            yield broken(UNRESOLVED, workflow.manifest, tag.place, f"nothing is called `{_shown(tag.name)}` here")


def _shown(name: str) -> str:
    # What is no name may be a user's text, and that is not repeated.
    return name if len(name) <= 128 and name.replace(".", "").replace("-", "").replace("_", "").isalnum() else "..."


def _is_known(name: str, scope: frozenset[str]) -> bool:
    if name in scope:
        return True
    # `prefix.*` in a scope stands for names that only the run knows.
    root, _, _ = name.rpartition(".")
    while root:
        if f"{root}.*" in scope:
            return True
        root, _, _ = root.rpartition(".")
    return False
