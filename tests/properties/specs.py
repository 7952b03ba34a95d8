"""A spec with a harmless word in every kind of field, for others to put in what is not harmless."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from compiler.source.path import FieldPath

WORD = "word"
SPEC: dict[str, Any] = {
    "apiVersion": "mlproject.dev/v1alpha1",
    "kind": "MLProject",
    "metadata": {
        "name": "fraud",
        "team": "risk",
        "tier": "experimental",
        "description": WORD,
        "contacts": {"slack": WORD, "email": WORD, "pagerduty": WORD, "runbook_owner": WORD},
    },
    "data": {
        "sources": [
            {
                "name": "rows",
                "uri": "s3://lake/rows/",
                "version": {"with": "dvc", "path": WORD},
                "contract": {
                    "columns": {
                        "amount": {"type": "float64", "description": WORD},
                        "label": {"type": "int8"},
                        "country": {"type": "category", "allowed": [WORD, "other"]},
                    },
                    "rules": [{"name": "positive", "assert": "amount >= 0"}],
                },
            }
        ],
        "target": "label",
    },
    "training": {
        "algorithm": "random-forest",
        "image": "ghcr.io/mlproject-dev/train:1",
        "parameters": {"max_features": WORD},
        "triggers": {"schedule": "0 3 * * *", "timezone": "Etc/UTC"},
    },
    "validation": {
        "gates": [
            {"kind": "metric", "metric": "roc_auc", "minimum": 0.9},
            {"kind": "slice", "by": "country", "metric": "recall", "minimum": 0.5},
        ]
    },
    "model": {"registry": {"with": "mlflow", "name": "fraud"}, "signing_key": "secret://risk/signing#key"},
    "monitoring": {
        "slos": [{"name": "latency", "objective": 99, "threshold": "50ms"}],
        "drift": [{"kind": "data", "columns": ["amount"]}],
        "performance": [{"metric": "roc_auc", "minimum": 0.8}],
    },
    "alerts": {
        "routes": {"warning": ["slack", "email"]},
        "rules": [
            {"on": "slo.latency", "severity": "warning", "runbook": "https://runbooks.example.org/x"},
            {"on": "drift.data", "severity": "warning"},
            {"on": "pipeline.failed", "severity": "info"},
        ],
    },
    "platform": {
        "repository": {"url": "https://git.example.org/a.git", "revision": "main"},
        "cluster": {"server": "https://kubernetes.default.svc"},
        "prometheus": {"rule_labels": {"release": WORD}},
        "service_account_annotations": {"example.org/role": WORD},
    },
    "environments": {"staging": {}},
}
LOCK = {
    "apiVersion": "mlproject.dev/v1alpha1",
    "kind": "MLProjectLock",
    "environments": {"staging": {"version": "7", "uri": "s3://models/fraud/7/", "digest": "sha256:" + "3" * 64}},
}


class Field(NamedTuple):
    """A place of the spec that holds text; `is_free` tells whether it takes any line of it."""

    path: FieldPath
    is_free: bool = False


FIELDS = {
    "name": Field(("metadata", "name")),
    "team": Field(("metadata", "team")),
    "description": Field(("metadata", "description"), is_free=True),
    "slack": Field(("metadata", "contacts", "slack"), is_free=True),
    "pagerduty": Field(("metadata", "contacts", "pagerduty")),
    "address": Field(("data", "sources", 0, "uri")),
    "version path": Field(("data", "sources", 0, "version", "path")),
    "column description": Field(("data", "sources", 0, "contract", "columns", "amount", "description"), is_free=True),
    "allowed value": Field(("data", "sources", 0, "contract", "columns", "country", "allowed", 0), is_free=True),
    "rule": Field(("data", "sources", 0, "contract", "rules", 0, "assert")),
    "image": Field(("training", "image")),
    "parameter": Field(("training", "parameters", "max_features"), is_free=True),
    "schedule": Field(("training", "triggers", "schedule")),
    "metric": Field(("validation", "gates", 0, "metric")),
    "registry": Field(("model", "registry", "name")),
    "secret": Field(("model", "signing_key")),
    "runbook": Field(("alerts", "rules", 0, "runbook")),
    "repository": Field(("platform", "repository", "url")),
    "label": Field(("platform", "prometheus", "rule_labels", "release")),
    "annotation": Field(("platform", "service_account_annotations", "example.org/role"), is_free=True),
}


def changed(data: Any, changes: Mapping[FieldPath, Any]) -> Any:
    """Return data with other values at some paths."""
    copy = json.loads(json.dumps(data))
    for path, value in changes.items():
        inner = copy
        for part in path[:-1]:
            inner = inner[part]
        inner[path[-1]] = value
    return copy


def paths(data: Any, path: FieldPath = ()) -> list[FieldPath]:
    """Return the path of every value, the outermost left out."""
    members = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [place for key, value in members for place in ((*path, key), *paths(value, (*path, key)))]


def write(root: Path, spec: Any, lock: Any = LOCK) -> Path:
    """Write a spec and its lock into a repository, and return where the spec is."""
    place = root / "specs/fraud/mlproject.yaml"
    place.parent.mkdir(parents=True, exist_ok=True)
    # Every surrogate and control character is written as an escape, as somebody with bad intentions would.
    place.write_text(json.dumps(spec, indent=1))
    place.with_name("mlproject.lock").write_text(json.dumps(lock))
    return place
