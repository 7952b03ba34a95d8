"""What holds between objects, and inside an AppProject."""

from tests.unit.verify.mistakes.change import Mistake, put

POD = ("spec", "template", "spec")
MAIN = (*POD, "containers", 0)
API = "Deployment/api"
HPA = "HorizontalPodAutoscaler/api"
ISVC = "InferenceService/card-fraud"
APP = "Application/card-fraud-production"
PROJECT = "AppProject/card-fraud"

BETWEEN = (
    Mistake(
        "two objects are one",
        "NetworkPolicy/api",
        put("metadata", "name", value="default-deny"),
        "verify/duplicate-object",
    ),
    Mistake(
        "a Service selects no pod",
        "Service/api",
        put("spec", "selector", value={"app": "ipa"}),
        "verify/selects-nothing",
    ),
    Mistake(
        "a budget selects no pod",
        "PodDisruptionBudget/api",
        put("spec", "selector", "matchLabels", value={"app": "ipa"}),
        "verify/selects-nothing",
    ),
    Mistake(
        "a policy selects no pod",
        "NetworkPolicy/api",
        put("spec", "podSelector", "matchLabels", value={"app": "ipa"}),
        "verify/selects-nothing",
    ),
    Mistake(
        "a monitor selects no Service",
        "ServiceMonitor/card-fraud",
        put("spec", "selector", "matchLabels", value={"app": "ipa"}),
        "verify/selects-nothing",
    ),
    Mistake(
        "a Service goes to a port that no pod has",
        "Service/api",
        put("spec", "ports", 0, "targetPort", value="web"),
        "verify/service-target",
    ),
    Mistake(
        "an autoscaler scales nothing",
        HPA,
        put("spec", "scaleTargetRef", "name", value="ipa"),
        "verify/unknown-scale-target",
    ),
    Mistake(
        "two autoscalers scale one workload",
        "ScaledObject/card-fraud",
        put("spec", "scaleTargetRef", "name", value="api"),
        "verify/unknown-scale-target",
    ),
    Mistake(
        "a pod runs as an account that is not there",
        API,
        put(*POD, "serviceAccountName", value="nobody"),
        "verify/unknown-service-account",
    ),
    Mistake(
        "a workflow runs as an account that is not there",
        "WorkflowTemplate/card-fraud",
        put("spec", "serviceAccountName", value="nobody"),
        "verify/unknown-service-account",
    ),
    Mistake(
        "a model server runs as an account that is not there",
        ISVC,
        put("spec", "predictor", "serviceAccountName", value="nobody"),
        "verify/unknown-service-account",
    ),
    Mistake(
        "a binding binds an account that is not there",
        "RoleBinding/card-fraud",
        put("subjects", 0, "name", value="nobody"),
        "verify/unknown-service-account",
    ),
    Mistake(
        "a volume reads a ConfigMap that is not there",
        API,
        put(*POD, "volumes", 0, "configMap", value={"name": "plans"}),
        "verify/unknown-config-map",
    ),
    Mistake(
        "a volume reads a key that its ConfigMap lacks",
        API,
        put(*POD, "volumes", 0, "configMap", "items", 0, "key", value="plan.yaml"),
        "verify/unknown-config-map",
    ),
    Mistake(
        "a variable reads a key that its ConfigMap lacks",
        API,
        put(*MAIN, "env", 2, "valueFrom", "configMapKeyRef", "key", value="mood"),
        "verify/unknown-config-map",
    ),
    Mistake(
        "a binding binds a Role that is not there",
        "RoleBinding/card-fraud",
        put("roleRef", "name", value="x"),
        "verify/unknown-role",
    ),
)

DELIVERY = (
    Mistake(
        "an application names a project that is not there",
        APP,
        put("spec", "project", value="x"),
        "verify/unknown-project",
    ),
    Mistake(
        "a project does not admit the destination",
        PROJECT,
        put("spec", "destinations", 0, "namespace", value="other-*"),
        "verify/project-destination",
    ),
    Mistake(
        "a project does not admit the repository",
        PROJECT,
        put("spec", "sourceRepos", value=["https://git.example/other/*"]),
        "verify/project-source",
    ),
    Mistake(
        "a sync option has no value",
        APP,
        put("spec", "syncPolicy", "syncOptions", value=["ServerSideApply"]),
        "verify/sync-option",
    ),
    Mistake(
        "a retry waits for no duration",
        APP,
        put("spec", "syncPolicy", "retry", "backoff", "duration", value="5 seconds"),
        "verify/sync-retry",
    ),
    Mistake(
        "a window opens for no duration",
        PROJECT,
        put("spec", "syncWindows", 0, "duration", value="all night"),
        "verify/sync-window",
    ),
    Mistake(
        "a window opens at no time", PROJECT, put("spec", "syncWindows", 0, "schedule", value="at night"), "verify/cron"
    ),
    Mistake(
        "a policy speaks of another role",
        PROJECT,
        put("spec", "roles", 0, "policies", value=["p, proj:card-fraud:admin, applications, get, card-fraud/*, allow"]),
        "verify/project-policy",
    ),
    Mistake(
        "a policy speaks of another project",
        PROJECT,
        put("spec", "roles", 0, "policies", value=["p, proj:card-fraud:viewer, applications, get, */*, allow"]),
        "verify/project-policy",
    ),
)
