"""MLflow's model registry."""

from collections.abc import Mapping
from typing import Any, Literal, Required, TypedDict

from compiler.kinds.interface import Parameters, SettingsKind
from compiler.kinds.naming import prefix
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject
from compiler.spec.words import HttpsUrl, Identifier

# `with` is a word of Python, so this one key is written as a call.
_With = TypedDict("_With", {"with": Required[Literal["mlflow"]]})


class MlflowRegistry(_With, total=False):
    """Models are registered in MLflow."""

    name: Identifier
    """Registered model; the project's name unless said. Development puts `dev-` before it."""
    uri: HttpsUrl
    """Registry server; `platform.mlflow` unless said."""


def lower(project: ResolvedProject, parameters: Parameters, _at: FieldPath) -> Mapping[str, Any]:
    """Return server and registered model; development registers beside the real one, never in it."""
    return {"with": "mlflow", "name": prefix(project) + parameters.get("name", project.name),
            "uri": parameters.get("uri") or project.spec["platform"]["mlflow"],
            "store": project.spec["platform"]["models"].rstrip("/")}


KIND = SettingsKind("mlflow", MlflowRegistry, lower)
