"""The folder of a run: what was rendered, what has happened, the files and logs of each node."""

import json
import os
import re
from collections.abc import Iterable, Mapping
from typing import Any

from compiler.local.engine.nodes import Node, node_of, stamp, status_of

RENDERED, STATUS, RUN = "workflow.yaml", "status.json", "run.json"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class RunFolder:
    """One run on disk. Every file is whole at every instant: written beside, then moved into place."""

    def __init__(self, path: str) -> None:
        """Use a folder that `create` made, or is to make."""
        self.path = os.path.abspath(path)

    @property
    def name(self) -> str:
        """Return the name of the run."""
        return os.path.basename(self.path)

    def create(self, about: Mapping[str, Any], rendered: bytes) -> None:
        """Make the folder; raise FileExistsError where there is a run of that name."""
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        os.mkdir(self.path)
        os.mkdir(os.path.join(self.path, "nodes"))
        self._write(RENDERED, rendered)
        self._write(RUN, json.dumps(about, indent=1, sort_keys=True).encode())

    def about(self) -> dict[str, Any]:
        """Return what the run was started with."""
        return self._read(RUN)

    def rendered(self) -> bytes:
        """Return the objects that the run was made of."""
        with open(os.path.join(self.path, RENDERED), "rb") as file:
            return file.read()

    def status(self) -> dict[str, Any]:
        """Return the status in the shape of Argo's; an empty one where nothing was written yet."""
        try:
            return self._read(STATUS)
        except FileNotFoundError:
            return {}

    def nodes(self) -> dict[str, Node]:
        """Return the nodes as they were last written."""
        return {key: node_of(shape) for key, shape in self.status().get("nodes", {}).items()}

    def save(self, *, phase: str, message: str, started: float, finished: float | None,
             nodes: Mapping[str, Node]) -> None:
        """Write the status."""
        status: dict[str, Any] = {"phase": phase, "startedAt": stamp(started)}
        if message:
            status["message"] = message
        if finished is not None:
            status["finishedAt"] = stamp(finished)
        status["nodes"] = {key: status_of(node) for key, node in sorted(nodes.items())}
        # Indented at the end, for people; until then quickly, since it is written at every change.
        self._write(STATUS, json.dumps(status, indent=1 if finished is not None else None).encode())

    def node(self, node: Node) -> str:
        """Return the folder of a node; it is named after it, and after its id for the sake of uniqueness."""
        shown = _UNSAFE.sub("-", node.display_name).strip("-.") or "workflow"
        return os.path.join(self.path, "nodes", f"{shown[:60]}-{node.id.rpartition('-')[2][:10]}")

    def log(self, node: Node) -> str:
        """Return the log of a node."""
        return os.path.join(self.node(node), "log")

    def _read(self, name: str) -> dict[str, Any]:
        with open(os.path.join(self.path, name), encoding="utf-8") as file:
            content: dict[str, Any] = json.load(file)
        return content

    def _write(self, name: str, content: bytes) -> None:
        path = os.path.join(self.path, name)
        with open(f"{path}.new", "wb") as file:
            file.write(content)
        os.replace(f"{path}.new", path)


def runs_in(folder: str) -> Iterable[RunFolder]:
    """Yield the runs below a folder, newest first."""
    found = []
    if os.path.isdir(folder):
        for name in os.listdir(folder):
            path = os.path.join(folder, name, RUN)
            if os.path.isfile(path):
                found.append((RunFolder(os.path.join(folder, name)).about().get("started", 0.0), name))
    for _, name in sorted(found, reverse=True):
        yield RunFolder(os.path.join(folder, name))
