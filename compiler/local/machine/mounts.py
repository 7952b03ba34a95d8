"""Where the paths of a container lead on this machine.

A container sees `/work`, `/tmp` and what is mounted; here each of them is a folder of the node. Paths of
artifacts are tags in the workflow and get folders of this machine; what is written out, such as
`/etc/mlproject/plan.json`, is moved where it lies under a mount.
"""

import os
import shutil
from collections.abc import Mapping
from typing import Any

from compiler.local.engine.operation import Pod
from compiler.records import NamedTuple


class Mounts(NamedTuple):
    """Folders of this machine by the path that they have in the container."""

    folders: Mapping[str, str]

    def host(self, path: str) -> str:
        """Return where a path of the container leads; the path itself where nothing is mounted above it."""
        for mount in sorted(self.folders, key=len, reverse=True):
            if path == mount or path.startswith(mount.rstrip("/") + "/"):
                return self.folders[mount] + path[len(mount):]
        return path

    def moved(self, word: str) -> str:
        """Return an argument with its path moved: a word that is a path, or `NAME=PATH`."""
        name, separator, path = word.partition("=")
        if separator and path.startswith("/") and "/" not in name:
            return f"{name}={self.host(path)}"
        return self.host(word) if word.startswith("/") else word


def mounts_of(pod: Pod, volumes: Mapping[str, Mapping[str, Any]], folder: str, objects: Mapping[str, str]) -> Mounts:
    """Make the folders that a pod has mounted, empty where they are its own, and return them.

    `objects` are folders with the files of ConfigMaps and Secrets, by `KIND/NAME`.
    """
    container = pod.template.get("container") or pod.template["script"]
    found: dict[str, str] = {}
    for mount in container.get("volumeMounts") or ():
        volume = volumes.get(mount["name"], {"emptyDir": {}})
        if "configMap" in volume:
            found[mount["mountPath"]] = objects[f"ConfigMap/{volume['configMap']['name']}"]
        elif "secret" in volume:
            found[mount["mountPath"]] = objects[f"Secret/{volume['secret']['secretName']}"]
        else:
            found[mount["mountPath"]] = _own(folder, f"volume-{mount['name']}")
    # A container has a root file system of its own; here only these two are made up for.
    for path in ("/tmp", container.get("workingDir", "/work")):
        if Mounts(found).host(path) == path and path.startswith("/"):
            found[path] = _own(folder, f"folder{path.replace('/', '-')}")
    for name, artifact in pod.inputs.artifacts.items():
        if "path" in artifact:
            found[artifact["path"]] = artifact.get("local") or os.path.join(folder, "inputs", name)
    return Mounts(found)


def _own(folder: str, name: str) -> str:
    path = os.path.join(folder, name)
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)
    return path
