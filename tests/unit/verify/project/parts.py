"""The parts that many objects of the good project share."""

import copy
from typing import Any

Body = dict[str, Any]
NAMESPACE = "risk-production"
LABELS = {"app.kubernetes.io/name": "card-fraud", "app.kubernetes.io/part-of": "card-fraud"}
IMAGE = "ghcr.io/acme/card-fraud@sha256:" + "0" * 64
POD_SECURITY = {
    "runAsNonRoot": True,
    "runAsUser": 65532,
    "fsGroup": 65532,
    "seccompProfile": {"type": "RuntimeDefault"},
}
SECURITY = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
RESOURCES = {"requests": {"cpu": "500m", "memory": "1Gi"}, "limits": {"cpu": "1", "memory": "1Gi"}}


def metadata(name: str, *, namespace: str | None = NAMESPACE, **more: Any) -> Body:
    place = {} if namespace is None else {"namespace": namespace}
    return {"name": name, **place, "labels": dict(LABELS), **more}


def body(api_version: str, kind: str, name: str, **rest: Any) -> Body:
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata(name), **rest}


def container(name: str = "main") -> Body:
    return {
        "name": name,
        "image": IMAGE,
        "imagePullPolicy": "IfNotPresent",
        "command": ["python", "-m", "runtime"],
        "args": ["serve"],
        "env": [
            {"name": "PLAN", "value": "/plan/plan.json"},
            {"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "card-fraud", "key": "token"}}},
            {"name": "MODE", "valueFrom": {"configMapKeyRef": {"name": "card-fraud-plan", "key": "mode"}}},
        ],
        "ports": [{"name": "http", "containerPort": 8080, "protocol": "TCP"}],
        "resources": copy.deepcopy(RESOURCES),
        "volumeMounts": [
            {"name": "plan", "mountPath": "/plan", "readOnly": True},
            {"name": "tmp", "mountPath": "/tmp"},
        ],
        "readinessProbe": {"httpGet": {"path": "/ready", "port": "http"}, "periodSeconds": 5},
        "livenessProbe": {"tcpSocket": {"port": 8080}, "initialDelaySeconds": 10, "failureThreshold": 3},
        "securityContext": copy.deepcopy(SECURITY),
    }


def volumes() -> list[Body]:
    return [
        {
            "name": "plan",
            "configMap": {"name": "card-fraud-plan", "items": [{"key": "plan.json", "path": "plan.json"}]},
        },
        {"name": "tmp", "emptyDir": {"sizeLimit": "1Gi"}},
        {"name": "data", "persistentVolumeClaim": {"claimName": "card-fraud-data"}},
        {"name": "keys", "secret": {"secretName": "card-fraud", "defaultMode": 288}},
        {
            "name": "all",
            "projected": {
                "sources": [
                    {"configMap": {"name": "card-fraud-plan"}},
                    {"serviceAccountToken": {"path": "token", "audience": "vault", "expirationSeconds": 600}},
                ]
            },
        },
    ]


def pod_template(*, restart: str | None = None) -> Body:
    spec: Body = {
        "serviceAccountName": "card-fraud",
        "automountServiceAccountToken": False,
        "securityContext": copy.deepcopy(POD_SECURITY),
        "nodeSelector": {"kubernetes.io/arch": "amd64"},
        "tolerations": [
            {"key": "spot", "operator": "Equal", "value": "true", "effect": "NoSchedule"},
            {"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"},
        ],
        "affinity": {
            "nodeAffinity": {
                "requiredDuringSchedulingIgnoredDuringExecution": {
                    "nodeSelectorTerms": [{"matchExpressions": [{"key": "gpu", "operator": "In", "values": ["a100"]}]}]
                }
            },
            "podAntiAffinity": {
                "preferredDuringSchedulingIgnoredDuringExecution": [
                    {
                        "weight": 100,
                        "podAffinityTerm": {
                            "topologyKey": "kubernetes.io/hostname",
                            "labelSelector": {"matchLabels": {"app": "api"}},
                        },
                    }
                ]
            },
        },
        "topologySpreadConstraints": [
            {
                "maxSkew": 1,
                "topologyKey": "topology.kubernetes.io/zone",
                "whenUnsatisfiable": "ScheduleAnyway",
                "labelSelector": {"matchLabels": {"app": "api"}},
            }
        ],
        "priorityClassName": "serving",
        "terminationGracePeriodSeconds": 30,
        "enableServiceLinks": False,
        "imagePullSecrets": [{"name": "registry"}],
        "containers": [container()],
        "volumes": volumes(),
    }
    if restart is not None:
        spec["restartPolicy"] = restart
    return {"metadata": {"labels": {**LABELS, "app": "api"}, "annotations": {"checksum/plan": "abc"}}, "spec": spec}
