"""Small definitions that have each trap of a conversion once."""

import json
from typing import Any

import yaml

WIDGET: dict[str, Any] = {
    "type": "object",
    "required": ["spec"],
    "properties": {
        "apiVersion": {"type": "string"},
        "kind": {"type": "string"},
        "metadata": {"type": "object"},
        "status": {"type": "object", "properties": {"phase": {"type": "string"}}},
        "spec": {
            "type": "object",
            "description": "What it does.",
            "required": ["size", "mode"],
            "oneOf": [{"required": ["mode", "a"]}, {"required": ["b"]}],
            "properties": {
                "size": {"type": "integer", "minimum": 1},
                "mode": {"type": "string", "default": "on", "enum": ["on", "="]},
                "a": {"type": "string"},
                "b": {"type": "string"},
                "port": {"x-kubernetes-int-or-string": True, "anyOf": [{"type": "integer"}, {"type": "string"}]},
                "free": {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
                "map": {"type": "object", "additionalProperties": {"type": "string"}},
                "list": {
                    "type": "array",
                    "x-kubernetes-list-type": "map",
                    "x-kubernetes-list-map-keys": ["name"],
                    "items": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
                },
                "set": {"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "string"}},
                "word": {"type": "string", "pattern": "^a(?i)b$"},
                "greek": {"type": "string", "pattern": r"^\p{Greek}+$"},
                "maybe": {"type": "string", "nullable": True, "enum": ["x"]},
                "inner": {
                    "type": "object",
                    "x-kubernetes-embedded-resource": True,
                    "properties": {"spec": {"type": "object"}},
                },
            },
        },
    },
}


def definition(
    kind: str = "Widget",
    *,
    group: str = "example.com",
    versions: tuple[str, ...] = ("v1",),
    schema: dict[str, Any] = WIDGET,
    served: bool = True,
) -> dict[str, Any]:
    """Return a definition as a cluster prints it."""
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{kind.lower()}s.{group}"},
        "spec": {
            "group": group,
            "names": {"kind": kind, "plural": f"{kind.lower()}s"},
            "versions": [
                {"name": version, "served": served, "storage": True, "schema": {"openAPIV3Schema": schema}}
                for version in versions
            ],
        },
    }


def as_list(*definitions: dict[str, Any]) -> bytes:
    """Return definitions as `kubectl get crds -o yaml` prints them, which knows no aliases."""
    document = {"apiVersion": "v1", "kind": "List", "items": list(definitions)}
    return yaml.safe_dump(json.loads(json.dumps(document))).encode()
