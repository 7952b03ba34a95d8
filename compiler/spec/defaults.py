"""The built-in layer: what a spec means where it says nothing."""

from typing import Any

BUILT_IN: dict[str, Any] = {
    "metadata": {"tier": "standard", "description": "", "scores_people": False, "contacts": {}},
    "data": {
        "features": {"with": "built-in"},
        "split": {"test": 0.2, "by": "random", "seed": 42},
        "minimum_group_size": 50,
    },
    "training": {
        "enabled": True,
        "task": "classification",
        "framework": "scikit-learn",
        "image": "ghcr.io/mlproject-dev/train:0.1.0",
        "parameters": {},
        "seed": 0,
        "hardware": {"cpu": 2, "memory": "4Gi", "disk": "10Gi", "spot": False, "nodes": 1},
        "triggers": {"timezone": "Etc/UTC", "on_data": False, "on_drift": False, "on_spec_change": False},
        "retry": {"attempts": 2, "backoff": "1m"},
        "timeout": "4h",
    },
    "validation": {"dataset": "holdout", "metrics": [], "gates": []},
    "model": {"registry": {"with": "mlflow"}, "format": "onnx", "signing": "required",
              "signing_key": "secret://mlproject/signing#private-key"},
    "deployment": {
        "enabled": True,
        "kind": "online",
        "serving": {"with": "kserve"},
        "image": "ghcr.io/mlproject-dev/serve:0.1.0",
        "hardware": {"cpu": 1, "memory": "1Gi", "disk": "1Gi", "spot": False, "nodes": 1},
        "scaling": {"minimum": 1, "maximum": 3, "target": {"metric": "concurrency", "value": 20}},
        "strategy": {"kind": "direct"},
        "public": False,
    },
    "monitoring": {"enabled": True, "slos": [], "drift": [], "performance": []},
    "alerts": {"enabled": True, "routes": {"critical": [], "warning": [], "info": []}, "rules": []},
    "platform": {
        "orchestrator": "argo-workflows",
        "delivery": "argo-cd",
        "repository": {"url": "https://git.example.org/ml/gitops.git", "revision": "main"},
        "cluster": {"server": "https://kubernetes.default.svc", "spot_toleration": "mlproject.dev/spot",
                    "gateway_namespace": "istio-system"},
        "accelerators": {
            "nvidia-a100-40gb": {"resource": "nvidia.com/gpu", "maximum_per_node": 8, "memory": "40Gi",
                                 "node_labels": {"nvidia.com/gpu.product": "NVIDIA-A100-SXM4-40GB"}},
            "nvidia-h100-80gb": {"resource": "nvidia.com/gpu", "maximum_per_node": 8, "memory": "80Gi",
                                 "node_labels": {"nvidia.com/gpu.product": "NVIDIA-H100-80GB-HBM3"}},
            "nvidia-l4": {"resource": "nvidia.com/gpu", "maximum_per_node": 8, "memory": "24Gi",
                          "node_labels": {"nvidia.com/gpu.product": "NVIDIA-L4"}},
            "nvidia-t4": {"resource": "nvidia.com/gpu", "maximum_per_node": 4, "memory": "16Gi",
                          "node_labels": {"nvidia.com/gpu.product": "Tesla-T4"}},
        },
        "secret_store": {"name": "vault", "kind": "ClusterSecretStore", "refresh": "1h"},
        "prometheus": {"rule_labels": {"release": "prometheus"}, "namespace": "monitoring", "scrape_interval": "30s",
                       "pushgateway": "http://pushgateway.monitoring.svc:9091"},
        "mlflow": "http://mlflow.mlflow.svc:5000",
        "models": "s3://mlproject-models/",
        "runbooks": "https://runbooks.example.org",
        "sampling": 10,
        "service_account_annotations": {},
    },
    "environment": {"mode": "standard", "approvals": 0, "soak": "1h"},
}

TIERS: dict[str, dict[str, Any]] = {
    "experimental": {
        "deployment": {"scaling": {"minimum": 0, "maximum": 2}},
        "platform": {"quota": {"cpu": 16, "memory": "64Gi", "accelerators": 1, "pods": 30}},
    },
    "standard": {
        "platform": {"quota": {"cpu": 64, "memory": "256Gi", "accelerators": 4, "pods": 80}},
    },
    "critical": {
        "training": {"retry": {"attempts": 3}},
        "deployment": {"scaling": {"minimum": 2, "maximum": 10}},
        "platform": {"quota": {"cpu": 128, "memory": "512Gi", "accelerators": 8, "pods": 150}},
    },
}

ENVIRONMENTS: dict[str, Any] = {"dev": {"mode": "development"}}
"""The environments of a spec that names none."""

SOURCE: dict[str, Any] = {
    "layer": "curated", "format": "parquet", "classification": "internal", "fallback": "fail",
    "version": {"with": "none"},
}
"""What each data source means where it says nothing."""
