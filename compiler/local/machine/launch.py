"""From a pod to a process: its words, its environment, its folders; and from its files to its outputs."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from compiler.local.engine.operation import Pod
from compiler.local.engine.tags import replaced
from compiler.local.machine.mounts import Mounts
from compiler.local.workflow import as_text
from compiler.records import NamedTuple

INHERITED = ("PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR", "PYTHONPATH",
             "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
"""All that a step gets of the runner's own environment: a container would have none of it."""
_MAXIMUM_RESULT_BYTES = 256 * 1024


class OutputError(Exception):
    """A step ended well, and left out an output that it must have."""


class Launch(NamedTuple):
    """One process to start. `log` gets what it says; `result` is a file for its output alone, where that is wanted."""

    node: str
    argv: tuple[str, ...]
    environment: Mapping[str, str]
    folder: str
    log: str
    result: str
    deadline_seconds: float | None


def launch_of(pod: Pod, mounts: Mounts, *, folder: str, secrets: Mapping[tuple[str, str], str],
              environment: Mapping[str, str]) -> Launch:
    """Return the process of a pod; every tag is replaced once, and paths are moved in what the workflow wrote."""
    values = {**pod.scope.values, **_paths(pod, mounts, folder)}
    container = pod.template.get("container") or pod.template["script"]
    argv = [_word(word, values, mounts) for word in (*container["command"], *(container.get("args") or ()))]
    if "script" in pod.template:
        argv.append(_source(replaced(container.get("source", ""), values), folder))
    if argv[0] in ("python", "python3"):
        argv[0] = sys.executable
    own = {one["name"]: value for one in container.get("env") or ()
           if (value := _variable(one, values, mounts, secrets)) is not None}
    result = os.path.join(folder, "result") if "script" in pod.template or pod.is_result_wanted else ""
    return Launch(pod.node.id, tuple(argv), {**environment, **own},
                  mounts.host(replaced(container.get("workingDir", "/work"), values)),
                  os.path.join(folder, "log"), result, pod.deadline_seconds)


def prepare_inputs(pod: Pod, folder: str) -> None:
    """Write the artifacts that are given as text."""
    for name, artifact in pod.inputs.artifacts.items():
        if "raw" in artifact:
            path = os.path.join(folder, "inputs", name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(artifact["raw"]["data"])


def outputs_of(pod: Pod, mounts: Mounts, launch: Launch, code: int) -> dict[str, Any]:
    """Return what a pod left behind, in the shape of Argo's `outputs`; raise OutputError for what is missing."""
    outputs: dict[str, Any] = {"exitCode": str(code)}
    if launch.result and os.path.exists(launch.result):
        with open(launch.result, encoding="utf-8", errors="replace") as file:
            outputs["result"] = file.read(_MAXIMUM_RESULT_BYTES).removesuffix("\n")
    if code != 0:
        return outputs
    declared = pod.template.get("outputs") or {}
    folder = os.path.dirname(launch.log)
    parameters = [_parameter(one, mounts, folder) for one in declared.get("parameters") or ()]
    artifacts = [found for one in declared.get("artifacts") or () if (found := _artifact(one, mounts, folder))]
    return outputs | ({"parameters": parameters} if parameters else {}) | (
        {"artifacts": artifacts} if artifacts else {})


def _paths(pod: Pod, mounts: Mounts, folder: str) -> dict[str, str]:
    """Return the tags of paths: those of this machine."""
    declared = pod.template.get("outputs") or {}
    paths = {}
    for one in (pod.template.get("inputs") or {}).get("artifacts") or ():
        given = pod.inputs.artifacts.get(one["name"], {})
        # An optional artifact that is absent has a path at which there is nothing.
        local = given.get("local") or os.path.join(folder, "inputs", one["name"])
        paths[f"inputs.artifacts.{one['name']}.path"] = local
    for one in declared.get("artifacts") or ():
        if "path" in one:
            paths[f"outputs.artifacts.{one['name']}.path"] = _place(one["path"], mounts, folder)
    for one in declared.get("parameters") or ():
        if "path" in (one.get("valueFrom") or {}):
            paths[f"outputs.parameters.{one['name']}.path"] = _place(one["valueFrom"]["path"], mounts, folder)
    return paths


def _place(path: str, mounts: Mounts, folder: str) -> str:
    """Return where an output is written: under its mount, else in a folder of the node."""
    host = mounts.host(path)
    return os.path.join(folder, "root", path.lstrip("/")) if host == path else host


def _word(word: str, values: Mapping[str, str], mounts: Mounts) -> str:
    """Return one argument. What a tag brings in is never taken for a path of the container."""
    return str(replaced(mounts.moved(as_text(word)), values))


def _variable(one: Mapping[str, Any], values: Mapping[str, str], mounts: Mounts,
              secrets: Mapping[tuple[str, str], str]) -> str | None:
    if "valueFrom" in one:
        reference = one["valueFrom"]["secretKeyRef"]
        return secrets.get((reference["name"], reference["key"]))
    return _word(one.get("value", ""), values, mounts)


def _source(text: str, folder: str) -> str:
    path = os.path.join(folder, "script")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def _parameter(declared: Mapping[str, Any], mounts: Mounts, folder: str) -> dict[str, Any]:
    source = declared["valueFrom"]
    path = _place(source["path"], mounts, folder)
    try:
        with open(path, encoding="utf-8") as file:
            value = file.read().removesuffix("\n")
    except OSError:
        if "default" not in source:
            raise OutputError(f"the output parameter `{declared['name']}` was not written: {source['path']}") from None
        value = as_text(source["default"])
    return {"name": declared["name"], "value": value}


def _artifact(declared: Mapping[str, Any], mounts: Mounts, folder: str) -> dict[str, Any] | None:
    path = _place(declared["path"], mounts, folder)
    if os.path.exists(path):
        return {"name": declared["name"], "path": declared["path"], "local": path}
    if declared.get("optional"):
        return None
    raise OutputError(f"the output artifact `{declared['name']}` was not written: {declared['path']}")


def is_step(argv: Sequence[str], program: Sequence[str]) -> bool:
    """Tell whether a process is a step of the runtime, which the fork server can start."""
    return len(argv) > len(program) and list(argv[1:len(program)]) == list(program[1:]) and argv[0] == sys.executable
