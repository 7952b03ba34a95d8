"""What the registry knows of a model, asked through the runtime: its lineage, and the papers of its run."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from tempfile import TemporaryDirectory
from typing import Any

from runtime.contract import EXIT_OK

MAX_BYTES = 32 * 1024 * 1024


class RegistryError(Exception):
    """The registry does not answer, or says no; the message is for a person."""


def lineage(model: str, uri: str, variables: Mapping[str, str]) -> dict[str, Any]:
    """Return the lineage of MODEL/VERSION or MODEL@ALIAS."""
    said: dict[str, Any] = json.loads(_ask("lineage", model, uri, variables, "--format=json"))
    return said


def papers(model: str, uri: str, variables: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files that the registry keeps with the run of a model: model card, verdict, evaluation."""
    with TemporaryDirectory(prefix="mlproject-papers-", ignore_cleanup_errors=True) as folder:
        _ask("papers", model, uri, variables, f"--out={folder}")
        found: dict[str, bytes] = {}
        for place, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                path = os.path.join(place, name)
                if os.path.isfile(path) and not os.path.islink(path):
                    with open(path, "rb") as file:
                        found[os.path.relpath(path, folder)] = file.read(MAX_BYTES + 1)
    if sum(map(len, found.values())) > MAX_BYTES:
        raise RegistryError(f"the papers of {model} are larger than {MAX_BYTES} bytes")
    return found


def _ask(program: str, model: str, uri: str, variables: Mapping[str, str], *more: str) -> str:
    # -P: the folder that we are in is a repository that anyone may have written to.
    command = [sys.executable, "-P", "-m", "runtime", program, f"--registry={uri}", *more, "--", model]
    finished = subprocess.run(command, capture_output=True, check=False, env=dict(variables), encoding="utf-8",
                              errors="replace")
    if finished.returncode != EXIT_OK:
        lines = finished.stderr.strip().splitlines()
        raise RegistryError(lines[-1][:300] if lines else "the registry cannot be asked")
    return finished.stdout
