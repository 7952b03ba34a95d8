"""Workflow specs as their rules see them: templates by name, and every call of one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from compiler.artifact.artifact import Manifest
from compiler.records import NamedTuple
from compiler.source.path import FieldPath
from compiler.verify.workloads import at, workflow_place

Body = Mapping[str, Any]

POD_TYPES: Final = ("container", "script", "resource")
LEAF_TYPES: Final = (*POD_TYPES, "http", "suspend")
FLOW_TYPES: Final = ("dag", "steps")
TYPES: Final = (*LEAF_TYPES, *FLOW_TYPES)


class Template(NamedTuple):
    """A template, its place in the manifest, and the types that it has: one, unless it is broken."""

    place: FieldPath
    body: Body
    types: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the name by which it is called."""
        return str(self.body["name"])

    @property
    def is_flow(self) -> bool:
        """Tell whether it calls other templates instead of running something."""
        return any(kind in FLOW_TYPES for kind in self.types)


class Call(NamedTuple):
    """One use of a template: a task, a step, a hook, an exit handler.

    `group` counts the groups of `steps`: what is in one group runs at once.
    """

    place: FieldPath
    body: Body
    kind: str
    group: int = 0

    @property
    def name(self) -> str:
        """Return the name of a task or a step."""
        return str(self.body.get("name", ""))

    @property
    def loops(self) -> bool:
        """Tell whether it runs once for each of several items."""
        return any(key in self.body for key in ("withItems", "withParam", "withSequence"))


class Workflow(NamedTuple):
    """The workflow spec of one object."""

    manifest: Manifest
    place: FieldPath
    spec: Body
    templates: tuple[Template, ...]

    def find(self, name: str) -> Template | None:
        """Return the template of that name."""
        return next((template for template in self.templates if template.name == name), None)


def workflows(manifests: Sequence[Manifest]) -> tuple[Workflow, ...]:
    """Return every workflow spec among the manifests."""
    return tuple(_workflow(manifest, place) for manifest in manifests
                 if (place := workflow_place(manifest)) is not None)


def _workflow(manifest: Manifest, place: FieldPath) -> Workflow:
    spec = at(manifest.body, place)
    templates = tuple(
        Template((*place, "templates", index), body, tuple(kind for kind in TYPES if kind in body))
        for index, body in enumerate(spec.get("templates", ())))
    return Workflow(manifest, place, spec, templates)


def calls_of(template: Template) -> tuple[Call, ...]:
    """Return the tasks or the steps of a template; none for what calls nothing."""
    if "dag" in template.body:
        return tuple(Call((*template.place, "dag", "tasks", index), task, "task")
                     for index, task in enumerate(template.body["dag"]["tasks"]))
    return tuple(Call((*template.place, "steps", group, index), step, "step", group)
                 for group, steps in enumerate(template.body.get("steps", ()))
                 for index, step in enumerate(steps))


def handlers_of(place: FieldPath, body: Body) -> Iterator[Call]:
    """Yield the hooks and the exit handler that a workflow, a task or a step has."""
    if "onExit" in body:
        yield Call((*place, "onExit"), {"template": body["onExit"]}, "exit handler")
    for name in sorted(body.get("hooks", {})):
        yield Call((*place, "hooks", name), body["hooks"][name], "hook")


class Library(NamedTuple):
    """All workflow specs of a project, and the WorkflowTemplates among them by namespace and name."""

    workflows: tuple[Workflow, ...]
    shared: Mapping[tuple[str, str], Workflow]

    def referred(self, workflow: Workflow) -> Workflow | None:
        """Return the WorkflowTemplate that a workflow is started from; itself when it has templates."""
        reference = workflow.spec.get("workflowTemplateRef")
        if reference is None:
            return workflow
        return self.shared.get((workflow.manifest.identity[2], reference["name"]))

    def resolve(self, workflow: Workflow, call: Call) -> Template | None:
        """Return the template that a call of the workflow means, or None when it is not among the manifests."""
        reference = call.body.get("templateRef")
        if reference is not None:
            owner = self.shared.get((workflow.manifest.identity[2], reference["name"]))
            return owner.find(reference["template"]) if owner is not None else None
        home = self.referred(workflow)
        return home.find(call.body.get("template", "")) if home is not None else None


def library(manifests: Sequence[Manifest]) -> Library:
    """Return every workflow spec among the manifests, ready to be resolved against each other."""
    found = workflows(manifests)
    shared = {workflow.manifest.identity[2:]: workflow for workflow in found
              if workflow.manifest.identity[1] == "WorkflowTemplate"}
    return Library(found, shared)


def is_elsewhere(body: Body) -> bool:
    """Tell whether a reference means an object of the cluster or a name that is filled in later."""
    reference = body.get("templateRef") or body.get("workflowTemplateRef") or {}
    return bool(reference.get("clusterScope")) or any("{{" in str(part) for part in (
        reference.get("name", ""), reference.get("template", ""), body.get("template", "")))


def parameters(body: Body, part: str) -> tuple[Body, ...]:
    """Return the parameters of `inputs`, `outputs` or `arguments`."""
    return tuple(body.get(part, {}).get("parameters", ()))


def artifacts(body: Body, part: str) -> tuple[Body, ...]:
    """Return the artifacts of `inputs`, `outputs` or `arguments`."""
    return tuple(body.get(part, {}).get("artifacts", ()))


LOCATIONS: Final = ("s3", "gcs", "azure", "http", "raw", "git")


def has_location(artifact: Body) -> bool:
    """Tell whether an artifact says where it comes from."""
    return any(key in artifact for key in LOCATIONS)
