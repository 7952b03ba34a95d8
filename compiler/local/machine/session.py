"""From a run's folder to a run: the objects that were rendered, what stands for places and secrets, who runs it."""

import json
import os
from collections.abc import Mapping
from typing import Any

from compiler.local.machine.launch import INHERITED
from compiler.local.machine.run_folder import RunFolder
from compiler.local.machine.runner import Settings
from compiler.local.stand_ins import StandIns, references_of, stand_ins_of
from compiler.local.workflow import Workflow, workflow_of
from runtime.contract import LOCATIONS_VARIABLE

STAND_INS = os.path.join("specs", "local.yaml")
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def objects_in(rendered: bytes) -> list[dict[str, Any]]:
    """Return the objects of a stream of YAML documents."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return [one for one in yaml.load_all(rendered, Loader=loader) if one]


def workflow_in(folder: RunFolder) -> Workflow:
    """Return the workflow of a run that was prepared."""
    about = folder.about()
    return workflow_of(objects_in(folder.rendered()), template=about["template"], run=folder.name, values=about["set"])


def stand_ins_at(root: str) -> StandIns:
    """Return what stands for places and secrets in a repository."""
    path = os.path.join(root, STAND_INS)
    if not os.path.isfile(path):
        return StandIns()
    with open(path, "rb") as file:
        documents = objects_in(file.read())
    return stand_ins_of(documents[0] if documents else None, root)


def secrets_of(objects: list[dict[str, Any]], stand_ins: StandIns) -> dict[tuple[str, str], str]:
    """Return the values of the keys of each Secret, as far as something stands for them."""
    return {place: stand_ins.secrets[reference].read() for place, reference in references_of(objects).items()
            if reference in stand_ins.secrets}


def missing_secrets(workflow: Workflow, objects: list[dict[str, Any]], stand_ins: StandIns) -> list[str]:
    """Return the references of secrets that the workflow reads and nothing stands for."""
    references, known = references_of(objects), secrets_of(objects, stand_ins)
    wanted = {(one["valueFrom"]["secretKeyRef"]["name"], one["valueFrom"]["secretKeyRef"]["key"])
              for template in workflow.templates["local"].values()
              for one in (template.get("container") or template.get("script") or {}).get("env") or ()
              if "valueFrom" in one and not one["valueFrom"]["secretKeyRef"].get("optional")}
    return sorted(references.get(place, "/".join(place)) for place in wanted - set(known))


def settings_of(folder: RunFolder, variables: Mapping[str, str], *, jobs: int) -> Settings:
    """Return how a run is run; write the files that its pods have mounted."""
    about = folder.about()
    objects = objects_in(folder.rendered())
    stand_ins = stand_ins_at(about["root"])
    secrets = secrets_of(objects, stand_ins)
    environment = {name: variables[name] for name in INHERITED if name in variables}
    cores = os.cpu_count() or 1
    # As many threads as there are cores for one step alone; OpenBLAS starts its own before a fork, so it gets one.
    environment |= {name: str(cores) for name in _THREADS if name not in environment}
    environment |= {"OPENBLAS_NUM_THREADS": "1", LOCATIONS_VARIABLE: json.dumps(dict(stand_ins.locations))}
    return Settings(environment, secrets, _mounted(folder, objects, secrets), jobs or cores, about["isolated"])


def _mounted(folder: RunFolder, objects: list[dict[str, Any]],
             secrets: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """Write the files of ConfigMaps and Secrets, and return their folders by `KIND/NAME`."""
    files: dict[str, dict[str, str]] = {
        f"ConfigMap/{one['metadata']['name']}": one.get("data", {}) for one in objects if one["kind"] == "ConfigMap"}
    for (name, key), value in secrets.items():
        files.setdefault(f"Secret/{name}", {})[key] = value
    found = {}
    for place, content in files.items():
        path = os.path.join(folder.path, "objects", *place.split("/"))
        if place.startswith("Secret/") and not _is_mounted(objects, place.partition("/")[2]):
            continue
        os.makedirs(path, exist_ok=True, mode=0o700)
        for name, text in content.items():
            with open(os.path.join(path, os.path.basename(name)), "w", encoding="utf-8") as file:
                file.write(text)
        found[place] = path
    return found


def _is_mounted(objects: list[dict[str, Any]], secret: str) -> bool:
    """Tell whether a Secret is mounted by any workflow: only then is it written to a file."""
    return any((volume.get("secret") or {}).get("secretName") == secret
               for one in objects if one["kind"] in ("Workflow", "WorkflowTemplate")
               for volume in one["spec"].get("volumes") or ())
