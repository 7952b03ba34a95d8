"""Argo CD."""

import copy

from tests.unit.verify.project.parts import NAMESPACE, Body, body


def delivery() -> list[Body]:
    spec: Body = {
        "project": "card-fraud",
        "destination": {"server": "https://kubernetes.default.svc", "namespace": NAMESPACE},
        "source": {
            "repoURL": "https://git.example/acme/ml.git",
            "targetRevision": "main",
            "path": "generated/production/card-fraud",
            "directory": {"recurse": True, "include": "*.yaml"},
        },
        "syncPolicy": {
            "automated": {"prune": True, "selfHeal": True},
            "syncOptions": ["ServerSideApply=true"],
            "retry": {"limit": 5, "backoff": {"duration": "5s", "factor": 2, "maxDuration": "3m"}},
        },
        "ignoreDifferences": [
            {"group": "autoscaling", "kind": "HorizontalPodAutoscaler", "jqPathExpressions": [".spec.metrics[]?"]}
        ],
    }
    project = {
        "description": "card fraud",
        "sourceRepos": ["https://git.example/acme/*"],
        "destinations": [{"server": "https://kubernetes.default.svc", "namespace": "risk-*"}],
        "clusterResourceWhitelist": [{"group": "", "kind": "Namespace"}],
        "namespaceResourceWhitelist": [{"group": "*", "kind": "*"}],
        "orphanedResources": {"warn": True},
        "roles": [
            {
                "name": "viewer",
                "groups": ["risk"],
                "policies": ["p, proj:card-fraud:viewer, applications, get, card-fraud/*, allow"],
            }
        ],
        "syncWindows": [
            {
                "kind": "deny",
                "schedule": "0 22 * * *",
                "duration": "8h",
                "applications": ["*"],
                "manualSync": True,
                "timeZone": "Europe/Warsaw",
            }
        ],
    }
    template = copy.deepcopy(spec)
    template["source"]["path"] = "generated/{{.environment}}/card-fraud"
    template["destination"]["namespace"] = "risk-{{.environment}}"
    made = [
        body("argoproj.io/v1alpha1", "AppProject", "card-fraud", spec=project),
        body("argoproj.io/v1alpha1", "Application", "card-fraud-production", spec=spec),
        body(
            "argoproj.io/v1alpha1",
            "ApplicationSet",
            "card-fraud",
            spec={
                "goTemplate": True,
                "goTemplateOptions": ["missingkey=error"],
                "generators": [{"list": {"elements": [{"environment": "staging"}]}}],
                "strategy": {
                    "type": "RollingSync",
                    "rollingSync": {
                        "steps": [
                            {"matchExpressions": [{"key": "environment", "operator": "In", "values": ["staging"]}]}
                        ]
                    },
                },
                "syncPolicy": {"preserveResourcesOnDeletion": True},
                "template": {"metadata": {"name": "card-fraud-{{.environment}}"}, "spec": template},
            },
        ),
    ]
    for item in made:
        item["metadata"]["namespace"] = "argocd"
    return made
