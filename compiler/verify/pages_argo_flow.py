"""Pages of what is wrong between Argo templates."""

from collections.abc import Mapping

from compiler.verify.page import page

ARGO_FLOW_PAGES: Mapping[str, str] = {
    "verify/argo-entrypoint": page(
        "A workflow starts at a template that it has.", "Argo refuses it when the schedule fires.",
        bad="entrypoint: pipelne", good="entrypoint: pipeline"),
    "verify/argo-unknown-template": page(
        "What is called exists: by tasks, steps, hooks and exit handlers.",
        "Of hooks and of a task's exit handler Argo finds out only when they are due.",
        bad="{name: train, template: trian}", good="{name: train, template: train}"),
    "verify/argo-unknown-workflow-template": page(
        "A WorkflowTemplate that is referred to is written beside it.", "A schedule without it starts nothing.",
        bad="workflowTemplateRef: {name: fraud}", good="workflowTemplateRef: {name: card-fraud}"),
    "verify/argo-templates-beside-reference": page(
        "A workflow has templates, or refers to a WorkflowTemplate.", "Argo refuses both together.",
        bad="{workflowTemplateRef: ..., templates: [...]}", good="{workflowTemplateRef: ...}"),
    "verify/argo-missing-argument": page(
        "What a template needs, its caller passes.",
        "Argo refuses the workflow; a scheduled one is never asked for values.",
        bad="arguments: {}", good="arguments: {parameters: [{name: seed, value: '42'}]}"),
    "verify/argo-unknown-argument": page(
        "What a caller passes, the template takes.",
        "Argo drops an argument that no input has, and the input that was meant keeps its default.",
        bad="arguments: {parameters: [{name: sede, value: '42'}]}",
        good="arguments: {parameters: [{name: seed, value: '42'}]}"),
    "verify/argo-argument": page(
        "An argument has a value that its input takes, and an artifact comes from somewhere.",
        "Of values outside an `enum` Argo finds out at run time, if at all.",
        bad="arguments: {artifacts: [{name: rows}]}",
        good="arguments: {artifacts: [{name: rows, from: '{{tasks.ingest.outputs.artifacts.rows}}'}]}"),
    "verify/argo-hook": page(
        "A hook says when it runs.", "Only the hook called `exit` runs without an expression.",
        bad="hooks: {running: {template: notify}}",
        good="hooks: {running: {template: notify, expression: workflow.status == 'Running'}}"),
    "verify/argo-cycle": page(
        "Tasks do not wait for themselves.", "A cycle never starts.",
        bad="a depends on b, and b on a", good="b depends on a"),
    "verify/argo-unknown-dependency": page(
        "A task waits for tasks of its own DAG.", "Argo refuses the workflow.",
        bad="depends: trian", good="depends: train"),
    "verify/argo-depends": page(
        "`depends` is a boolean expression over results that tasks have.",
        "Argo does not parse it before the run, and a misspelt result is never true. `AnySucceeded` and `AllFailed` "
        "ask for a loop.",
        bad="depends: train.Suceeded", good="depends: train.Succeeded && !gate.Failed"),
    "verify/argo-mixed-dependencies": page(
        "A DAG has `depends`, or `dependencies` and `continueOn`.", "Argo refuses a mixture.",
        bad="{depends: a, continueOn: {failed: true}}", good="{depends: a.Succeeded || a.Failed}"),
    "verify/argo-target": page(
        "The targets of a DAG are tasks of it.", "Argo refuses the workflow.",
        bad="target: trian", good="target: train"),
    "verify/argo-loop": page(
        "A task loops over one thing.", "Of two loops Argo runs neither; a sequence has a count or an end.",
        bad="{withItems: [a], withParam: '[1]'}", good="{withItems: [a]}"),
    "verify/argo-task-name": page(
        "A task in a DAG with dependencies begins with a letter.", "In `depends`, a digit begins a number.",
        bad="name: 2nd", good="name: second"),
    "verify/argo-not-ancestor": page(
        "A task reads from tasks that it waits for.",
        "What runs beside it or after it has left nothing yet: the variable stays as it is, or the run fails.",
        bad="evaluate reads {{tasks.train.outputs.parameters.digest}} and depends on ingest",
        good="evaluate depends on train"),
}
