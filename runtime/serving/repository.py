"""The models that are served, by name and version."""

from collections.abc import Iterable
from typing import Any

from runtime.serving.catalogue import Refusal
from runtime.serving.model import Model


class Repository:
    """Models that are loaded; a request without a version gets the newest."""

    def __init__(self, models: Iterable[Model]) -> None:
        """Take the models, at least one."""
        self.models: dict[str, dict[str, Model]] = {}
        for model in models:
            self.models.setdefault(model.name, {})[model.version] = model
        for name, versions in self.models.items():
            self.models[name] = dict(sorted(versions.items(), key=lambda item: _order(item[0])))

    def find(self, name: str, version: str | None = None) -> Model:
        """Return a model, or refuse."""
        versions = self.models.get(name)
        if versions is None:
            raise Refusal("model")
        if not version:
            return next(reversed(versions.values()))
        if version not in versions:
            raise Refusal("version")
        return versions[version]

    def metadata(self, model: Model) -> dict[str, Any]:
        """Return the metadata of a model; raw columns stand in a parameter, for they are another way to ask."""
        return {
            "name": model.name, "versions": list(self.models[model.name]), "platform": "onnx_onnxv1",
            "inputs": [_port(port) for port in model.inputs], "outputs": [_port(port) for port in model.outputs],
            "parameters": {"digest": model.digest, "provider": model.provider,
                           "columns": [_port(port) for port in model.raw_inputs]}}


def _port(port: Any) -> dict[str, Any]:
    return {"name": port.name, "datatype": port.datatype, "shape": list(port.shape)}


def _order(version: str) -> tuple[int, int, str]:
    return (1, int(version), "") if version.isdecimal() and len(version) < 19 else (0, 0, version)
