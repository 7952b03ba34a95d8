"""Pages of what is wrong with rules of Prometheus and objects of KServe."""

from collections.abc import Mapping

from compiler.verify.page import page

MODEL_PAGES: Mapping[str, str] = {
    "verify/prometheus-duration": page(
        "A duration of Prometheus has whole numbers and units, largest first.",
        "The operator drops the whole file of rules when one does not parse.",
        bad="for: 1.5h", good="for: 1h30m"),
    "verify/duplicate-rule": page(
        "Two rules of a group differ in name or labels.", "Their series are one, and overwrite each other.",
        bad="two alerts called Latency with the labels {severity: critical}",
        good="one with {severity: critical}, one with {severity: warning}"),
    "verify/record-name": page(
        "A record has the name of a metric, and nothing of an alert.", "Prometheus refuses the file.",
        bad="record: latency-p99", good="record: service:latency:p99"),
    "verify/promql": page(
        "Brackets and quotes of an expression close, and matchers are `name=\"value\"`.",
        "An expression that is built as text breaks where a value has a quote in it, or says something else.",
        bad='up{job=api}', good='up{job="api"}'),
    "verify/prometheus-label": page(
        "A label of Prometheus is a word: letters, digits and `_`.", "Prometheus refuses the file.",
        bad="labels: {run-book: ...}", good="labels: {runbook: ...}"),
    "verify/alert-template": page(
        "A template of an alert shows the value and labels of that alert.",
        "Others can read the whole database from an annotation; none of ours does, so that one came from outside.",
        bad="summary: '{{ query \"up\" }}'", good="summary: '{{ $value | humanizePercentage }}'"),
    "verify/scrape-timeout": page(
        "A scrape ends before the next one starts.", "Prometheus refuses the target.",
        bad="{interval: 30s, scrapeTimeout: 1m}", good="{interval: 30s, scrapeTimeout: 10s}"),
    "verify/kserve-replicas": page(
        "A component has fewer replicas at least than at most.", "KServe's webhook refuses the object.",
        bad="minReplicas: 5, maxReplicas: 3", good="minReplicas: 3, maxReplicas: 5"),
    "verify/kserve-mode": page(
        "A deployment mode is one of KServe's, and hears what is asked of it.",
        "In mode Standard (RawDeployment) a canary percentage is taken and ignored: all traffic moves at once.",
        bad="mode RawDeployment with canaryTrafficPercent: 10", good="mode Knative with canaryTrafficPercent: 10"),
    "verify/kserve-storage": page(
        "A model is at an address that KServe can fetch.", "The pod would wait in its first container.",
        bad="storageUri: models/7", good="storageUri: s3://models/card-fraud/7"),
    "verify/kserve-runtime": page(
        "A model names a runtime that is there and takes its format.",
        "KServe reports it on the object, and serves nothing.",
        bad="runtime: onyx", good="runtime: onnx, and ServingRuntime/onnx with that format"),
    "verify/kserve-container": page(
        "The container that serves is called `kserve-container`.", "KServe puts the model into that one.",
        bad="containers: [{name: main}]", good="containers: [{name: kserve-container}]"),
}
