"""What single kinds ask for."""

from tests.unit.verify.mistakes.change import Mistake, add, drop, put

HPA = "HorizontalPodAutoscaler/api"

OBJECTS = (
    Mistake("fewer replicas at most than at least", HPA, put("spec", "maxReplicas", value=1), "verify/replica-range"),
    Mistake(
        "KEDA scales to less than its minimum",
        "ScaledObject/card-fraud",
        put("spec", "maxReplicaCount", value=0),
        "verify/schema",
    ),
    Mistake(
        "KEDA idles above its minimum",
        "ScaledObject/card-fraud",
        put("spec", "idleReplicaCount", value=1),
        "verify/replica-range",
    ),
    Mistake(
        "a metric has the body of another type",
        HPA,
        put("spec", "metrics", 0, "type", value="Pods"),
        "verify/scaling-metric",
    ),
    Mistake(
        "a target has the value of another type",
        HPA,
        put("spec", "metrics", 0, "resource", "target", "type", value="AverageValue"),
        "verify/scaling-metric",
    ),
    Mistake(
        "a budget says both",
        "PodDisruptionBudget/api",
        put("spec", "minAvailable", value=1),
        "verify/disruption-budget",
    ),
    Mistake(
        "a budget says nothing", "PodDisruptionBudget/api", drop("spec", "maxUnavailable"), "verify/disruption-budget"
    ),
    Mistake(
        "a budget is no percentage",
        "PodDisruptionBudget/api",
        put("spec", "maxUnavailable", value="few"),
        "verify/disruption-budget",
    ),
    Mistake(
        "a schedule has a bad day", "CronJob/score", put("spec", "schedule", value="0 3 * * MON-FRO"), "verify/cron"
    ),
    Mistake(
        "a schedule has its time zone inside",
        "CronJob/score",
        put("spec", "schedule", value="TZ=UTC 0 3 * * *"),
        "verify/cron",
    ),
    Mistake(
        "a schedule steps by nothing", "CronJob/score", put("spec", "schedule", value="*/0 3 * * *"), "verify/cron"
    ),
    Mistake(
        "a time zone is misspelt", "CronJob/score", put("spec", "timeZone", value="Europe/Berlim"), "verify/timezone"
    ),
    Mistake(
        "several ports have no names",
        "Service/api",
        put("spec", "ports", value=[{"port": 80}, {"port": 81}]),
        "verify/service-port",
    ),
    Mistake(
        "two ports of a Service are one",
        "Service/api",
        add("spec", "ports", value={"name": "b", "port": 80}),
        "verify/service-port",
    ),
    Mistake("a Service has no ports", "Service/api", put("spec", "ports", value=[]), "verify/service-port"),
    Mistake(
        "a ConfigMap key is no file name",
        "ConfigMap/card-fraud-plan",
        put("data", "a/b", value=""),
        "verify/config-key",
    ),
    Mistake(
        "a ConfigMap is larger than etcd takes",
        "ConfigMap/card-fraud-plan",
        put("data", "mode", value="x" * 1_048_577),
        "verify/config-size",
    ),
    Mistake("a rule grants nothing", "Role/card-fraud", drop("rules", 0, "resources"), "verify/role-rule"),
    Mistake(
        "creation is limited by a name",
        "Role/card-fraud",
        put("rules", 0, "resourceNames", value=["a"]),
        "verify/role-rule",
    ),
    Mistake(
        "a role is in the wrong group",
        "RoleBinding/card-fraud",
        put("roleRef", "apiGroup", value="rbac"),
        "verify/schema",
    ),
    Mistake(
        "a subject has no namespace", "RoleBinding/card-fraud", drop("subjects", 0, "namespace"), "verify/role-subject"
    ),
    Mistake(
        "a policy does not say that it limits egress",
        "NetworkPolicy/api",
        put("spec", "policyTypes", value=["Ingress"]),
        "verify/network-policy",
    ),
    Mistake(
        "a range of ports goes down",
        "NetworkPolicy/api",
        put("spec", "egress", 0, "ports", 0, "endPort", value=442),
        "verify/network-policy",
    ),
    Mistake(
        "a network has bits after its prefix",
        "NetworkPolicy/api",
        put("spec", "egress", 0, "to", 0, "ipBlock", "cidr", value="10.0.0.1/8"),
        "verify/cidr",
    ),
    Mistake(
        "an exception is outside its network",
        "NetworkPolicy/api",
        put("spec", "egress", 0, "to", 0, "ipBlock", "except", value=["11.0.0.0/16"]),
        "verify/cidr",
    ),
    Mistake(
        "a default is over the maximum",
        "LimitRange/card-fraud",
        put("spec", "limits", 0, "default", "cpu", value="64"),
        "verify/limit-range",
    ),
    Mistake(
        "a quota is no quantity",
        "ResourceQuota/card-fraud",
        put("spec", "hard", "pods", value="many"),
        "verify/quantity",
    ),
    Mistake(
        "a secret key is no file name",
        "ExternalSecret/card-fraud",
        put("spec", "data", 0, "secretKey", value="a/b"),
        "verify/external-secret",
    ),
)
