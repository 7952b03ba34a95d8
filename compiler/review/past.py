"""Where past models are known from: an export in a file, or the registry, asked by the runtime in its own process."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from compiler.change.grades import MODES
from compiler.change.replay import PastError, PastModel, past_models, replay
from compiler.change.sides import Pair, Side
from compiler.kinds.registering import lower_registry
from compiler.registry import Registry

MAX_BYTES = 64 * 1024 * 1024
SECONDS = 120
Past = Callable[[str, str], tuple[PastModel, ...]]
"""Returns the past models of a registered name at a registry."""


def of_file(path: str) -> Past:
    """Return past models from an export: one model, or several by name."""
    with open(path, "rb") as file:
        content = file.read(MAX_BYTES + 1)
    try:
        export = json.loads(content) if len(content) <= MAX_BYTES else None
    except (ValueError, RecursionError):
        export = None
    if not isinstance(export, Mapping):
        raise PastError("this is no export of registered models")

    def past(name: str, _registry: str) -> tuple[PastModel, ...]:
        found = export if export.get("model") == name else export.get(name)
        return past_models(found) if found is not None else ()

    return past


def of_registry(variables: Mapping[str, str]) -> Past:
    """Return past models as the registry knows them. Nothing of MLflow is imported here."""

    def past(name: str, registry: str) -> tuple[PastModel, ...]:
        said = _asked(["past-models", name, "--registry", registry], variables)
        return past_models(json.loads(said)) if said else ()

    return past


def replayed(pairs: Sequence[Pair], past: Past, registry: Registry) -> list[dict[str, Any]]:
    """Return what the changed gates of each project would say of its past models, in its strictest environment."""
    strictest: dict[str, Pair] = {}
    for pair in sorted(pairs, key=lambda one: -MODES.index(one.mode)):
        if pair.before and pair.after and _gates(pair.before) != _gates(pair.after):
            strictest.setdefault(pair.key[0], pair)
    return [row for _, pair in sorted(strictest.items()) for row in _rows(pair, past, registry)]


def _rows(pair: Pair, past: Past, registry: Registry) -> list[dict[str, Any]]:
    assert pair.before
    assert pair.after
    settings = lower_registry(pair.after.project, registry.find)
    models = past(settings["name"], settings["uri"])
    project, environment = pair.key
    return [
        {**one._asdict(), "passes": list(one.passes), "fails": list(one.fails), "unknown": list(one.unknown),
         "project": project, "environment": environment, "message": f"{project} [{environment}] {one.message}"}
        for one in replay(_gates(pair.before), _gates(pair.after), models)
    ]  # fmt: skip


def _gates(side: Side) -> tuple[Any, ...]:
    return side.plan.pipeline.gates if side.plan.pipeline else ()


def _asked(arguments: Sequence[str], variables: Mapping[str, str]) -> str:
    """Return what the runtime prints; empty where the registry does not exist yet."""
    from runtime.contract import EXIT_OK, EXIT_REFUSED

    try:
        said = subprocess.run([sys.executable, "-m", "runtime", *arguments], env=dict(variables), capture_output=True,
                              text=True, timeout=SECONDS, check=False)  # fmt: skip
    except subprocess.TimeoutExpired:
        raise PastError(f"the registry gave no answer within {SECONDS} seconds") from None
    if said.returncode == EXIT_REFUSED:
        return ""
    if said.returncode != EXIT_OK:
        lines = said.stderr.strip().splitlines()
        raise PastError(lines[-1].removeprefix("mlproject: ") if lines else "the runtime could not ask the registry")
    return said.stdout
