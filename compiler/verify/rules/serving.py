"""KServe's webhook rules for what we emit: they never run before the object reaches a cluster."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.verify.finding import broken
from compiler.verify.rules.references import names_of

REPLICAS = "verify/kserve-replicas"
MODE = "verify/kserve-mode"
STORAGE = "verify/kserve-storage"
MODEL_RUNTIME = "verify/kserve-runtime"
CONTAINER = "verify/kserve-container"

_COMPONENTS: Final = ("predictor", "transformer", "explainer")
_SCHEMES: Final = ("gs://", "s3://", "pvc://", "hdfs://", "webhdfs://", "https://", "http://", "oci://", "hf://",
                   "file://", "azureblob://")
_MAIN: Final = "kserve-container"
_MODES: Final = ("Standard", "Knative", "RawDeployment", "Serverless", "ModelMesh")
_MODE_KEY: Final = "serving.kserve.io/deploymentMode"


def components(manifest: Manifest) -> Iterator[Diagnostic]:
    """Each component of an InferenceService has replicas in order, a canary that is heard, a place for its model."""
    if manifest.body["kind"] != "InferenceService":
        return
    mode = manifest.body["metadata"].get("annotations", {}).get(_MODE_KEY, "Knative")
    if mode not in _MODES:
        yield broken(MODE, manifest, ("metadata", "annotations", _MODE_KEY), f"KServe has no mode `{mode}`")
    for component in _COMPONENTS:
        body = manifest.body["spec"].get(component)
        if body is not None:
            yield from _replicas(manifest, component, body, mode)
            yield from _storage(manifest, component, body)
            yield from _containers(manifest, component, body)


def _replicas(manifest: Manifest, component: str, body: Mapping[str, Any], mode: str) -> Iterator[Diagnostic]:
    low, high = body.get("minReplicas", 1), body.get("maxReplicas", 0)
    if high and low > high:
        yield broken(REPLICAS, manifest, ("spec", component, "minReplicas"), f"{low} is over `maxReplicas` {high}")
    # The field is accepted and ignored there, so that all traffic moves at once (kserve#5335).
    if "canaryTrafficPercent" in body and mode in ("Standard", "RawDeployment"):
        yield broken(MODE, manifest, ("spec", component, "canaryTrafficPercent"),
                     f"KServe ignores it in mode `{mode}`")


def _storage(manifest: Manifest, component: str, body: Mapping[str, Any]) -> Iterator[Diagnostic]:
    model = body.get("model", {})
    uri = model.get("storageUri")
    place = ("spec", component, "model")
    if uri is not None and not uri.startswith(_SCHEMES):
        yield broken(STORAGE, manifest, (*place, "storageUri"),
                     "has no scheme that KServe can fetch: " + ", ".join(f"`{scheme}`" for scheme in _SCHEMES))
    if uri is not None and "storage" in model:
        yield broken(STORAGE, manifest, place, "has both `storageUri` and `storage`")


def _containers(manifest: Manifest, component: str, body: Mapping[str, Any]) -> Iterator[Diagnostic]:
    names = [container["name"] for container in body.get("containers", ())]
    if names and _MAIN not in names and len(names) > 1:
        yield broken(CONTAINER, manifest, ("spec", component, "containers"),
                     f"none of {len(names)} containers is called `{_MAIN}`")


def runtime_container(manifest: Manifest) -> Iterator[Diagnostic]:
    """A ServingRuntime has the container into which KServe puts the model."""
    if manifest.body["kind"] != "ServingRuntime":
        return
    if all(container["name"] != _MAIN for container in manifest.body["spec"]["containers"]):
        yield broken(CONTAINER, manifest, ("spec", "containers"), f"no container is called `{_MAIN}`")


def model_runtimes(manifests: Sequence[Manifest]) -> Iterator[Diagnostic]:
    """A model that names a runtime of the project names one that exists and takes its format."""
    own = {manifest.identity[2:]: manifest for manifest in manifests if manifest.identity[1] == "ServingRuntime"}
    for manifest in manifests:
        if manifest.identity[1] != "InferenceService":
            continue
        model = manifest.body["spec"]["predictor"].get("model", {})
        name = model.get("runtime")
        # Runtimes that come with KServe begin with its name; those of the platform cannot be known here.
        if name is None or name.startswith("kserve-") or not names_of(manifests, "ServingRuntime"):
            continue
        runtime = own.get((manifest.identity[2], name))
        place = ("spec", "predictor", "model", "runtime")
        if runtime is None:
            yield broken(MODEL_RUNTIME, manifest, place, f"the project has no ServingRuntime `{name}`")
            continue
        formats = [entry["name"] for entry in runtime.body["spec"]["supportedModelFormats"]]
        if model["modelFormat"]["name"] not in formats:
            yield broken(MODEL_RUNTIME, manifest, place,
                         f"ServingRuntime `{name}` does not take the format `{model['modelFormat']['name']}`")
