"""The bill of materials of a project in one environment: CycloneDX 1.6, without time or chance.

Spec, lock and defaults by their hashes; the model by its digest; each data source at the revision that the
model learned from; every image of every manifest.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from compiler import __version__
from compiler.driver import Rendered
from compiler.emit.index import INDEX_NAME, read_index

MODEL_REF, PROJECT_REF = "model", "project"
_IMAGE_DIGEST = "@sha256:"


def bill_of(one: Rendered, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the bill of one rendered project, whose folder of generated/ holds files."""
    index = read_index(files[INDEX_NAME])
    assert index is not None
    project, model = one.project, one.project.model
    components = [*_documents(index.inputs), *_images(one), *_data(one), *_models(one)]
    components.sort(key=lambda component: str(component["bom-ref"]))
    properties = {"environment": project.environment, "team": project.spec["metadata"]["team"],
                  "tier": project.spec["metadata"]["tier"]}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {
            "tools": {"components": [{"type": "application", "name": "mlproject-compiler", "version": __version__}]},
            "component": {"type": "application", "bom-ref": PROJECT_REF, "name": project.name,
                          "version": model["version"] if model else "none", "properties": _properties(properties)},
        },
        "components": components,
        "dependencies": [
            {"ref": PROJECT_REF, "dependsOn": sorted(component["bom-ref"] for component in components
                                                     if component["type"] != "data")},
            *([{"ref": MODEL_REF, "dependsOn": sorted(component["bom-ref"] for component in components
                                                      if component["type"] == "data")}] if model else ())],
    }


def _documents(inputs: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for name, digest in sorted(inputs.items()):
        yield {"type": "file", "bom-ref": f"file:{name}", "name": name, "hashes": _hashes(digest)}


def _images(one: Rendered) -> Iterator[dict[str, Any]]:
    found = {image for manifest in one.manifests for image in _images_in(manifest.body)}
    for image in sorted(found):
        name, pinned, digest = image.partition(_IMAGE_DIGEST)
        place, _, tag = name.rpartition(":") if ":" in name.rpartition("/")[2] else (name, "", "")
        component: dict[str, Any] = {"type": "container", "bom-ref": f"image:{image}", "name": place or name}
        if pinned:
            purl = f"pkg:oci/{(place or name).rpartition('/')[2]}@sha256%3A{digest}?repository_url={place or name}"
            component |= {"version": f"sha256:{digest}", "hashes": _hashes(digest), "purl": purl}
        elif tag:
            component["version"] = tag
        yield component


def _images_in(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key == "image" and isinstance(value, str):
                yield value
            else:
                yield from _images_in(value)
    elif isinstance(node, list | tuple):
        for item in node:
            yield from _images_in(item)


def _data(one: Rendered) -> Iterator[dict[str, Any]]:
    learned = one.project.model.get("data", {}) if one.project.model else {}
    for source in one.project.spec["data"]["sources"]:
        name, uri = source["name"], source["uri"]
        yield {"type": "data", "bom-ref": f"data:{name}", "name": name,
               **({"version": learned[name]} if name in learned else {}),
               "data": [{"type": "dataset", "name": name, "contents": {"url": uri},
                         "classification": source["classification"]}]}


def _models(one: Rendered) -> Iterator[dict[str, Any]]:
    model = one.project.model
    if model is None:
        return
    said = {"run": model.get("run"), "revision": model.get("revision"), "signed-by": model.get("signed_by"),
            "gates": model.get("gates", {}).get("verdict"), "verdict": model.get("gates", {}).get("digest"),
            "digest-of": "manifest.json"}
    yield {"type": "machine-learning-model", "bom-ref": MODEL_REF,
           "name": one.project.spec["model"]["registry"].get("name", one.project.name), "version": model["version"],
           "hashes": _hashes(model["digest"].removeprefix("sha256:")),
           "externalReferences": [{"type": "distribution", "url": model["uri"]}],
           "properties": _properties({name: value for name, value in said.items() if value})}


def _hashes(digest: str) -> list[dict[str, str]]:
    return [{"alg": "SHA-256", "content": digest}]


def _properties(said: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": f"mlproject:{name}", "value": value} for name, value in sorted(said.items())]
