"""Names, labels, and what is inside a pod."""

from tests.unit.verify.mistakes.change import Mistake, add, drop, put

POD = ("spec", "template", "spec")
MAIN = (*POD, "containers", 0)
API = "Deployment/api"

METADATA = (
    Mistake("a name has capitals", "ConfigMap/card-fraud-plan", put("metadata", "name", value="Plan"), "verify/name"),
    Mistake("a Service begins with a digit", "Service/api", put("metadata", "name", value="1api"), "verify/name"),
    Mistake("a Job's name fills no label", "Job/backfill", put("metadata", "name", value="a" * 64), "verify/name"),
    Mistake(
        "a CronJob's name leaves no room for a time",
        "CronJob/score",
        put("metadata", "name", value="a" * 53),
        "verify/name",
    ),
    Mistake("an object has no name", "Service/api", drop("metadata", "name"), "verify/schema"),
    Mistake("an object has no namespace", "Service/api", drop("metadata", "namespace"), "verify/namespace"),
    Mistake(
        "an object is in another namespace",
        "Service/api",
        put("metadata", "namespace", value="other"),
        "verify/namespace",
    ),
    Mistake(
        "a Namespace is in a namespace",
        "Namespace/risk-production",
        put("metadata", "namespace", value="other"),
        "verify/namespace",
    ),
    Mistake("a label is too long", API, put("metadata", "labels", "team", value="a" * 64), "verify/label"),
    Mistake("a label has a blank", API, put("metadata", "labels", "team", value="risk ml"), "verify/label"),
    Mistake(
        "a label of a pod ends in a dash",
        API,
        put("spec", "template", "metadata", "labels", "team", value="a-"),
        "verify/label",
    ),
    Mistake(
        "a label of Argo's pods is none",
        "WorkflowTemplate/card-fraud",
        put("spec", "podMetadata", "labels", "team", value="a b"),
        "verify/label",
    ),
    Mistake("a label key has two slashes", API, put("metadata", "labels", "a/b/c", value="x"), "verify/label"),
    Mistake(
        "an annotation key has a blank", API, put("metadata", "annotations", value={"a b": "x"}), "verify/annotation"
    ),
    Mistake(
        "annotations are larger than etcd takes",
        API,
        put("metadata", "annotations", value={"a": "x" * 262_144}),
        "verify/annotation",
    ),
)

PODS = (
    Mistake(
        "a selector misses its pods", API, put("spec", "selector", "matchLabels", "app", value="ipa"), "verify/selector"
    ),
    Mistake("a selector selects everything", API, put("spec", "selector", value={}), "verify/selector"),
    Mistake(
        "a volume is not there", API, put(*MAIN, "volumeMounts", 0, "name", value="plans"), "verify/unknown-volume"
    ),
    Mistake(
        "two volumes are mounted on one path",
        API,
        put(*MAIN, "volumeMounts", 1, "mountPath", value="/plan/"),
        "verify/mount-path",
    ),
    Mistake(
        "a mount has a relative path",
        API,
        put(*MAIN, "volumeMounts", 0, "mountPath", value="plan"),
        "verify/mount-path",
    ),
    Mistake("two volumes have one name", API, put(*POD, "volumes", 1, "name", value="plan"), "verify/schema"),
    Mistake(
        "requests are over limits", API, put(*MAIN, "resources", "requests", "memory", value="2Gi"), "verify/resources"
    ),
    Mistake(
        "a request in thousandths is over the limit",
        API,
        put(*MAIN, "resources", "requests", "cpu", value="1001m"),
        "verify/resources",
    ),
    Mistake(
        "a GPU is requested without a limit",
        API,
        put(*MAIN, "resources", "requests", "nvidia.com/gpu", value="1"),
        "verify/resources",
    ),
    Mistake(
        "half a GPU is asked for",
        API,
        put(*MAIN, "resources", "limits", "nvidia.com/gpu", value="500m"),
        "verify/resources",
    ),
    Mistake(
        "memory has a unit that nobody knows",
        API,
        put(*MAIN, "resources", "limits", "memory", value="4GB"),
        "verify/quantity",
    ),
    Mistake("cpu is below zero", API, put(*MAIN, "resources", "requests", "cpu", value="-1"), "verify/quantity"),
    Mistake("cpu is a float", API, put(*MAIN, "resources", "requests", "cpu", value=0.5), "verify/schema"),
    Mistake("a port is too large", API, put(*MAIN, "ports", 0, "containerPort", value=65536), "verify/schema"),
    Mistake(
        "a port has a long name",
        API,
        add(*MAIN, "ports", value={"name": "a" * 16, "containerPort": 1}),
        "verify/port-name",
    ),
    Mistake(
        "two ports have one name",
        API,
        add(*MAIN, "ports", value={"name": "http", "containerPort": 1}),
        "verify/port-name",
    ),
    Mistake(
        "a probe has two handlers", API, put(*MAIN, "readinessProbe", "tcpSocket", value={"port": 1}), "verify/probe"
    ),
    Mistake("a probe has no handler", API, put(*MAIN, "livenessProbe", value={"periodSeconds": 3}), "verify/probe"),
    Mistake(
        "a probe asks a port that is not there",
        API,
        put(*MAIN, "readinessProbe", "httpGet", "port", value="web"),
        "verify/probe",
    ),
    Mistake(
        "a liveness probe wants two successes",
        API,
        put(*MAIN, "livenessProbe", "successThreshold", value=2),
        "verify/probe",
    ),
    Mistake("a variable has a value and a source", API, put(*MAIN, "env", 1, "value", value="x"), "verify/env"),
    Mistake("a variable is set twice", API, put(*MAIN, "env", 1, "name", value="PLAN"), "verify/env"),
    Mistake(
        "two containers have one name",
        API,
        add(*POD, "containers", value={"name": "main", "image": "a"}),
        "verify/duplicate-container",
    ),
    Mistake(
        "a Job restarts forever", "Job/backfill", put(*POD, "restartPolicy", value="Always"), "verify/restart-policy"
    ),
    Mistake("a Job says nothing of restarts", "Job/backfill", drop(*POD, "restartPolicy"), "verify/restart-policy"),
    Mistake("a Deployment never restarts", API, put(*POD, "restartPolicy", value="Never"), "verify/restart-policy"),
    Mistake(
        "a toleration for all values has one", API, put(*POD, "tolerations", 1, "value", value="x"), "verify/toleration"
    ),
    Mistake(
        "pods are spread by labels of others",
        API,
        put(*POD, "topologySpreadConstraints", 0, "labelSelector", "matchLabels", "app", value="x"),
        "verify/spread",
    ),
)
