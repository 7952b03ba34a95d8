"""What memoized templates put out before, by content: the key, the template, and what it read."""

import hashlib
import json
import os
from collections.abc import Mapping
from typing import Any

from compiler.local.engine.scope import Inputs
from compiler.local.workflow import Template


class FileCache:
    """A folder with one file for each remembered outcome; one whose artifacts are gone is no hit."""

    def __init__(self, folder: str) -> None:
        """Use a folder that may not exist yet."""
        self._folder = folder

    def load(self, template: Template, key: str, inputs: Inputs) -> Mapping[str, Any] | None:
        """Return the outputs that the template had for this key and these inputs."""
        try:
            with open(self._file(template, key, inputs), encoding="utf-8") as file:
                outputs: dict[str, Any] = json.load(file)
        except (FileNotFoundError, ValueError):
            return None
        artifacts = outputs.get("artifacts", ())
        return outputs if all(os.path.exists(one["local"]) for one in artifacts) else None

    def save(self, template: Template, key: str, inputs: Inputs, outputs: Mapping[str, Any]) -> None:
        """Keep outputs."""
        os.makedirs(self._folder, exist_ok=True)
        path = self._file(template, key, inputs)
        with open(f"{path}.{os.getpid()}", "w", encoding="utf-8") as file:
            json.dump(outputs, file)
        os.replace(f"{path}.{os.getpid()}", path)

    def _file(self, template: Template, key: str, inputs: Inputs) -> str:
        content = {"key": key, "template": template, "parameters": inputs.parameters,
                   "artifacts": {name: _digest(artifact) for name, artifact in inputs.artifacts.items()}}
        text = json.dumps(content, sort_keys=True, default=str)
        return os.path.join(self._folder, hashlib.sha256(text.encode()).hexdigest())


def _digest(artifact: Mapping[str, Any]) -> str:
    if "raw" in artifact:
        return str(artifact["raw"]["data"])
    digest = hashlib.sha256()
    for path in _files(artifact["local"]):
        digest.update(f"{os.path.relpath(path, artifact['local'])}\0{os.path.getsize(path)}\0".encode())
        with open(path, "rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()


def _files(path: str) -> list[str]:
    if os.path.isfile(path):
        return [path]
    return sorted(os.path.join(top, name) for top, _, names in os.walk(path) for name in names)
