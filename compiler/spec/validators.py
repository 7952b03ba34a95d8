"""Validators of the language: frozen core schemas, run by pydantic-core."""

import os
from collections.abc import Mapping
from typing import Any

from compiler.spec.core import SchemaValidator, __version__, from_json

FROZEN = os.path.join(os.path.dirname(__file__), "frozen.json")
_loaded: dict[str, Any] = {}
_built: dict[str, SchemaValidator] = {}


def validator(name: str, parameters: Any = None) -> SchemaValidator:
    """Return the validator of a document (`project`, ...), or of a plug-in's parameters (`gates/metric`, ...)."""
    if name not in _built:
        _built[name] = SchemaValidator(schema_of(name, parameters), {"extra_fields_behavior": "forbid"})
    return _built[name]


def schema_of(name: str, parameters: Any = None) -> Any:
    """Return the core schema called name.

    The frozen schema serves when it was made for the installed pydantic-core; anything
    else, a plug-in's type above all, is built from its type by pydantic, which is slower.
    """
    schema = _frozen().get(name)
    if schema is None:
        from compiler.spec.documents import DOCUMENTS
        from compiler.spec.freeze import core_schema_of

        schema = core_schema_of(DOCUMENTS[name] if parameters is None else parameters)
    return schema


def _frozen() -> Mapping[str, Any]:
    if not _loaded:
        _loaded.update(_read())
    schemas: Mapping[str, Any] = _loaded["schemas"]
    return schemas


def _read() -> dict[str, Any]:
    with open(FROZEN, "rb") as file:
        frozen: dict[str, Any] = from_json(file.read())
    if frozen["pydantic_core"] != __version__:
        return {"schemas": {}}
    return frozen
