"""What the tags of a template stand for: values by name, artifacts by name."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from compiler.local.engine.nodes import RETRY, SUCCEEDED, Node, stamp
from compiler.local.engine.tags import only_tag, replaced
from compiler.local.workflow import Template, as_text
from compiler.records import NamedTuple

Artifact = Mapping[str, Any]


class ScopeError(Exception):
    """An input was not supplied, or an output refers to what is not there."""


class Scope(NamedTuple):
    """Values and artifacts by the name of their tag."""

    values: Mapping[str, str] = {}
    artifacts: Mapping[str, Artifact] = {}

    def joined(self, other: "Scope") -> "Scope":
        """Return this scope with another one over it."""
        return Scope({**self.values, **other.values}, {**self.artifacts, **other.artifacts})

    def plus(self, **values: str) -> "Scope":
        """Return this scope with more values."""
        return Scope({**self.values, **values}, self.artifacts)


class Inputs(NamedTuple):
    """What a template is called with: its own declarations, filled."""

    parameters: Mapping[str, str]
    artifacts: Mapping[str, Artifact]


def inputs_of(template: Template, arguments: Mapping[str, Any], known: Mapping[str, str]) -> Inputs:
    """Return the inputs of a template under arguments whose tags are replaced already."""
    declared = template.get("inputs") or {}
    given = {one["name"]: one for one in arguments.get("parameters") or ()}
    passed = {one["name"]: one for one in arguments.get("artifacts") or ()}
    parameters = {one["name"]: _parameter(one, given.get(one["name"], {}), known)
                  for one in declared.get("parameters") or ()}
    artifacts = {}
    for one in declared.get("artifacts") or ():
        artifact = _artifact(one, passed.get(one["name"]))
        if artifact is not None:
            artifacts[one["name"]] = artifact
    return Inputs(parameters, artifacts)


def scope_of_inputs(inputs: Inputs) -> Scope:
    """Return the scope that inputs make."""
    parameters = [{"name": name, "value": value} for name, value in inputs.parameters.items()]
    return Scope({"inputs.parameters": json.dumps(parameters, separators=(",", ":")),
                  **{f"inputs.parameters.{name}": value for name, value in inputs.parameters.items()}},
                 {f"inputs.artifacts.{name}": artifact for name, artifact in inputs.artifacts.items()})


def given_artifacts(arguments: Mapping[str, Any], scope: Scope) -> list[Artifact]:
    """Return the artifacts that a task passes on, each with what it holds; optional ones that are absent left out."""
    found = []
    for one in arguments.get("artifacts") or ():
        if "from" not in one:
            found.append(replaced(one, scope.values))
            continue
        artifact = scope.artifacts.get(only_tag(one["from"]))
        if artifact is None and not one.get("optional"):
            raise ScopeError(f"unable to resolve: {one['from']}")
        if artifact is not None:
            found.append({**artifact, "name": one["name"]})
    return found


def outputs_of(template: Template, scope: Scope) -> dict[str, Any]:
    """Return the outputs that a dag or steps template takes from its tasks."""
    declared = template.get("outputs") or {}
    outputs: dict[str, Any] = {}
    parameters = [{"name": one["name"], "value": _from_tasks(one, scope)} for one in declared.get("parameters") or ()]
    artifacts = given_artifacts(declared, scope)
    if parameters:
        outputs["parameters"] = parameters
    if artifacts:
        outputs["artifacts"] = artifacts
    return outputs


def scope_of_node(prefix: str, node: Node, nodes: Mapping[str, Node]) -> Scope:
    """Return what a finished task tells those behind it."""
    if node.type == RETRY:
        attempts = [nodes[child] for child in node.children if not nodes[child].is_hook]
        node = attempts[-1] if attempts and not node.is_cached else node
    values = {f"{prefix}.id": node.id, f"{prefix}.startedAt": stamp(node.started), f"{prefix}.status": node.phase}
    if node.finished:
        values[f"{prefix}.finishedAt"] = stamp(node.finished)
    return Scope(values).joined(scope_of_outputs(prefix, node.outputs))


def scope_of_outputs(prefix: str, outputs: Mapping[str, Any]) -> Scope:
    """Return the scope that outputs make."""
    values = {f"{prefix}.outputs.parameters.{one['name']}": as_text(one["value"])
              for one in outputs.get("parameters", ()) if "value" in one}
    if "result" in outputs:
        values[f"{prefix}.outputs.result"] = outputs["result"]
    if "exitCode" in outputs:
        values[f"{prefix}.exitCode"] = outputs["exitCode"]
    return Scope(values, {f"{prefix}.outputs.artifacts.{one['name']}": one for one in outputs.get("artifacts", ())})


def scope_of_group(prefix: str, nodes: Iterable[Node]) -> Scope:
    """Return the outputs of the items of one task as JSON lists, in the order of the items."""
    items = sorted((node for node in nodes if not node.is_hook and not node.is_attempt), key=_index)
    if not items:
        return Scope()
    finished = [node.outputs for node in items if node.phase == SUCCEEDED and node.outputs]
    lists: dict[str, list[str]] = {}
    together = []
    for outputs in finished:
        parameters = {one["name"]: as_text(one.get("value", "")) for one in outputs.get("parameters", ())}
        for name, value in parameters.items():
            lists.setdefault(name, []).append(value)
        together += [parameters] if parameters else []
    results = [_json_or_text(outputs["result"]) for outputs in finished if "result" in outputs]
    return Scope({f"{prefix}.outputs.result": _compact(results), f"{prefix}.outputs.parameters": _compact(together),
                  **{f"{prefix}.outputs.parameters.{name}": _joined(values) for name, values in lists.items()}})


def _parameter(declared: Mapping[str, Any], given: Mapping[str, Any], known: Mapping[str, str]) -> str:
    if "value" in given:
        return as_text(given["value"])
    for field in ("default", "value"):
        if field in declared:
            return as_text(replaced(declared[field], known))
    raise ScopeError(f"inputs.parameters.{declared['name']} was not supplied")


def _artifact(declared: Artifact, given: Artifact | None) -> Artifact | None:
    if given is None and "raw" in declared:
        return declared
    if given is None:
        if declared.get("optional"):
            return None
        raise ScopeError(f"inputs.artifacts.{declared['name']} was not supplied")
    return {**given, "name": declared["name"], **({"path": declared["path"]} if "path" in declared else {})}


def _from_tasks(declared: Mapping[str, Any], scope: Scope) -> str:
    source = declared.get("valueFrom") or {}
    value = scope.values.get(only_tag(source.get("parameter", "")))
    if value is None and "default" in source:
        return as_text(source["default"])
    if value is None:
        raise ScopeError(f"unable to resolve: {source.get('parameter')}")
    return value


def _index(node: Node) -> int:
    return int(node.name.rpartition("(")[2].partition(":")[0])


def _joined(values: Sequence[str]) -> str:
    """Return a JSON list: of values where all of them are lists or objects, else of texts."""
    parsed = [_json_or_text(value) for value in values]
    return _compact(parsed if all(isinstance(value, dict | list) for value in parsed) else values)


def _json_or_text(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
