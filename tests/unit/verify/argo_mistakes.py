"""Well-known mistakes in workflows: each is one change to a good plan, and has the code that refuses it."""

import copy
from collections.abc import Callable
from typing import Any

from tests.unit.verify.argo_plan import Mistake, Plan
from tests.unit.verify.project import IMAGE


def two_types(plan: Plan) -> None:
    plan.templates("plain")["script"] = {"image": IMAGE, "source": "echo"}


def no_type(plan: Plan) -> None:
    del plan.templates("plain")["container"]


def drop_size(plan: Plan) -> None:
    plan.task("make")["arguments"]["parameters"] = []


def read_without_waiting(plan: Plan) -> None:
    plan.task("beside").update(
        template="make",
        arguments={
            "parameters": [{"name": "size", "value": "{{tasks.make.outputs.parameters.count}}"}],
            "artifacts": [{"name": "rows", "from": "{{tasks.first.outputs.artifacts.rows}}"}],
        },
    )


def use_dependencies(plan: Plan) -> None:
    for name in ("make", "beside", "each"):
        del plan.task(name)["depends"]
    plan.task("make")["dependencies"] = ["first"]
    plan.task("beside")["dependencies"] = ["first"]


def cycle_of_dependencies(plan: Plan) -> None:
    use_dependencies(plan)
    plan.task("first")["dependencies"] = ["beside"]


def digit(plan: Plan) -> None:
    plan.task("beside")["name"] = "2beside"
    plan.task("each")["depends"] = "make"


def later_step(plan: Plan) -> None:
    steps = plan.templates("walk")["steps"]
    steps[0][0]["when"] = "{{steps.two.outputs.parameters.count}} > 0"


def same_group(plan: Plan) -> None:
    walk = plan.templates("walk")
    walk["steps"] = [[walk["steps"][0][0], walk["steps"][1][0]]]


def args(text: str) -> Callable[[Plan], None]:
    return lambda plan: plan.templates("plain")["container"].update(args=[text])


def output(**source: Any) -> Callable[[Plan], None]:
    def change(plan: Plan) -> None:
        plan.templates("first")["outputs"]["parameters"][0] = {"name": "size", **source}

    return change


def call_shared(name: str, template: str) -> Callable[[Plan], None]:
    def change(plan: Plan) -> None:
        del plan.task("beside")["template"]
        plan.task("beside")["templateRef"] = {"name": name, "template": template}

    return change


def own_templates(plan: Plan) -> None:
    plan.cron["spec"]["workflowSpec"]["templates"] = [{"name": "plain", "container": {"image": IMAGE}}]


def workflow(plan: Plan, **changes: Any) -> None:
    plan.cron["spec"]["workflowSpec"] = {**copy.deepcopy(plan.spec), **changes}


def needs_value(plan: Plan) -> None:
    workflow(plan, arguments={"parameters": [{"name": "seed"}]})


def needs_entrypoint(plan: Plan) -> None:
    workflow(plan)
    del plan.cron["spec"]["workflowSpec"]["entrypoint"]


def wrong_enum(plan: Plan) -> None:
    plan.task("make")["arguments"]["parameters"].append({"name": "mode", "value": "c"})


MISTAKES = (
    Mistake(
        "two tasks wait for each other", lambda plan: plan.task("first").update(depends="each"), "verify/argo-cycle"
    ),
    Mistake("a task waits for itself", lambda plan: plan.task("first").update(depends="first"), "verify/argo-cycle"),
    Mistake("`dependencies` go in a circle", cycle_of_dependencies, "verify/argo-cycle"),
    Mistake(
        "a task calls a template that is not there",
        lambda plan: plan.task("beside").update(template="nope"),
        "verify/argo-unknown-template",
    ),
    Mistake(
        "a step calls a template that is not there",
        lambda plan: plan.templates("walk")["steps"][0][0].update(template="nope"),
        "verify/argo-unknown-template",
    ),
    Mistake(
        "the exit handler is not there", lambda plan: plan.spec.update(onExit="nope"), "verify/argo-unknown-template"
    ),
    Mistake(
        "the exit handler of a task is not there",
        lambda plan: plan.task("beside").update(onExit="nope"),
        "verify/argo-unknown-template",
        argo_refuses=False,
    ),
    Mistake(
        "a hook calls a template that is not there",
        lambda plan: plan.spec.update(hooks={"exit": {"template": "nope"}}),
        "verify/argo-unknown-template",
        argo_refuses=False,
    ),
    Mistake(
        "a hook has no condition",
        lambda plan: plan.spec.update(hooks={"running": {"template": "plain"}}),
        "verify/argo-hook",
    ),
    Mistake(
        "a task refers to a WorkflowTemplate that is not there",
        call_shared("nope", "plain"),
        "verify/argo-unknown-workflow-template",
    ),
    Mistake(
        "a task refers to a template that its WorkflowTemplate lacks",
        call_shared("plan", "nope"),
        "verify/argo-unknown-template",
    ),
    Mistake(
        "a schedule starts a WorkflowTemplate that is not there",
        lambda plan: plan.cron["spec"]["workflowSpec"]["workflowTemplateRef"].update(name="nope"),
        "verify/argo-unknown-workflow-template",
    ),
    Mistake("templates stand beside a reference", own_templates, "verify/argo-templates-beside-reference"),
    Mistake("the entrypoint is not there", lambda plan: plan.spec.update(entrypoint="nope"), "verify/argo-entrypoint"),
    Mistake("a workflow has no entrypoint", needs_entrypoint, "verify/argo-entrypoint"),
    Mistake("a template has two types", two_types, "verify/argo-template-type"),
    Mistake("a template has no type", no_type, "verify/argo-template-type"),
    Mistake(
        "two templates have one name",
        lambda plan: plan.spec["templates"].append(dict(plan.templates("plain"))),
        "verify/argo-duplicate-name",
    ),
    Mistake(
        "two tasks have one name",
        lambda plan: plan.templates("main")["dag"]["tasks"].append({"name": "beside", "template": "plain"}),
        "verify/argo-duplicate-name",
    ),
    Mistake(
        "two steps have one name",
        lambda plan: plan.templates("walk")["steps"].append([{"name": "one", "template": "first"}]),
        "verify/argo-duplicate-name",
    ),
    Mistake(
        "two inputs have one name",
        lambda plan: plan.templates("make")["inputs"]["parameters"].append({"name": "size"}),
        "verify/argo-duplicate-name",
    ),
    Mistake(
        "a task has a name with a dot",
        lambda plan: plan.templates("main")["dag"]["tasks"].append({"name": "a.b", "template": "plain"}),
        "verify/argo-name",
    ),
    Mistake(
        "an output has a name with a blank",
        lambda plan: plan.templates("first")["outputs"]["artifacts"].append({"name": "a b", "path": "/tmp/b"}),
        "verify/argo-name",
    ),
    Mistake(
        "a task waits for a task that is not there",
        lambda plan: plan.task("beside").update(depends="nope"),
        "verify/argo-unknown-dependency",
    ),
    Mistake(
        "`depends` has an open bracket",
        lambda plan: plan.task("beside").update(depends="(first"),
        "verify/argo-depends",
        argo_refuses=False,
    ),
    Mistake(
        "`depends` asks for a result that no task has",
        lambda plan: plan.task("beside").update(depends="first.Succeded"),
        "verify/argo-depends",
    ),
    Mistake(
        "`depends` asks for any of the items of no loop",
        lambda plan: plan.task("beside").update(depends="first.AnySucceeded"),
        "verify/argo-depends",
    ),
    Mistake(
        "`depends` and `dependencies` stand in one template",
        lambda plan: plan.task("beside").update(dependencies=["first"]),
        "verify/argo-mixed-dependencies",
    ),
    Mistake(
        "`continueOn` stands beside `depends`",
        lambda plan: plan.task("beside").update(continueOn={"failed": True}),
        "verify/argo-mixed-dependencies",
    ),
    Mistake("a task that others depend on begins with a digit", digit, "verify/argo-task-name"),
    Mistake(
        "the target of a DAG is not there",
        lambda plan: plan.templates("main")["dag"].update(target="nope"),
        "verify/argo-target",
    ),
    Mistake("a task reads from one that it does not wait for", read_without_waiting, "verify/argo-not-ancestor"),
    Mistake(
        "a condition reads from a task that it does not wait for",
        lambda plan: plan.task("beside").update(when="{{tasks.make.outputs.parameters.count}} > 0"),
        "verify/argo-not-ancestor",
        argo_refuses=False,
    ),
    Mistake("a step reads from a later step", later_step, "verify/argo-not-ancestor"),
    Mistake("a step reads from one that runs beside it", same_group, "verify/argo-not-ancestor", argo_refuses=False),
    Mistake(
        "an input is misspelt",
        lambda plan: plan.templates("make")["container"].update(args=["{{inputs.parameters.sise}}"]),
        "verify/argo-unresolved-variable",
    ),
    Mistake(
        "a parameter of the workflow is misspelt",
        args("{{workflow.parameters.sede}}"),
        "verify/argo-unresolved-variable",
    ),
    Mistake("a variable of the workflow is misspelt", args("{{workflow.nmae}}"), "verify/argo-unresolved-variable"),
    Mistake(
        "a variable has a root that Argo does not know",
        args("{{wrokflow.name}}"),
        "verify/argo-unresolved-variable",
        argo_refuses=False,
    ),
    Mistake(
        "an output is read that the task does not have",
        lambda plan: plan.task("make")["arguments"]["parameters"][0].update(
            value="{{tasks.first.outputs.parameters.sise}}"
        ),
        "verify/argo-unresolved-variable",
    ),
    Mistake("an item is read outside a loop", args("{{item.name}}"), "verify/argo-unresolved-variable"),
    Mistake(
        "retries are read where nothing is retried",
        args("{{retries}}"),
        "verify/argo-unresolved-variable",
        argo_refuses=False,
    ),
    Mistake("an expression is evaluated", args("{{=1 + 1}}"), "verify/argo-expression", argo_refuses=False),
    Mistake("a tag has blanks inside", args("{{ workflow.name }}"), "verify/argo-tag-form", argo_refuses=False),
    Mistake("a tag is not closed", args("{{workflow.name"), "verify/argo-tag-form"),
    Mistake("an input gets no value", drop_size, "verify/argo-missing-argument"),
    Mistake(
        "an artifact is not passed",
        lambda plan: plan.task("make")["arguments"].pop("artifacts"),
        "verify/argo-missing-argument",
    ),
    Mistake(
        "an argument has no value",
        lambda plan: plan.task("make")["arguments"]["parameters"][0].pop("value"),
        "verify/argo-missing-argument",
    ),
    Mistake("a scheduled workflow has an argument without a value", needs_value, "verify/argo-missing-argument"),
    Mistake(
        "an argument is passed that no input takes",
        lambda plan: plan.task("make")["arguments"]["parameters"].append({"name": "sise", "value": "1"}),
        "verify/argo-unknown-argument",
        argo_refuses=False,
    ),
    Mistake("an argument is outside the values of its input", wrong_enum, "verify/argo-argument", argo_refuses=False),
    Mistake(
        "an artifact is passed from nowhere",
        lambda plan: plan.task("make")["arguments"].update(artifacts=[{"name": "rows"}]),
        "verify/argo-argument",
    ),
    Mistake("a task loops over two things", lambda plan: plan.task("each").update(withParam="[1]"), "verify/argo-loop"),
    Mistake(
        "a sequence has a count and an end",
        lambda plan: plan.task("beside").update(withSequence={"count": 3, "end": 4}),
        "verify/argo-loop",
    ),
    Mistake(
        "an artifact and a volume share a path",
        lambda plan: plan.templates("make")["inputs"]["artifacts"][0].update(path="/scratch"),
        "verify/argo-artifact-path",
    ),
    Mistake(
        "an input artifact has no path",
        lambda plan: plan.templates("make")["inputs"]["artifacts"][0].pop("path"),
        "verify/argo-artifact-path",
    ),
    Mistake(
        "an artifact of a DAG has a path",
        lambda plan: plan.templates("main").update(
            inputs={"artifacts": [{"name": "rows", "path": "/x", "optional": True}]}
        ),
        "verify/argo-artifact-path",
    ),
    Mistake(
        "an output of a container is read from a task",
        output(valueFrom={"parameter": "{{inputs.parameters.a}}"}),
        "verify/argo-output",
    ),
    Mistake("an output has no source", output(), "verify/argo-output"),
    Mistake(
        "an output has a value and a source", output(value="1", valueFrom={"path": "/tmp/x"}), "verify/argo-output"
    ),
    Mistake("an output has two sources", output(valueFrom={"path": "/tmp/x", "jsonPath": ".a"}), "verify/argo-output"),
    Mistake(
        "`parallelism` stands on a container",
        lambda plan: plan.templates("plain").update(parallelism=2),
        "verify/argo-parallelism",
    ),
    Mistake(
        "a deadline stands on a DAG",
        lambda plan: plan.templates("main").update(activeDeadlineSeconds=60),
        "verify/argo-leaf-only",
    ),
    Mistake(
        "a timeout stands on steps", lambda plan: plan.templates("walk").update(timeout="1h"), "verify/argo-leaf-only"
    ),
    Mistake("a timeout has no unit", lambda plan: plan.templates("plain").update(timeout="60"), "verify/argo-duration"),
    Mistake(
        "a backoff is no duration",
        lambda plan: plan.templates("plain").update(retryStrategy={"limit": "2", "backoff": {"duration": "5 minutes"}}),
        "verify/argo-duration",
        argo_refuses=False,
    ),
    Mistake(
        "an image is blank",
        lambda plan: plan.templates("plain")["container"].update(image=" "),
        "verify/argo-image",
        argo_refuses=False,
    ),
    Mistake("an image is empty", lambda plan: plan.templates("plain")["container"].update(image=""), "verify/schema"),
    Mistake(
        "a sidecar has the name of Argo's own",
        lambda plan: plan.templates("plain").update(sidecars=[{"name": "wait", "image": IMAGE}]),
        "verify/argo-reserved-name",
        argo_refuses=False,
    ),
    Mistake(
        "a resource is applied without a manifest",
        lambda plan: plan.spec["templates"].append({"name": "apply", "resource": {"action": "apply"}}),
        "verify/argo-resource",
    ),
    Mistake(
        "an unknown field stands in a template", lambda plan: plan.templates("plain").update(retry={}), "verify/schema"
    ),
    Mistake(
        "a retry policy is not one of Argo's",
        lambda plan: plan.templates("plain").update(retryStrategy={"retryPolicy": "Sometimes"}),
        "verify/schema",
    ),
    Mistake(
        "a mutex is written in the way that Argo 4 refuses",
        lambda plan: plan.spec.update(synchronization={"mutex": {"name": "a"}}),
        "verify/schema",
        argo_refuses=False,
    ),
    Mistake(
        "a schedule is written in the way that Argo 4 refuses",
        lambda plan: plan.cron["spec"].update(schedule="0 3 * * *"),
        "verify/schema",
    ),
    Mistake("a schedule has four fields", lambda plan: plan.cron["spec"].update(schedules=["0 3 * *"]), "verify/cron"),
    Mistake(
        "a schedule has a minute that no hour has",
        lambda plan: plan.cron["spec"].update(schedules=["61 3 * * *"]),
        "verify/cron",
    ),
    Mistake(
        "a schedule counts Sunday as 7", lambda plan: plan.cron["spec"].update(schedules=["0 3 * * 7"]), "verify/cron"
    ),
    Mistake(
        "a time zone does not exist",
        lambda plan: plan.cron["spec"].update(timezone="Europe/Atlantis"),
        "verify/timezone",
        argo_refuses=False,
    ),
    Mistake(
        "the name of a CronWorkflow is too long",
        lambda plan: plan.cron["metadata"].update(name="a" * 53),
        "verify/name",
    ),
    Mistake(
        "the name of a WorkflowTemplate is too long",
        lambda plan: plan.template["metadata"].update(name="a" * 64),
        "verify/name",
    ),
    Mistake(
        "a container mounts a volume that is not there",
        lambda plan: plan.spec.update(volumes=[]),
        "verify/unknown-volume",
        argo_refuses=False,
    ),
)
