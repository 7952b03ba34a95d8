"""Workloads and what stands around them."""

import copy

from tests.unit.verify.project.parts import Body, body, pod_template


def with_component(*args: str, **rest: Body) -> Body:
    made = body(*args, **rest)
    made["metadata"]["labels"]["app.kubernetes.io/component"] = "api"
    return made


def core() -> list[Body]:
    job = {"template": pod_template(restart="Never"), "backoffLimit": 2, "ttlSecondsAfterFinished": 3600}
    return [
        body("v1", "ConfigMap", "card-fraud-plan", data={"plan.json": "{}", "mode": "production"}),
        body(
            "v1",
            "PersistentVolumeClaim",
            "card-fraud-data",
            spec={
                "accessModes": ["ReadWriteOnce"],
                "resources": {"requests": {"storage": "10Gi"}},
                "storageClassName": "fast",
            },
        ),
        body(
            "apps/v1",
            "Deployment",
            "api",
            spec={
                "replicas": 2,
                "selector": {"matchLabels": {"app": "api"}},
                "template": pod_template(),
                "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": "25%"}},
                "revisionHistoryLimit": 3,
                "progressDeadlineSeconds": 600,
            },
        ),
        with_component(
            "v1",
            "Service",
            "api",
            spec={
                "type": "ClusterIP",
                "selector": {"app": "api"},
                "ports": [{"name": "http", "port": 80, "targetPort": "http", "protocol": "TCP"}],
            },
        ),
        body("batch/v1", "Job", "backfill", spec=copy.deepcopy(job)),
        body(
            "batch/v1",
            "CronJob",
            "score",
            spec={
                "schedule": "0 3 * * MON-FRI",
                "timeZone": "Europe/Berlin",
                "concurrencyPolicy": "Forbid",
                "jobTemplate": {"spec": copy.deepcopy(job)},
            },
        ),
        body(
            "autoscaling/v2",
            "HorizontalPodAutoscaler",
            "api",
            spec={
                "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "api"},
                "minReplicas": 2,
                "maxReplicas": 20,
                "metrics": [
                    {
                        "type": "Resource",
                        "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}},
                    },
                    {
                        "type": "Pods",
                        "pods": {
                            "metric": {"name": "requests"},
                            "target": {"type": "AverageValue", "averageValue": "50"},
                        },
                    },
                ],
                "behavior": {
                    "scaleDown": {
                        "stabilizationWindowSeconds": 300,
                        "policies": [{"type": "Percent", "value": 50, "periodSeconds": 60}],
                    }
                },
            },
        ),
        body(
            "policy/v1",
            "PodDisruptionBudget",
            "api",
            spec={"maxUnavailable": 1, "selector": {"matchLabels": {"app": "api"}}},
        ),
    ]
