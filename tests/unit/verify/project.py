"""A whole project as a good platform engineer would emit it: every kind that verify knows, at least once."""

import copy
from typing import Any

from compiler.artifact.artifact import Manifest

Body = dict[str, Any]
NAMESPACE = "risk-production"
LABELS = {"app.kubernetes.io/name": "card-fraud", "app.kubernetes.io/part-of": "card-fraud"}
IMAGE = "ghcr.io/acme/card-fraud@sha256:" + "0" * 64
POD_SECURITY = {"runAsNonRoot": True, "runAsUser": 65532, "fsGroup": 65532, "seccompProfile": {"type": "RuntimeDefault"}}
SECURITY = {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
RESOURCES = {"requests": {"cpu": "500m", "memory": "1Gi"}, "limits": {"cpu": "1", "memory": "1Gi"}}


def metadata(name: str, *, namespace: str | None = NAMESPACE, **more: Any) -> Body:
    place = {} if namespace is None else {"namespace": namespace}
    return {"name": name, **place, "labels": dict(LABELS), **more}


def body(api_version: str, kind: str, name: str, **rest: Any) -> Body:
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata(name), **rest}


def container(name: str = "main") -> Body:
    return {
        "name": name, "image": IMAGE, "imagePullPolicy": "IfNotPresent", "command": ["python", "-m", "runtime"],
        "args": ["serve"], "env": [
            {"name": "PLAN", "value": "/plan/plan.json"},
            {"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "card-fraud", "key": "token"}}},
            {"name": "MODE", "valueFrom": {"configMapKeyRef": {"name": "card-fraud-plan", "key": "mode"}}}],
        "ports": [{"name": "http", "containerPort": 8080, "protocol": "TCP"}],
        "resources": copy.deepcopy(RESOURCES),
        "volumeMounts": [{"name": "plan", "mountPath": "/plan", "readOnly": True}, {"name": "tmp", "mountPath": "/tmp"}],
        "readinessProbe": {"httpGet": {"path": "/ready", "port": "http"}, "periodSeconds": 5},
        "livenessProbe": {"tcpSocket": {"port": 8080}, "initialDelaySeconds": 10, "failureThreshold": 3},
        "securityContext": copy.deepcopy(SECURITY),
    }


def volumes() -> list[Body]:
    return [
        {"name": "plan", "configMap": {"name": "card-fraud-plan", "items": [{"key": "plan.json", "path": "plan.json"}]}},
        {"name": "tmp", "emptyDir": {"sizeLimit": "1Gi"}},
        {"name": "data", "persistentVolumeClaim": {"claimName": "card-fraud-data"}},
        {"name": "keys", "secret": {"secretName": "card-fraud", "defaultMode": 288}},
        {"name": "all", "projected": {"sources": [
            {"configMap": {"name": "card-fraud-plan"}},
            {"serviceAccountToken": {"path": "token", "audience": "vault", "expirationSeconds": 600}}]}},
    ]


def pod_template(*, restart: str | None = None) -> Body:
    spec: Body = {
        "serviceAccountName": "card-fraud", "automountServiceAccountToken": False,
        "securityContext": copy.deepcopy(POD_SECURITY),
        "nodeSelector": {"kubernetes.io/arch": "amd64"},
        "tolerations": [{"key": "spot", "operator": "Equal", "value": "true", "effect": "NoSchedule"},
                        {"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}],
        "affinity": {
            "nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [
                {"matchExpressions": [{"key": "gpu", "operator": "In", "values": ["a100"]}]}]}},
            "podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [
                {"weight": 100, "podAffinityTerm": {"topologyKey": "kubernetes.io/hostname",
                                                    "labelSelector": {"matchLabels": {"app": "api"}}}}]}},
        "topologySpreadConstraints": [{"maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone",
                                       "whenUnsatisfiable": "ScheduleAnyway",
                                       "labelSelector": {"matchLabels": {"app": "api"}}}],
        "priorityClassName": "serving", "terminationGracePeriodSeconds": 30, "enableServiceLinks": False,
        "imagePullSecrets": [{"name": "registry"}],
        "containers": [container()], "volumes": volumes(),
    }
    if restart is not None:
        spec["restartPolicy"] = restart
    return {"metadata": {"labels": {**LABELS, "app": "api"}, "annotations": {"checksum/plan": "abc"}}, "spec": spec}


def access() -> list[Body]:
    role = {"apiGroups": ["argoproj.io"], "resources": ["workflowtaskresults"], "verbs": ["create", "patch"]}
    return [
        {"apiVersion": "v1", "kind": "Namespace", "metadata": metadata(NAMESPACE, namespace=None)},
        body("v1", "ServiceAccount", "card-fraud", automountServiceAccountToken=False),
        body("rbac.authorization.k8s.io/v1", "Role", "card-fraud", rules=[role]),
        body("rbac.authorization.k8s.io/v1", "RoleBinding", "card-fraud",
             roleRef={"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "card-fraud"},
             subjects=[{"kind": "ServiceAccount", "name": "card-fraud", "namespace": NAMESPACE}]),
        body("v1", "ResourceQuota", "card-fraud", spec={"hard": {"requests.cpu": "100", "limits.memory": "400Gi",
                                                                 "requests.nvidia.com/gpu": "4", "pods": "50"}}),
        body("v1", "LimitRange", "card-fraud", spec={"limits": [
            {"type": "Container", "min": {"cpu": "10m"}, "defaultRequest": {"cpu": "100m", "memory": "128Mi"},
             "default": {"cpu": "1", "memory": "1Gi"}, "max": {"cpu": "32", "memory": "256Gi"}}]}),
        body("networking.k8s.io/v1", "NetworkPolicy", "default-deny",
             spec={"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}),
        body("networking.k8s.io/v1", "NetworkPolicy", "api", spec={
            "podSelector": {"matchLabels": {"app": "api"}}, "policyTypes": ["Ingress", "Egress"],
            "ingress": [{"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "gateway"}}}],
                         "ports": [{"port": "http", "protocol": "TCP"}]}],
            "egress": [{"to": [{"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.1.0.0/16"]}}],
                        "ports": [{"port": 443, "endPort": 444, "protocol": "TCP"}]}]}),
    ]


def core() -> list[Body]:
    job = {"template": pod_template(restart="Never"), "backoffLimit": 2, "ttlSecondsAfterFinished": 3600}
    return [
        body("v1", "ConfigMap", "card-fraud-plan", data={"plan.json": "{}", "mode": "production"}),
        body("v1", "PersistentVolumeClaim", "card-fraud-data", spec={
            "accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "10Gi"}}, "storageClassName": "fast"}),
        body("apps/v1", "Deployment", "api", spec={
            "replicas": 2, "selector": {"matchLabels": {"app": "api"}}, "template": pod_template(),
            "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": "25%"}},
            "revisionHistoryLimit": 3, "progressDeadlineSeconds": 600}),
        body("v1", "Service", "api", spec={
            "type": "ClusterIP", "selector": {"app": "api"},
            "ports": [{"name": "http", "port": 80, "targetPort": "http", "protocol": "TCP"}]}),
        body("batch/v1", "Job", "backfill", spec=copy.deepcopy(job)),
        body("batch/v1", "CronJob", "score", spec={
            "schedule": "0 3 * * MON-FRI", "timeZone": "Europe/Berlin", "concurrencyPolicy": "Forbid",
            "jobTemplate": {"spec": copy.deepcopy(job)}}),
        body("autoscaling/v2", "HorizontalPodAutoscaler", "api", spec={
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "api"},
            "minReplicas": 2, "maxReplicas": 20, "metrics": [
                {"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}}},
                {"type": "Pods", "pods": {"metric": {"name": "requests"}, "target": {"type": "AverageValue", "averageValue": "50"}}}],
            "behavior": {"scaleDown": {"stabilizationWindowSeconds": 300, "policies": [
                {"type": "Percent", "value": 50, "periodSeconds": 60}]}}}),
        body("policy/v1", "PodDisruptionBudget", "api", spec={
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": "api"}}}),
    ]


def training() -> list[Body]:
    train: Body = {
        "name": "train", "inputs": {"parameters": [{"name": "seed"}],
                                    "artifacts": [{"name": "features", "path": "/work/features.parquet"}]},
        "outputs": {"artifacts": [{"name": "model", "path": "/tmp/model.onnx"}],
                    "parameters": [{"name": "digest", "valueFrom": {"path": "/tmp/digest"}}]},
        "container": {**container(), "args": ["train", "--seed", "{{inputs.parameters.seed}}", "--retry", "{{retries}}",
                                              "{{inputs.artifacts.features.path}}", "{{outputs.artifacts.model.path}}"]},
        "retryStrategy": {"limit": "2", "retryPolicy": "OnTransientError",
                          "backoff": {"duration": "5m", "factor": 2, "maxDuration": "1h"}},
        "activeDeadlineSeconds": 14400, "timeout": "4h",
    }
    del train["container"]["name"]
    features = {"name": "features", "container": {"image": IMAGE},
                "outputs": {"artifacts": [{"name": "features", "path": "/tmp/features.parquet"}],
                            "parameters": [{"name": "count", "valueFrom": {"path": "/tmp/count", "default": "0"}}]}}
    gate = {"name": "gate", "inputs": {"parameters": [{"name": "digest"}, {"name": "level", "value": "block"}]},
            "script": {"image": IMAGE, "command": ["python"], "source": "print(1)"}}
    deploy = {"name": "deploy", "resource": {"action": "apply", "manifest": "kind: Job\n", "successCondition": "a=b"}}
    notify = {"name": "notify", "container": {"image": IMAGE, "args": ["{{workflow.status}}", "{{workflow.failures}}"]}}
    wait = {"name": "wait-for-approval", "suspend": {"duration": "3600"}}
    dag = {"name": "pipeline", "dag": {"tasks": [
        {"name": "features", "template": "features"},
        {"name": "train", "template": "train", "depends": "features.Succeeded", "arguments": {
            "parameters": [{"name": "seed", "value": "{{workflow.parameters.seed}}"}],
            "artifacts": [{"name": "features", "from": "{{tasks.features.outputs.artifacts.features}}"}]}},
        {"name": "gate", "template": "gate", "depends": "train && !features.Failed", "withItems": ["auc", "recall"],
         "when": "{{tasks.features.outputs.parameters.count}} > 0",
         "arguments": {"parameters": [{"name": "digest", "value": "{{tasks.train.outputs.parameters.digest}}-{{item}}"}]}},
        {"name": "approve", "template": "wait-for-approval", "depends": "gate.AnySucceeded"},
        {"name": "deploy", "template": "deploy", "depends": "(approve || gate.Skipped) && train.Succeeded"}]}}
    spec = {
        "entrypoint": "pipeline", "onExit": "notify", "serviceAccountName": "card-fraud",
        "arguments": {"parameters": [{"name": "seed", "value": "42"}]},
        "podMetadata": {"labels": {**LABELS, "app": "training"}}, "securityContext": copy.deepcopy(POD_SECURITY),
        "volumes": volumes(), "parallelism": 4, "ttlStrategy": {"secondsAfterCompletion": 86400},
        "podGC": {"strategy": "OnPodCompletion"}, "activeDeadlineSeconds": 86400,
        "artifactRepositoryRef": {"configMap": "artifact-repositories", "key": "default"},
        "templates": [dag, features, train, gate, deploy, wait, notify],
    }
    steps = {"entrypoint": "main", "templates": [
        {"name": "main", "steps": [
            [{"name": "count", "template": "emit"}],
            [{"name": "use", "templateRef": {"name": "card-fraud", "template": "gate"},
              "arguments": {"parameters": [{"name": "digest", "value": "{{steps.count.outputs.result}}"}]}}]]},
        {"name": "emit", "script": {"image": IMAGE, "command": ["sh"], "source": "echo 1"}}]}
    return [
        body("argoproj.io/v1alpha1", "WorkflowTemplate", "card-fraud", spec=spec),
        body("argoproj.io/v1alpha1", "CronWorkflow", "card-fraud", spec={
            "schedules": ["0 3 * * *"], "timezone": "Etc/UTC", "concurrencyPolicy": "Forbid", "suspend": False,
            "startingDeadlineSeconds": 300, "successfulJobsHistoryLimit": 3, "failedJobsHistoryLimit": 3,
            "workflowSpec": {"workflowTemplateRef": {"name": "card-fraud"}, "arguments": {
                "parameters": [{"name": "seed", "value": "7"}]}}}),
        body("argoproj.io/v1alpha1", "Workflow", "card-fraud-first", spec=steps),
    ]


def serving() -> list[Body]:
    predictor = {
        "minReplicas": 2, "maxReplicas": 20, "scaleTarget": 50, "scaleMetric": "concurrency", "canaryTrafficPercent": 10,
        "serviceAccountName": "card-fraud", "timeout": 60, "containerConcurrency": 0, "labels": {"tier": "critical"},
        "securityContext": copy.deepcopy(POD_SECURITY),
        "model": {"modelFormat": {"name": "onnx", "version": "1"}, "runtime": "card-fraud-onnx", "protocolVersion": "v2",
                  "storageUri": "s3://models/card-fraud/7", "resources": copy.deepcopy(RESOURCES)},
    }
    transformer = {"containers": [{"name": "kserve-container", "image": IMAGE, "resources": copy.deepcopy(RESOURCES)}]}
    server = {**container("kserve-container"), "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}]}
    del server["env"]
    return [
        body("serving.kserve.io/v1beta1", "InferenceService", "card-fraud",
             spec={"predictor": predictor, "transformer": transformer}),
        body("serving.kserve.io/v1alpha1", "ServingRuntime", "card-fraud-onnx", spec={
            "supportedModelFormats": [{"name": "onnx", "version": "1", "autoSelect": False}], "protocolVersions": ["v2"],
            "containers": [server], "volumes": [{"name": "tmp", "emptyDir": {}}], "multiModel": False}),
        body("keda.sh/v1alpha1", "ScaledObject", "card-fraud", spec={
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "card-fraud-predictor"},
            "pollingInterval": 30, "cooldownPeriod": 300, "minReplicaCount": 1, "maxReplicaCount": 10,
            "triggers": [{"type": "prometheus", "metadata": {
                "serverAddress": "http://prometheus:9090", "query": "sum(rate(a[1m]))", "threshold": "5"}}]}),
    ]


def monitoring() -> list[Body]:
    rules = [
        {"record": "service:requests:rate5m", "expr": 'sum by (code) (rate(requests_total{namespace="risk"}[5m]))'},
        {"alert": "LatencyBudgetBurns", "expr": 'a{service=~"x|y"} > 0.5 and b{le="0.05"} offset 1h', "for": "5m",
         "keep_firing_for": "10m", "labels": {"severity": "critical"}, "annotations": {
             "summary": "{{ $labels.service }} is at {{ $value | humanizePercentage }}",
             "runbook_url": "https://runbooks.example/latency"}},
    ]
    return [
        body("monitoring.coreos.com/v1", "PrometheusRule", "card-fraud",
             spec={"groups": [{"name": "card-fraud.slo", "interval": "30s", "rules": rules}]}),
        body("monitoring.coreos.com/v1", "ServiceMonitor", "card-fraud", spec={
            "selector": {"matchLabels": dict(LABELS)}, "namespaceSelector": {"matchNames": [NAMESPACE]},
            "endpoints": [{"port": "http", "path": "/metrics", "interval": "30s", "scrapeTimeout": "10s",
                           "relabelings": [{"sourceLabels": ["a"], "targetLabel": "b", "action": "replace"}]}]}),
        body("external-secrets.io/v1", "ExternalSecret", "card-fraud", spec={
            "refreshInterval": "1h", "secretStoreRef": {"name": "vault", "kind": "ClusterSecretStore"},
            "target": {"name": "card-fraud", "creationPolicy": "Owner", "deletionPolicy": "Retain",
                       "template": {"type": "Opaque", "metadata": {"labels": dict(LABELS)}, "data": {"token": "{{ .token }}"}}},
            "data": [{"secretKey": "token", "remoteRef": {"key": "risk/card-fraud", "property": "token"}}],
            "dataFrom": [{"extract": {"key": "risk/shared"}}]}),
    ]


def delivery() -> list[Body]:
    spec = {
        "project": "card-fraud", "destination": {"server": "https://kubernetes.default.svc", "namespace": NAMESPACE},
        "source": {"repoURL": "https://git.example/acme/ml.git", "targetRevision": "main",
                   "path": "generated/production/card-fraud", "directory": {"recurse": True, "include": "*.yaml"}},
        "syncPolicy": {"automated": {"prune": True, "selfHeal": True}, "syncOptions": ["ServerSideApply=true"],
                       "retry": {"limit": 5, "backoff": {"duration": "5s", "factor": 2, "maxDuration": "3m"}}},
        "ignoreDifferences": [{"group": "autoscaling", "kind": "HorizontalPodAutoscaler",
                               "jqPathExpressions": [".spec.metrics[]?"]}],
    }
    project = {
        "description": "card fraud", "sourceRepos": ["https://git.example/acme/*"],
        "destinations": [{"server": "https://kubernetes.default.svc", "namespace": "risk-*"}],
        "clusterResourceWhitelist": [{"group": "", "kind": "Namespace"}],
        "namespaceResourceWhitelist": [{"group": "*", "kind": "*"}], "orphanedResources": {"warn": True},
        "roles": [{"name": "viewer", "groups": ["risk"], "policies": [
            "p, proj:card-fraud:viewer, applications, get, card-fraud/*, allow"]}],
        "syncWindows": [{"kind": "deny", "schedule": "0 22 * * *", "duration": "8h", "applications": ["*"],
                         "manualSync": True, "timeZone": "Europe/Warsaw"}],
    }
    template = copy.deepcopy(spec)
    template["source"]["path"] = "generated/{{.environment}}/card-fraud"
    template["destination"]["namespace"] = "risk-{{.environment}}"
    made = [
        body("argoproj.io/v1alpha1", "AppProject", "card-fraud", spec=project),
        body("argoproj.io/v1alpha1", "Application", "card-fraud-production", spec=spec),
        body("argoproj.io/v1alpha1", "ApplicationSet", "card-fraud", spec={
            "goTemplate": True, "goTemplateOptions": ["missingkey=error"],
            "generators": [{"list": {"elements": [{"environment": "staging"}]}}],
            "strategy": {"type": "RollingSync", "rollingSync": {"steps": [
                {"matchExpressions": [{"key": "environment", "operator": "In", "values": ["staging"]}]}]}},
            "syncPolicy": {"preserveResourcesOnDeletion": True},
            "template": {"metadata": {"name": "card-fraud-{{.environment}}"}, "spec": template}}),
    ]
    for item in made:
        item["metadata"]["namespace"] = "argocd"
    return made


def good_bodies() -> list[Body]:
    """Return the objects of the whole project; each call makes new ones, to be broken freely."""
    return [*access(), *core(), *training(), *serving(), *monitoring(), *delivery()]


def manifests(bodies: list[Body]) -> list[Manifest]:
    """Return bodies as a target would hand them over."""
    return [Manifest(item["kind"].lower(), item, ("metadata", "name")) for item in bodies]
