"""Monitoring and serving."""

from tests.unit.verify.mistakes.change import Mistake, add, put

RULES = ("spec", "groups", 0, "rules")
RULE = "PrometheusRule/card-fraud"
EXPR = (*RULES, 1, "expr")
ISVC = "InferenceService/card-fraud"

MONITORING = (
    Mistake("a duration has a blank", RULE, put(*RULES, 1, "for", value="5 m"), "verify/prometheus-duration"),
    Mistake(
        "a duration has its units in the wrong order",
        RULE,
        put(*RULES, 1, "for", value="5m1h"),
        "verify/prometheus-duration",
    ),
    Mistake(
        "a duration has a fraction",
        RULE,
        put("spec", "groups", 0, "interval", value="1.5m"),
        "verify/prometheus-duration",
    ),
    Mistake(
        "two alerts are one",
        RULE,
        lambda body: body["spec"]["groups"][0]["rules"].append(dict(body["spec"]["groups"][0]["rules"][1])),
        "verify/duplicate-rule",
    ),
    Mistake("a rule is an alert and a record", RULE, put(*RULES, 1, "record", value="a:b"), "verify/schema"),
    Mistake(
        "two groups have one name",
        RULE,
        add("spec", "groups", value={"name": "card-fraud.slo", "rules": [{"record": "a:b", "expr": "1"}]}),
        "verify/schema",
    ),
    Mistake("a record has a dash in its name", RULE, put(*RULES, 0, "record", value="a-b"), "verify/record-name"),
    Mistake("a record waits", RULE, put(*RULES, 0, "for", value="5m"), "verify/record-name"),
    Mistake("an expression has an open bracket", RULE, put(*EXPR, value="sum(rate(a[5m])"), "verify/promql"),
    Mistake("an expression closes what it did not open", RULE, put(*EXPR, value="sum(rate(a[5m)])"), "verify/promql"),
    Mistake("an expression has an open quote", RULE, put(*EXPR, value='a{b="c}'), "verify/promql"),
    Mistake("a matcher has no quotes", RULE, put(*EXPR, value="a{b=c}"), "verify/promql"),
    Mistake("matchers have no comma", RULE, put(*EXPR, value='a{b="c" d="e"}'), "verify/promql"),
    Mistake("an expression is blank", RULE, put(*EXPR, value=" "), "verify/promql"),
    Mistake(
        "a label has a dash in its name", RULE, put(*RULES, 1, "labels", "a-b", value="x"), "verify/prometheus-label"
    ),
    Mistake(
        "an annotation queries the database",
        RULE,
        put(*RULES, 1, "annotations", "summary", value='{{ query "up" }}'),
        "verify/alert-template",
    ),
    Mistake(
        "an annotation has an open template",
        RULE,
        put(*RULES, 1, "annotations", "summary", value="{{ $value"),
        "verify/alert-template",
    ),
    Mistake(
        "a label of a record has a template",
        RULE,
        put(*RULES, 0, "labels", value={"a": "{{ $value }}"}),
        "verify/alert-template",
    ),
    Mistake(
        "a scrape is longer than its interval",
        "ServiceMonitor/card-fraud",
        put("spec", "endpoints", 0, "scrapeTimeout", value="1m"),
        "verify/scrape-timeout",
    ),
    Mistake(
        "a monitor scrapes a port that no Service has",
        "ServiceMonitor/card-fraud",
        put("spec", "endpoints", 0, "port", value="web"),
        "verify/monitor-port",
    ),
)

SERVING = (
    Mistake(
        "a canary gets more than all traffic",
        ISVC,
        put("spec", "predictor", "canaryTrafficPercent", value=101),
        "verify/schema",
    ),
    Mistake(
        "a canary is asked for where KServe ignores it",
        ISVC,
        put("metadata", "annotations", value={"serving.kserve.io/deploymentMode": "RawDeployment"}),
        "verify/kserve-mode",
    ),
    Mistake(
        "a deployment mode is misspelt",
        ISVC,
        put("metadata", "annotations", value={"serving.kserve.io/deploymentMode": "raw"}),
        "verify/kserve-mode",
    ),
    Mistake(
        "a predictor has more replicas at least than at most",
        ISVC,
        put("spec", "predictor", "minReplicas", value=21),
        "verify/kserve-replicas",
    ),
    Mistake(
        "a model has no scheme",
        ISVC,
        put("spec", "predictor", "model", "storageUri", value="models/7"),
        "verify/kserve-storage",
    ),
    Mistake(
        "a model names a runtime that is not there",
        ISVC,
        put("spec", "predictor", "model", "runtime", value="x"),
        "verify/kserve-runtime",
    ),
    Mistake(
        "a runtime does not take the model's format",
        ISVC,
        put("spec", "predictor", "model", "modelFormat", "name", value="sklearn"),
        "verify/kserve-runtime",
    ),
    Mistake(
        "a runtime has no main container",
        "ServingRuntime/card-fraud-onnx",
        put("spec", "containers", 0, "name", value="main"),
        "verify/kserve-container",
    ),
    Mistake(
        "a predictor has a model and containers",
        ISVC,
        put("spec", "predictor", "containers", value=[{"name": "kserve-container", "image": "a"}]),
        "verify/schema",
    ),
)
