"""Pages of what is wrong inside one Argo template."""

from collections.abc import Mapping

from compiler.verify.page import page

ARGO_PAGES: Mapping[str, str] = {
    "verify/argo-template-type": page(
        "A template has one type.", "Argo refuses the workflow when it is submitted, which a schedule does at night.",
        bad="{name: train, container: ..., script: ...}", good="{name: train, container: ...}"),
    "verify/argo-name": page(
        "Names of templates, tasks, parameters and artifacts are words.",
        "They stand in variables, where a dot or a blank ends the name.",
        bad="name: train.model", good="name: train-model"),
    "verify/argo-duplicate-name": page(
        "Names in one list differ.", "Which of two templates or tasks of one name is meant, nobody can say.",
        bad="templates: [{name: a}, {name: a}]", good="templates: [{name: a}, {name: b}]"),
    "verify/argo-reserved-name": page(
        "`main`, `wait` and `init` are Argo's.", "Argo adds containers of these names to each pod.",
        bad="sidecars: [{name: wait}]", good="sidecars: [{name: proxy}]"),
    "verify/argo-image": page(
        "A container has an image.", "Argo refuses the workflow.",
        bad="image: ''", good="image: ghcr.io/acme/model@sha256:..."),
    "verify/argo-leaf-only": page(
        "Deadlines stand on what runs.", "Argo refuses `activeDeadlineSeconds` and `timeout` on `dag`, `steps` and, "
        "the second one, on `suspend`.",
        bad="{name: pipeline, dag: ..., timeout: 1h}", good="{name: train, container: ..., timeout: 1h}"),
    "verify/argo-parallelism": page(
        "`parallelism` and `failFast` stand on what calls others.", "Argo refuses them on a container.",
        bad="{name: train, container: ..., parallelism: 2}", good="{name: pipeline, dag: ..., parallelism: 2}"),
    "verify/argo-artifact-path": page(
        "An artifact of a container has an absolute path of its own.",
        "On the path of a volume it hides the volume, or is hidden; a DAG has no files at all.",
        bad="inputs: {artifacts: [{name: rows, path: /scratch}]}, volumeMounts: [{mountPath: /scratch}]",
        good="inputs: {artifacts: [{name: rows, path: /work/rows}]}"),
    "verify/argo-output": page(
        "An output is read from where its template can have it.",
        "A container has files, a resource has fields, a DAG has the outputs of its tasks.",
        bad="container with {valueFrom: {parameter: ...}}", good="container with {valueFrom: {path: /tmp/digest}}"),
    "verify/argo-duration": page(
        "Timeouts, deadlines and retries are numbers and durations.",
        "A timeout without a unit is refused, and a backoff that does not parse fails the first retry.",
        bad="timeout: '60'", good="timeout: 60s"),
    "verify/argo-resource": page(
        "A resource that is written has a manifest.", "There is nothing to apply without one.",
        bad="resource: {action: apply}", good="resource: {action: apply, manifest: ...}"),
    "verify/argo-tag-form": page(
        "A variable is written without blanks, and its braces are closed.",
        "Argo does not replace a variable with blanks in every place, and fails on one that is not closed.",
        bad="{{ inputs.parameters.seed }}", good="{{inputs.parameters.seed}}"),
    "verify/argo-expression": page(
        "No expression is evaluated in a workflow.",
        "`{{=...}}` is a language of its own, in which text of a user could become a program; neither a review nor "
        "the local runner can evaluate it.",
        bad="{{=asInt(inputs.parameters.n) + 1}}", good="the sum, computed by the step that needs it"),
    "verify/argo-unresolved-variable": page(
        "A variable means something where it stands.",
        "Argo leaves what it does not know as it is: the program gets the braces, hours into a run.",
        bad="args: ['{{inputs.parameters.sede}}']",
        good="args: ['{{inputs.parameters.seed}}'], and an input called seed"),
}
