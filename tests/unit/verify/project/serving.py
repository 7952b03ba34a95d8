"""Models that answer."""

import copy

from tests.unit.verify.project.parts import IMAGE, POD_SECURITY, RESOURCES, Body, body, container


def serving() -> list[Body]:
    predictor = {
        "minReplicas": 2,
        "maxReplicas": 20,
        "scaleTarget": 50,
        "scaleMetric": "concurrency",
        "canaryTrafficPercent": 10,
        "serviceAccountName": "card-fraud",
        "timeout": 60,
        "containerConcurrency": 0,
        "labels": {"tier": "critical"},
        "securityContext": copy.deepcopy(POD_SECURITY),
        "model": {
            "modelFormat": {"name": "onnx", "version": "1"},
            "runtime": "card-fraud-onnx",
            "protocolVersion": "v2",
            "storageUri": "s3://models/card-fraud/7",
            "resources": copy.deepcopy(RESOURCES),
        },
    }
    transformer = {"containers": [{"name": "kserve-container", "image": IMAGE, "resources": copy.deepcopy(RESOURCES)}]}
    server = {**container("kserve-container"), "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}]}
    del server["env"]
    return [
        body(
            "serving.kserve.io/v1beta1",
            "InferenceService",
            "card-fraud",
            spec={"predictor": predictor, "transformer": transformer},
        ),
        body(
            "serving.kserve.io/v1alpha1",
            "ServingRuntime",
            "card-fraud-onnx",
            spec={
                "supportedModelFormats": [{"name": "onnx", "version": "1", "autoSelect": False}],
                "protocolVersions": ["v2"],
                "containers": [server],
                "volumes": [{"name": "tmp", "emptyDir": {}}],
                "multiModel": False,
            },
        ),
        body(
            "keda.sh/v1alpha1",
            "ScaledObject",
            "card-fraud",
            spec={
                "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "card-fraud-predictor"},
                "pollingInterval": 30,
                "cooldownPeriod": 300,
                "minReplicaCount": 1,
                "maxReplicaCount": 10,
                "triggers": [
                    {
                        "type": "prometheus",
                        "metadata": {
                            "serverAddress": "http://prometheus:9090",
                            "query": "sum(rate(a[1m]))",
                            "threshold": "5",
                        },
                    }
                ],
            },
        ),
    ]
