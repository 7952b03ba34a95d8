"""Who may do what, how much of it, and who may talk to whom."""

from tests.unit.verify.project.parts import NAMESPACE, Body, body, metadata


def access() -> list[Body]:
    role = {"apiGroups": ["argoproj.io"], "resources": ["workflowtaskresults"], "verbs": ["create", "patch"]}
    return [
        {"apiVersion": "v1", "kind": "Namespace", "metadata": metadata(NAMESPACE, namespace=None)},
        body("v1", "ServiceAccount", "card-fraud", automountServiceAccountToken=False),
        body("rbac.authorization.k8s.io/v1", "Role", "card-fraud", rules=[role]),
        body(
            "rbac.authorization.k8s.io/v1",
            "RoleBinding",
            "card-fraud",
            roleRef={"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "card-fraud"},
            subjects=[{"kind": "ServiceAccount", "name": "card-fraud", "namespace": NAMESPACE}],
        ),
        body(
            "v1",
            "ResourceQuota",
            "card-fraud",
            spec={
                "hard": {"requests.cpu": "100", "limits.memory": "400Gi", "requests.nvidia.com/gpu": "4", "pods": "50"}
            },
        ),
        body(
            "v1",
            "LimitRange",
            "card-fraud",
            spec={
                "limits": [
                    {
                        "type": "Container",
                        "min": {"cpu": "10m"},
                        "defaultRequest": {"cpu": "100m", "memory": "128Mi"},
                        "default": {"cpu": "1", "memory": "1Gi"},
                        "max": {"cpu": "32", "memory": "256Gi"},
                    }
                ]
            },
        ),
        body(
            "networking.k8s.io/v1",
            "NetworkPolicy",
            "default-deny",
            spec={"podSelector": {}, "policyTypes": ["Ingress", "Egress"]},
        ),
        body(
            "networking.k8s.io/v1",
            "NetworkPolicy",
            "api",
            spec={
                "podSelector": {"matchLabels": {"app": "api"}},
                "policyTypes": ["Ingress", "Egress"],
                "ingress": [
                    {
                        "from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "gateway"}}}],
                        "ports": [{"port": "http", "protocol": "TCP"}],
                    }
                ],
                "egress": [
                    {
                        "to": [{"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}}],
                        "ports": [{"port": 443, "endPort": 444, "protocol": "TCP"}],
                    }
                ],
            },
        ),
    ]
