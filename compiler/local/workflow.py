"""A workflow as it is run: one specification, and the templates it may call."""

from collections.abc import Iterable, Mapping
from typing import Any

from compiler.records import NamedTuple

OWN = "local"
"""Where the workflow's own templates are found; those of others stand under `namespaced/NAME`."""

Template = Mapping[str, Any]


class MissingError(Exception):
    """A workflow, template or object that is referred to and not there."""


class Workflow(NamedTuple):
    """A workflow with a name of its own, and the templates by where they are found and by name."""

    name: str
    namespace: str
    spec: Mapping[str, Any]
    templates: Mapping[str, Mapping[str, Template]]

    def find(self, reference: Mapping[str, Any], source: str) -> tuple[Template, str]:
        """Return the template that a task calls, and where the names in it are looked up."""
        if "templateRef" in reference:
            name, source = reference["templateRef"]["template"], f"namespaced/{reference['templateRef']['name']}"
        else:
            name = reference["template"]
        template = self.templates.get(source, {}).get(name)
        if template is None:
            raise MissingError(f"there is no template `{name}` in {source}")
        return template, source

    @property
    def parameters(self) -> dict[str, str]:
        """Return the values of its arguments."""
        return {one["name"]: as_text(one["value"]) for one in (self.spec.get("arguments") or {}).get("parameters", ())
                if "value" in one}


def workflow_of(objects: Iterable[Mapping[str, Any]], *, template: str, run: str,
                values: Mapping[str, str] = {}) -> Workflow:
    """Return a run, called run, of one Workflow or WorkflowTemplate among objects; values replace its arguments."""
    found = {(one.get("kind"), one["metadata"].get("name") or one["metadata"].get("generateName")): one
             for one in objects if one.get("metadata")}
    body = found.get(("Workflow", template)) or found.get(("WorkflowTemplate", template))
    if body is None:
        raise MissingError(f"there is no WorkflowTemplate `{template}`")
    spec = dict(body["spec"])
    if "workflowTemplateRef" in spec:
        spec = _merged(found, spec)
    spec["arguments"] = _arguments(spec, values)
    others = {f"namespaced/{name}": _by_name(one["spec"]) for (kind, name), one in found.items()
              if kind == "WorkflowTemplate"}
    return Workflow(run, body["metadata"].get("namespace", "default"), spec, {OWN: _by_name(spec), **others})


def as_text(value: Any) -> str:
    """Return the value of a parameter as Argo passes it on: a text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _merged(found: Mapping[tuple[Any, Any], Mapping[str, Any]], spec: Mapping[str, Any]) -> dict[str, Any]:
    name = spec["workflowTemplateRef"]["name"]
    other = found.get(("WorkflowTemplate", name))
    if other is None:
        raise MissingError(f"there is no WorkflowTemplate `{name}`")
    own = {key: value for key, value in spec.items() if key != "workflowTemplateRef"}
    values = {one["name"]: one["value"] for one in (own.pop("arguments", None) or {}).get("parameters", ())}
    merged = {**other["spec"], **own}
    return merged | {"arguments": _arguments(merged, values)}


def _arguments(spec: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    arguments = dict(spec.get("arguments") or {})
    known = [one["name"] for one in arguments.get("parameters", ())]
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise MissingError(f"the workflow has no parameter `{unknown[0]}`, expected one of "
                           f"{', '.join(known) or 'none'}")
    arguments["parameters"] = [{**one, "value": values[one["name"]]} if one["name"] in values else one
                               for one in arguments.get("parameters", ())]
    return arguments


def _by_name(spec: Mapping[str, Any]) -> dict[str, Template]:
    return {template["name"]: template for template in spec.get("templates", ())}
