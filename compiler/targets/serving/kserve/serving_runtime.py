"""The ServingRuntime: our model server, for the models of one project."""

from compiler.artifact.artifact import Manifest
from compiler.ir.plan import ReleasePlan
from compiler.ir.service import Service
from compiler.targets.kubernetes.metadata import metadata, object_name
from compiler.targets.kubernetes.model_server import server_container, temporary_volume
from compiler.targets.kubernetes.pods import USER
from compiler.targets.kubernetes.waves import RUNTIME
from compiler.targets.serving.kserve.parameters import Settings

FORMAT = "onnx"
# KServe puts the model into the container of this name.
_CONTAINER = "kserve-container"


def runtime_name(plan: ReleasePlan) -> str:
    """Return the name of the runtime."""
    return object_name(plan, FORMAT)


def serving_runtime(plan: ReleasePlan, service: Service, chosen: Settings) -> Manifest:
    """Return the runtime. It knows no model: a new one is one change, of the InferenceService alone."""
    container = server_container(plan, service, name=_CONTAINER, protocol=chosen.protocol)
    # Knative takes no security context of a pod, so the user stands with the container.
    container["securityContext"] |= {"runAsUser": USER, "runAsGroup": USER}
    body = {
        "apiVersion": "serving.kserve.io/v1alpha1", "kind": "ServingRuntime",
        "metadata": metadata(plan, runtime_name(plan), "serving", wave=RUNTIME),
        "spec": {
            "supportedModelFormats": [{"name": FORMAT, "version": "1"}],
            "protocolVersions": [chosen.protocol],
            "containers": [container],
            "volumes": [temporary_volume()]}}
    place = ("spec", "containers", 0)
    return Manifest("serving", body, service.origin, {
        (*place, "image"): service.origin, (*place, "resources"): service.resources.origin})
