"""The container template of a step."""

from typing import Any

from compiler.ir.pipeline import Retry, Step
from compiler.targets.kubernetes.metadata import object_name
from compiler.targets.kubernetes.pods import container_security, node_selector, resources, tolerations
from compiler.targets.orchestrators.argo_workflows.run import DRIFT, Run
from runtime.contract import (
    EXIT_BUG,
    EXIT_REFUSED,
    EXIT_USAGE,
    PLAN_FOLDER,
    PROGRAM,
    PUSHGATEWAY_VARIABLE,
    RUN_VARIABLE,
    STEPS,
    arguments,
    secret_variable,
)

WORK = "/work"
INPUTS = "/inputs"
"""Outside of every volume: into a volume, Argo writes inputs in a folder that its own user alone can read."""
TOKEN_FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount"
ITEM = "item"
"""The parameter of a step that runs once for each item."""
PLAN_DIGEST = "plan-digest"
"""The parameter of a run that says which plan file it was made for: one line that changes, not one a step."""

_FINAL = (EXIT_REFUSED, EXIT_USAGE, EXIT_BUG)
"""Exit codes after which another attempt gives the same answer."""


def step_template(run: Run, step: Step) -> dict[str, Any]:
    """Return the template that runs a step, called after it: once, or once for each item."""
    name = step.name if step.fan_out is None else item_template(step)
    template: dict[str, Any] = {
        "name": name, "inputs": _inputs(step), "outputs": _outputs(run, step),
        "metadata": {"labels": {"mlproject.dev/step": step.name}},
        "activeDeadlineSeconds": step.timeout_seconds,
        "retryStrategy": _retry_strategy(step.retry) if step.retry.attempts else {},
        "nodeSelector": node_selector(step.resources),
        "tolerations": tolerations(step.resources, spot_key=step.spot_key),
        "container": _container(run, step)}
    return {key: value for key, value in template.items() if value}


def item_template(step: Step) -> str:
    """Return the name of the template that runs one item of a step."""
    return f"{step.name}-{ITEM}"


def has_verdict(run: Run, step: Step) -> bool:
    """Tell whether another step waits for this one's verdict."""
    return any(other.only_if == step.name for other in run.steps)


def _inputs(step: Step) -> dict[str, Any]:
    contract = STEPS.get(step.program)
    optional = contract.optional if contract else ()
    artifacts = [{"name": given.name, "path": f"{INPUTS}/{given.name}"}
                 | ({"optional": True} if given.name in optional else {}) for given in step.inputs]
    return (({"parameters": [{"name": ITEM}]} if step.fan_out else {})
            | ({"artifacts": artifacts} if artifacts else {}))


def _outputs(run: Run, step: Step) -> dict[str, Any]:
    """Return the outputs: below the volume, since the image is read-only. Items have their result alone."""
    parameters = [{"name": "result", "valueFrom": {"path": f"{WORK}/result.json"}}]
    if has_verdict(run, step):
        parameters.append({"name": "verdict", "valueFrom": {"path": f"{WORK}/verdict"}})
    artifacts = [{"name": name, "path": f"{WORK}/outputs/{name}"} for name in _artifacts(step)]
    return {"parameters": parameters} | ({"artifacts": artifacts} if artifacts else {})


def _artifacts(step: Step) -> tuple[str, ...]:
    return step.outputs if step.fan_out is None else ()


def _retry_strategy(retry: Retry) -> dict[str, Any]:
    # Always, for the loss of a spot machine is an Error and not a Failure; the expression alone decides.
    strategy = {"limit": str(retry.attempts), "retryPolicy": "Always",
                "expression": " && ".join(f'lastRetry.exitCode != "{code}"' for code in _FINAL)}
    backoff = {"backoff": {"duration": f"{retry.backoff_seconds}s", "factor": "2"}} if retry.backoff_seconds else {}
    return strategy | backoff


def _container(run: Run, step: Step) -> dict[str, Any]:
    return {
        "image": step.image, "command": list(PROGRAM), "args": _arguments(run, step),
        "workingDir": WORK, "env": _environment(run, step), "resources": resources(step.resources),
        "securityContext": container_security(),
        "volumeMounts": [
            {"name": "plan", "mountPath": PLAN_FOLDER, "readOnly": True},
            {"name": "work", "mountPath": WORK},
            {"name": "tmp", "mountPath": "/tmp"},
            # Kubernetes gives no token to a container that has something else in its place. Argo's own containers
            # keep theirs, with which they report results; a step that had it could report those of other steps.
            {"name": "no-token", "mountPath": TOKEN_FOLDER, "readOnly": True}]}


def _arguments(run: Run, step: Step) -> list[str]:
    """Return the command line: words of the contract and tags; paths are Argo's (or the local runner's) to say."""
    return arguments(
        step.program,
        inputs={given.name: f"{{{{inputs.artifacts.{given.name}.path}}}}" for given in step.inputs},
        outputs={name: f"{{{{outputs.artifacts.{name}.path}}}}" for name in _artifacts(step)},
        result="{{outputs.parameters.result.path}}", plan_digest=f"{{{{workflow.parameters.{PLAN_DIGEST}}}}}",
        verdict="{{outputs.parameters.verdict.path}}" if has_verdict(run, step) else "",
        item=f"{{{{inputs.parameters.{ITEM}}}}}" if step.fan_out else "",
        status="{{workflow.status}}" if step is run.at_exit else "")


def _environment(run: Run, step: Step) -> list[dict[str, Any]]:
    plan = run.plan
    attributes = {"service.namespace": plan.identity.name, "deployment.environment.name": plan.environment.name,
                  "mlproject.team": plan.identity.team, "mlproject.step": step.name}
    # Where to send telemetry is the cluster's to say; without an endpoint the runtime sends none.
    return [
        {"name": "HOME", "value": "/tmp"},
        {"name": RUN_VARIABLE, "value": "{{workflow.name}}"},
        *([{"name": PUSHGATEWAY_VARIABLE, "value": plan.metrics.pushgateway}] if step.program == DRIFT else []),
        {"name": "OTEL_SERVICE_NAME", "value": run.name},
        {"name": "OTEL_RESOURCE_ATTRIBUTES", "value": ",".join(f"{key}={value}" for key, value in attributes.items())},
        *({"name": secret_variable(secret.name), "valueFrom": {"secretKeyRef": {
            "name": object_name(plan, "secrets"), "key": secret.name}}} for secret in step.secrets)]
