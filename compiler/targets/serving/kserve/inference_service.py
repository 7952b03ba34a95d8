"""The InferenceService: which model is served, by how many replicas, on which machines."""

from typing import Any

from compiler.artifact.artifact import Manifest
from compiler.ir.plan import ReleasePlan
from compiler.ir.service import ServedModel, Service
from compiler.source.path import FieldPath
from compiler.targets.kubernetes.metadata import metadata, object_name, selector
from compiler.targets.kubernetes.model_server import model_environment
from compiler.targets.kubernetes.pods import node_selector, pod_security, resources, tolerations
from compiler.targets.kubernetes.protection import protection
from compiler.targets.kubernetes.waves import SERVICE
from compiler.targets.serving.kserve.parameters import Settings
from compiler.targets.serving.kserve.scaling import autoscaler_class, knative_annotations, replicas
from compiler.targets.serving.kserve.serving_runtime import FORMAT, runtime_name

_VISIBILITY = {"Knative": "networking.knative.dev/visibility", "Standard": "networking.kserve.io/visibility"}


def inference_service(plan: ReleasePlan, service: Service, model: ServedModel, chosen: Settings) -> Manifest:
    """Return the InferenceService; KServe hands its labels on to the pods."""
    body = {
        "apiVersion": "serving.kserve.io/v1beta1", "kind": "InferenceService",
        "metadata": _metadata(plan, service, model, chosen),
        "spec": {"predictor": _predictor(plan, service, model, chosen)}}
    return Manifest("serving", body, service.origin, _origins(service, model))


def pod_labels(plan: ReleasePlan) -> dict[str, str]:
    """Return the labels that KServe itself gives to the pods of the predictor, in both modes."""
    return {"serving.kserve.io/inferenceservice": object_name(plan), "component": "predictor"}


def _metadata(plan: ReleasePlan, service: Service, model: ServedModel, chosen: Settings) -> dict[str, Any]:
    notes = protection(plan) | {
        "serving.kserve.io/deploymentMode": chosen.mode,
        "mlproject.dev/model-version": model.version, "mlproject.dev/model-digest": model.digest}
    if not chosen.is_knative:
        notes["serving.kserve.io/autoscalerClass"] = autoscaler_class(service)
    body = metadata(plan, object_name(plan), "serving", wave=SERVICE, annotations=notes)
    if not service.is_public:
        body["labels"] |= {_VISIBILITY[chosen.mode]: "cluster-local"}
    return body


def _predictor(plan: ReleasePlan, service: Service, model: ServedModel, chosen: Settings) -> dict[str, Any]:
    wanted = service.resources
    predictor: dict[str, Any] = {
        **replicas(service, chosen),
        "timeout": chosen.timeout_seconds,
        "serviceAccountName": object_name(plan, "serving"),
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "annotations": knative_annotations() if chosen.is_knative else {},
        "nodeSelector": node_selector(wanted),
        "tolerations": tolerations(wanted, spot_key=service.spot_key),
        **({} if chosen.is_knative else _of_deployment(plan)),
        "model": {
            "modelFormat": {"name": FORMAT}, "protocolVersion": chosen.protocol, "runtime": runtime_name(plan),
            "storageUri": model.uri, "env": model_environment(model), "resources": resources(wanted)}}
    return {key: value for key, value in predictor.items() if value not in ({}, [])}


def _of_deployment(plan: ReleasePlan) -> dict[str, Any]:
    """Return what Knative refuses in its pods and has no need of, and what a Deployment has."""
    return {
        "securityContext": pod_security(),
        # Replicas on one machine go with it; a cluster of one machine still runs them.
        "topologySpreadConstraints": [
            {"maxSkew": 1, "topologyKey": key, "whenUnsatisfiable": "ScheduleAnyway",
             "labelSelector": {"matchLabels": selector(plan, "serving")}}
            for key in ("topology.kubernetes.io/zone", "kubernetes.io/hostname")],
        # Nobody waits for a replica that is gone before its successor is ready (kserve#5983).
        "deploymentStrategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}}}


def _origins(service: Service, model: ServedModel) -> dict[FieldPath, FieldPath]:
    predictor: FieldPath = ("spec", "predictor")
    origins = {(*predictor, "model", "storageUri"): model.origin,
               (*predictor, "model", "env"): model.origin,
               (*predictor, "model", "resources"): service.resources.origin,
               ("metadata", "annotations", "mlproject.dev/model-version"): model.origin,
               ("metadata", "annotations", "mlproject.dev/model-digest"): model.origin,
               (*predictor, "tolerations"): service.resources.origin}
    origins |= {(*predictor, key): service.scaling.origin
                for key in ("minReplicas", "maxReplicas", "scaleTarget", "scaleMetric")}
    accelerator = service.resources.accelerator
    if accelerator is not None:
        origins[(*predictor, "nodeSelector")] = accelerator.origin
        for group in ("requests", "limits"):
            origins[(*predictor, "model", "resources", group, accelerator.resource)] = accelerator.origin
    return origins
