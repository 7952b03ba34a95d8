"""Workflows."""

import copy

from tests.unit.verify.project.parts import IMAGE, LABELS, POD_SECURITY, Body, body, container, volumes


def training() -> list[Body]:
    train: Body = {
        "name": "train",
        "inputs": {
            "parameters": [{"name": "seed"}],
            "artifacts": [{"name": "features", "path": "/work/features.parquet"}],
        },
        "outputs": {
            "artifacts": [{"name": "model", "path": "/tmp/model.onnx"}],
            "parameters": [{"name": "digest", "valueFrom": {"path": "/tmp/digest"}}],
        },
        "container": {
            **container(),
            "args": [
                "train",
                "--seed",
                "{{inputs.parameters.seed}}",
                "--retry",
                "{{retries}}",
                "{{inputs.artifacts.features.path}}",
                "{{outputs.artifacts.model.path}}",
            ],
        },
        "retryStrategy": {
            "limit": "2",
            "retryPolicy": "OnTransientError",
            "backoff": {"duration": "5m", "factor": 2, "maxDuration": "1h"},
        },
        "activeDeadlineSeconds": 14400,
        "timeout": "4h",
    }
    del train["container"]["name"]
    features = {
        "name": "features",
        "container": {"image": IMAGE},
        "outputs": {
            "artifacts": [{"name": "features", "path": "/tmp/features.parquet"}],
            "parameters": [{"name": "count", "valueFrom": {"path": "/tmp/count", "default": "0"}}],
        },
    }
    gate = {
        "name": "gate",
        "inputs": {"parameters": [{"name": "digest"}, {"name": "level", "value": "block"}]},
        "script": {"image": IMAGE, "command": ["python"], "source": "print(1)"},
    }
    deploy = {"name": "deploy", "resource": {"action": "apply", "manifest": "kind: Job\n", "successCondition": "a=b"}}
    notify = {"name": "notify", "container": {"image": IMAGE, "args": ["{{workflow.status}}", "{{workflow.failures}}"]}}
    wait = {"name": "wait-for-approval", "suspend": {"duration": "3600"}}
    dag = {
        "name": "pipeline",
        "dag": {
            "tasks": [
                {"name": "features", "template": "features"},
                {
                    "name": "train",
                    "template": "train",
                    "depends": "features.Succeeded",
                    "arguments": {
                        "parameters": [{"name": "seed", "value": "{{workflow.parameters.seed}}"}],
                        "artifacts": [{"name": "features", "from": "{{tasks.features.outputs.artifacts.features}}"}],
                    },
                },
                {
                    "name": "gate",
                    "template": "gate",
                    "depends": "train && !features.Failed",
                    "withItems": ["auc", "recall"],
                    "when": "{{tasks.features.outputs.parameters.count}} > 0",
                    "arguments": {
                        "parameters": [
                            {"name": "digest", "value": "{{tasks.train.outputs.parameters.digest}}-{{item}}"}
                        ]
                    },
                },
                {"name": "approve", "template": "wait-for-approval", "depends": "gate.AnySucceeded"},
                {"name": "deploy", "template": "deploy", "depends": "(approve || gate.Skipped) && train.Succeeded"},
            ]
        },
    }
    spec = {
        "entrypoint": "pipeline",
        "onExit": "notify",
        "serviceAccountName": "card-fraud",
        "arguments": {"parameters": [{"name": "seed", "value": "42"}]},
        "podMetadata": {"labels": {**LABELS, "app": "training"}},
        "securityContext": copy.deepcopy(POD_SECURITY),
        "volumes": volumes(),
        "parallelism": 4,
        "ttlStrategy": {"secondsAfterCompletion": 86400},
        "podGC": {"strategy": "OnPodCompletion"},
        "activeDeadlineSeconds": 86400,
        "artifactRepositoryRef": {"configMap": "artifact-repositories", "key": "default"},
        "templates": [dag, features, train, gate, deploy, wait, notify],
    }
    steps = {
        "entrypoint": "main",
        "templates": [
            {
                "name": "main",
                "steps": [
                    [{"name": "count", "template": "emit"}],
                    [
                        {
                            "name": "use",
                            "templateRef": {"name": "card-fraud", "template": "gate"},
                            "arguments": {
                                "parameters": [{"name": "digest", "value": "{{steps.count.outputs.result}}"}]
                            },
                        }
                    ],
                ],
            },
            {"name": "emit", "script": {"image": IMAGE, "command": ["sh"], "source": "echo 1"}},
        ],
    }
    return [
        body("argoproj.io/v1alpha1", "WorkflowTemplate", "card-fraud", spec=spec),
        body(
            "argoproj.io/v1alpha1",
            "CronWorkflow",
            "card-fraud",
            spec={
                "schedules": ["0 3 * * *"],
                "timezone": "Etc/UTC",
                "concurrencyPolicy": "Forbid",
                "suspend": False,
                "startingDeadlineSeconds": 300,
                "successfulJobsHistoryLimit": 3,
                "failedJobsHistoryLimit": 3,
                "workflowSpec": {
                    "workflowTemplateRef": {"name": "card-fraud"},
                    "arguments": {"parameters": [{"name": "seed", "value": "7"}]},
                },
            },
        ),
        body("argoproj.io/v1alpha1", "Workflow", "card-fraud-first", spec=steps),
    ]
