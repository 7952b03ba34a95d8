"""No change that alters a rendered byte is without effect: every value of the language, changed and removed."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from compiler.change.explaining import INDEX, meanings_of
from compiler.change.grades import gravest
from compiler.change.objects import compare_objects
from compiler.change.sides import Pair, Side
from compiler.diagnostics.diagnostic import has_errors
from compiler.driver import checks_of, folder_of, render_project
from compiler.passes.check import check
from compiler.passes.resolve import resolve
from compiler.registry import discover
from compiler.source.path import FieldPath
from compiler.source.read import read
from compiler.spec.layers import value_at
from tests.change.histories import DIGEST, IMAGE, PINNED, PROJECT
from tests.properties.specs import changed, paths

REGISTRY = discover(())
# Values of another kind than the one that stands there: another word of a closed set, another unit, another list.
WORDS = {
    "experimental": "standard",
    "critical": "standard",
    "standard": "critical",
    "parquet": "csv",
    "dvc": "none",
    "pii": "phi",
    "float64": "float32",
    "category": "string",
    "int8": "int16",
    "gradient-boosting": "random-forest",
    "metric": "slice",
    "block": "warn",
    "required": "optional",
    "2h": "3h",
    "24h": "1h",
    "1h": "2h",
    "20ms": "30ms",
    "50ms": "60ms",
    "8Gi": "9Gi",
    "1Gi": "2Gi",
    "4Gi": "5Gi",
    "10Gi": "11Gi",
    "30s": "40s",
    "1m": "2m",
    "4h": "5h",
    "warning": "info",
    "slack": "pagerduty",
    "pagerduty": "slack",
    "p95": "p99",
    "0 3 * * 1": "0 4 * * 1",
    "production": "standard",
    "development": "standard",
    "online": "batch",
    "random": "time",
    "fail": "last-good-revision",
    "curated": "production",
    "roc_auc": "f1",
    "f1": "accuracy",
    "availability": "latency",
    "concurrency": "rps",
    "vault": "other",
    "ClusterSecretStore": "SecretStore",
    "monitoring": "metrics",
    "istio-system": "gateway",
    IMAGE: IMAGE.replace("a" * 64, "d" * 64),
    "Etc/UTC": "Europe/Berlin",
    "direct": "blue-green",
    "secret://risk/signing#key": "secret://risk/signing#other",
    DIGEST: DIGEST.replace("3", "4"),
}
SOURCES = {"mlproject.yaml": "", "mlproject.lock": ""}
BASE: dict[str, Any] = {
    **PROJECT,
    "deployment": {"image": PROJECT["deployment"]["image"], "scaling": {"minimum": 2, "maximum": 6}},
    "environments": {"production": {"mode": "standard"}},
}


def sides_of(spec: Any, lock: Any) -> dict[str, Side] | None:
    """Return the sides of a project by environment, or None of one that does not compile."""
    documents = [
        read(json.dumps(data).encode(), name)[0] for data, name in ((spec, "mlproject.yaml"), (lock, "mlproject.lock"))
    ]
    if documents[0] is None:
        return None
    resolved = resolve(documents[0], None, documents[1], kind_of=REGISTRY.find, names_of=REGISTRY.names)
    found = [*resolved.diagnostics]
    if not has_errors(found):
        found += check(resolved.projects, checks_of(resolved.projects, REGISTRY), kind_of=REGISTRY.find)
    if has_errors(found):
        return None
    sides = {}
    for project in resolved.projects:
        made = render_project(project, REGISTRY, [])
        sides[project.environment] = Side(*made, folder_of(made, SOURCES))
    return sides


BEFORE = sides_of(
    BASE, {"apiVersion": "mlproject.dev/v1alpha1", "kind": "MLProjectLock", "environments": {"production": PINNED}}
)
SAID = [path for path in paths(BASE) if path[0] != "environments"]
ALL = sorted(
    {
        *SAID,
        *(path for path in paths(BEFORE["production"].spec) if path[0] not in ("environment", "apiVersion", "kind")),
    },  # type: ignore[index]
    key=str,
)


def other(value: Any) -> Any:
    """Return another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1 if isinstance(value, int) else value / 2
    return WORDS.get(value, f"{value}x") if isinstance(value, str) else value


def mutants() -> Iterator[tuple[str, Any, Any]]:
    lock = {"apiVersion": "mlproject.dev/v1alpha1", "kind": "MLProjectLock", "environments": {"production": PINNED}}
    assert BEFORE is not None
    for path in ALL:
        value = value_at(BEFORE["production"].spec, path)
        if not isinstance(value, dict | list):
            yield f"{'.'.join(map(str, path))} changed", _with(path, other(value)), lock
        if path in SAID:
            yield f"{'.'.join(map(str, path))} removed", _without(path), lock
    for key in PINNED:
        yield f"lock {key} changed", BASE, changed(lock, {("environments", "production", key): other(PINNED[key])})
    yield "lock removed", BASE, {**lock, "environments": {}}


def _with(path: FieldPath, value: Any) -> Any:
    spec = json.loads(json.dumps(BASE))
    inner = spec
    for part in path[:-1]:
        inner = inner.setdefault(part, {}) if isinstance(inner, dict) else inner[part]
    inner[path[-1]] = value
    return spec


def _without(path: FieldPath) -> Any:
    spec = json.loads(json.dumps(BASE))
    inner = spec
    for part in path[:-1]:
        inner = inner[part]
    del inner[path[-1]]
    return spec


MUTANTS = list(mutants())


@pytest.mark.parametrize("part", range(8))
def test_what_changes_bytes_has_a_meaning(part: int) -> None:
    assert BEFORE is not None
    compiled, unnamed = 0, []
    for name, spec, lock in MUTANTS[part::8]:
        after = sides_of(spec, lock)
        for environment in sorted({*BEFORE, *(after or {})}) if after else ():
            pair = Pair(BEFORE.get(environment), after.get(environment))
            if pair.before and pair.after and pair.before.project.name != pair.after.project.name:
                continue
            meanings = meanings_of(pair, compare_objects(pair))
            compiled += 1
            assert bool(meanings) == (_rendered(pair.before) != _rendered(pair.after)), name
            assert not meanings or gravest(meaning.grade for meaning in meanings) != "none", name
            unnamed += [(name, meaning.message) for meaning in meanings if meaning.code.startswith("other/")]
    assert compiled > 10
    assert not unnamed


def _rendered(side: Side | None) -> dict[str, bytes]:
    return {name: data for name, data in (side.files.items() if side else ()) if name != INDEX}
