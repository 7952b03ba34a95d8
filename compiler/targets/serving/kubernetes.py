"""Plain Kubernetes: a Deployment of the model server and a Service, for clusters without a serving tool.

The model is fetched by our own image before the server starts.
"""

from collections.abc import Iterator
from typing import Any, Literal, Required, TypedDict

from compiler.artifact.artifact import Artifact, Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.plan import ReleasePlan
from compiler.ir.service import Scaling, ServedModel, Service
from compiler.source.path import FieldPath
from compiler.spec.words import HttpsUrl
from compiler.targets.interface import Target, unsupported
from compiler.targets.kubernetes import keda
from compiler.targets.kubernetes.disruption import disruption_budget
from compiler.targets.kubernetes.metadata import labels, metadata, object_name, selector
from compiler.targets.kubernetes.model_server import (
    MODEL_FOLDER,
    PORT,
    fetch_container,
    model_environment,
    server_container,
    temporary_volume,
)
from compiler.targets.kubernetes.pods import node_selector, pod_security, tolerations
from compiler.targets.kubernetes.protection import protection
from compiler.targets.kubernetes.waves import SERVICE

NAME = "kubernetes"

# `with` is a word of Python, so this one key is written as a call.
_Kubernetes = TypedDict("_Kubernetes", {"with": Required[Literal["kubernetes"]]}, total=False)


class KubernetesParameters(_Kubernetes, total=False):
    """Serve with a Deployment and a Service, and no further tool."""

    prometheus: HttpsUrl
    """Prometheus that KEDA asks, to scale by requests."""


def render(plan: ReleasePlan) -> Iterator[Artifact | Diagnostic]:
    """Yield the Deployment and what stands around it; nothing as long as no model was promoted."""
    service = plan.service
    if service is None:
        return
    refused = tuple(_refusals(service))
    yield from refused
    if refused or service.model is None:
        return
    yield _deployment(plan, service, service.model)
    yield _service(plan, service)
    if service.scaling.metric in keda.METRICS:
        yield keda.scaled_object(plan, service.scaling, deployment=object_name(plan),
                                 prometheus=service.settings["prometheus"])
    else:
        yield _autoscaler(plan, service.scaling)
    if service.scaling.minimum > 1:
        yield disruption_budget(plan, service, selector(plan, "serving"))


def _refusals(service: Service) -> Iterator[Diagnostic]:
    scaling = service.scaling
    if service.rollout.kind != "direct":
        yield unsupported(NAME, f"strategy `{service.rollout.kind}`", at=service.rollout.origin,
                          help="a Service knows no shares of traffic: use `kind: direct`")
    if service.is_public:
        yield unsupported(NAME, "a service that callers outside the cluster reach", at=service.origin,
                          help="use `serving: {with: kserve}`, which brings a gateway")
    if scaling.minimum == 0:
        yield unsupported(NAME, "scaling to zero", at=scaling.origin,
                          help="set a minimum of at least 1, or use `serving: {with: kserve}`")
    if scaling.metric in keda.METRICS:
        if "prometheus" not in service.settings:
            yield unsupported(NAME, f"scaling by `{scaling.metric}` without knowing Prometheus", at=scaling.origin,
                              help="set `prometheus` beside `with: kubernetes`, or scale by `cpu` or `memory`")
    elif scaling.value != int(scaling.value) or scaling.value < 1:
        yield unsupported(NAME, f"a target of {scaling.value:g} for `{scaling.metric}`, expected whole percents",
                          at=scaling.origin)


def _deployment(plan: ReleasePlan, service: Service, model: ServedModel) -> Manifest:
    body = {
        "apiVersion": "apps/v1", "kind": "Deployment",
        "metadata": metadata(plan, object_name(plan), "serving", wave=SERVICE, annotations=protection(plan)),
        # No number of replicas: the autoscaler's word counts, not that of Git.
        "spec": {
            "selector": {"matchLabels": selector(plan, "serving")},
            # Nobody waits for a replica that is gone before its successor is ready.
            "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}},
            "progressDeadlineSeconds": 900,
            "template": {
                "metadata": {"labels": labels(plan, "serving"), "annotations": {
                    "mlproject.dev/model-version": model.version, "mlproject.dev/model-digest": model.digest}},
                "spec": _pod(plan, service, model)}}}
    return Manifest("serving", body, service.origin, _origins(service, model))


def _pod(plan: ReleasePlan, service: Service, model: ServedModel) -> dict[str, Any]:
    server = server_container(plan, service, name="server", protocol="v2")
    server["env"] += model_environment(model)
    server["volumeMounts"].append({"name": "model", "mountPath": MODEL_FOLDER, "readOnly": True})
    pod = {
        "serviceAccountName": object_name(plan, "serving"), "automountServiceAccountToken": False,
        "enableServiceLinks": False, "securityContext": pod_security(),
        "nodeSelector": node_selector(service.resources),
        "tolerations": tolerations(service.resources, spot_key=service.spot_key),
        # Replicas on one machine go with it; a cluster of one machine still runs them.
        "topologySpreadConstraints": [
            {"maxSkew": 1, "topologyKey": key, "whenUnsatisfiable": "ScheduleAnyway",
             "labelSelector": {"matchLabels": selector(plan, "serving")}}
            for key in ("topology.kubernetes.io/zone", "kubernetes.io/hostname")],
        "initContainers": [fetch_container(service, model)],
        "containers": [server],
        "volumes": [temporary_volume(), {"name": "model", "emptyDir": {}}]}
    return {key: value for key, value in pod.items() if value not in ({}, [])}


def _service(plan: ReleasePlan, service: Service) -> Manifest:
    body = {
        "apiVersion": "v1", "kind": "Service", "metadata": metadata(plan, object_name(plan), "serving", wave=SERVICE),
        "spec": {"type": "ClusterIP", "selector": selector(plan, "serving"),
                 "ports": [{"name": "http1", "port": 80, "targetPort": PORT, "protocol": "TCP"}]}}
    return Manifest("serving", body, service.origin)


def _autoscaler(plan: ReleasePlan, scaling: Scaling) -> Manifest:
    body = {
        "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
        "metadata": metadata(plan, object_name(plan), "serving", wave=SERVICE),
        "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": object_name(plan)},
            "minReplicas": scaling.minimum, "maxReplicas": scaling.maximum,
            "metrics": [{"type": "Resource", "resource": {
                "name": scaling.metric, "target": {"type": "Utilization", "averageUtilization": int(scaling.value)}}}]}}
    return Manifest("serving", body, scaling.origin)


def _origins(service: Service, model: ServedModel) -> dict[FieldPath, FieldPath]:
    template: FieldPath = ("spec", "template")
    pod: FieldPath = (*template, "spec")
    origins = {(*template, "metadata", "annotations"): model.origin,
               (*pod, "initContainers", 0, "env"): model.origin,
               (*pod, "tolerations"): service.resources.origin}
    for place in ((*pod, "initContainers", 0), (*pod, "containers", 0)):
        origins[(*place, "image")] = service.origin
        origins[(*place, "resources")] = service.resources.origin
    if service.resources.accelerator is not None:
        origins[(*pod, "nodeSelector")] = service.resources.accelerator.origin
    return origins


TARGET = Target(NAME, render, KubernetesParameters)
