"""The objects of one run: ConfigMap, WorkflowTemplate, CronWorkflow."""

from collections.abc import Iterator
from typing import Any

from compiler.artifact.artifact import Manifest
from compiler.ir.common import Schedule
from compiler.source.digests import sha256_hex
from compiler.targets.kubernetes.metadata import labels, metadata, object_name
from compiler.targets.kubernetes.pods import pod_security
from compiler.targets.orchestrators.argo_workflows.flow import ENTRYPOINT, fan_out_template, main_template
from compiler.targets.orchestrators.argo_workflows.origins import schedule_origins, template_origins
from compiler.targets.orchestrators.argo_workflows.plan_file import plan_text
from compiler.targets.orchestrators.argo_workflows.run import Run
from compiler.targets.orchestrators.argo_workflows.templates import PLAN_DIGEST, step_template
from runtime.contract import PLAN_FILE

API_VERSION = "argoproj.io/v1alpha1"
DAY = 86400
MISSED_START_SECONDS = 600
"""How late a run may start when the controller was away at its time."""


def objects(run: Run) -> Iterator[Manifest]:
    """Yield the objects in the order in which they are applied: what a run reads, the run, what starts it."""
    text = plan_text(run)
    yield _plan(run, text)
    yield _workflow_template(run, sha256_hex(text.encode()))
    if run.schedule is not None:
        yield _cron_workflow(run, run.schedule)


def _plan(run: Run, text: str) -> Manifest:
    return Manifest(run.concern, {
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": metadata(run.plan, run.plan_name, run.component, wave=-1),
        "data": {PLAN_FILE: text}}, run.origin)


def _workflow_template(run: Run, plan_digest: str) -> Manifest:
    templates: list[dict[str, Any]] = [main_template(run)]
    for step in run.every_step:
        if step.fan_out is not None:
            templates.append(fan_out_template(step))
        templates.append(step_template(run, step))
    body = {"apiVersion": API_VERSION, "kind": "WorkflowTemplate",
            "metadata": metadata(run.plan, run.name, run.component),
            "spec": _spec(run, plan_digest) | {"templates": templates}}
    return Manifest(run.concern, body, run.origin, template_origins(run, templates))


def _spec(run: Run, plan_digest: str) -> dict[str, Any]:
    return {
        "entrypoint": ENTRYPOINT,
        **({"onExit": run.at_exit.name} if run.at_exit is not None else {}),
        "arguments": {"parameters": [{"name": PLAN_DIGEST, "value": plan_digest}]},
        "serviceAccountName": object_name(run.plan, run.component),
        "securityContext": pod_security(),
        "activeDeadlineSeconds": run.timeout_seconds,
        "workflowMetadata": {"labels": labels(run.plan, run.component)},
        "podMetadata": {"labels": labels(run.plan, run.component)},
        # The pods of failed steps stay, with their logs, as long as their workflow does.
        "podGC": {"strategy": "OnPodSuccess"},
        "ttlStrategy": {"secondsAfterSuccess": 7 * DAY, "secondsAfterFailure": 14 * DAY},
        "volumes": [{"name": "plan", "configMap": {"name": run.plan_name}},
                    *({"name": name, "emptyDir": {}} for name in ("work", "tmp", "no-token"))],
    }


def _cron_workflow(run: Run, schedule: Schedule) -> Manifest:
    body = {
        "apiVersion": API_VERSION, "kind": "CronWorkflow",
        "metadata": metadata(run.plan, run.name, run.component, wave=1),
        "spec": {
            "schedules": [schedule.cron], "timezone": schedule.timezone, "suspend": schedule.is_paused,
            "concurrencyPolicy": "Forbid", "startingDeadlineSeconds": MISSED_START_SECONDS,
            "successfulJobsHistoryLimit": 3, "failedJobsHistoryLimit": 3,
            "workflowSpec": {"workflowTemplateRef": {"name": run.name}}}}
    return Manifest(run.concern, body, schedule.origin, schedule_origins(schedule))
