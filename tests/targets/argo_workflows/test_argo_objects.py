"""Argo Workflows: which objects a plan becomes, and when they run."""

import json

import pytest

from runtime.contract import PLAN_FILE, VERSION, digest
from tests.targets.argo_workflows.argo_rendering import found, manifests, refusals
from tests.targets.plans import full, minimal, pipeline, watch


def test_a_plan_without_training_and_batch_becomes_nothing() -> None:
    assert manifests(full()._replace(pipeline=None, batch=None)) == ()


def test_everything_the_full_plan_asks_for_is_there() -> None:
    assert [(each.concern, each.identity[1], each.identity[3]) for each in manifests(full())] == [
        ("pipeline", "ConfigMap", "card-fraud-training-plan"),
        ("pipeline", "WorkflowTemplate", "card-fraud-training"),
        ("pipeline", "CronWorkflow", "card-fraud-training"),
        ("batch", "ConfigMap", "card-fraud-batch-plan"),
        ("batch", "WorkflowTemplate", "card-fraud-batch"),
        ("batch", "CronWorkflow", "card-fraud-batch")]


def test_without_a_schedule_nothing_starts_by_itself() -> None:
    assert [each.identity[1] for each in manifests(minimal())] == ["ConfigMap", "WorkflowTemplate"]


def test_what_is_watched_is_a_workflow_of_its_own_with_a_schedule() -> None:
    plan = full()._replace(watch=watch())
    assert [each.identity[1] for each in manifests(plan) if each.concern == "drift"] == [
        "ConfigMap", "WorkflowTemplate", "CronWorkflow"]
    cron = found(plan, "CronWorkflow", "drift")
    assert cron.body["spec"]["schedules"] == ["7 * * * *"]
    assert cron.cause(("spec", "schedules", 0)) == ("monitoring", "drift", 0)
    template = found(plan, "WorkflowTemplate", "drift")
    assert template.body["spec"]["serviceAccountName"] == "card-fraud-drift"
    main, *_ = template.body["spec"]["templates"]
    assert [task.get("depends") for task in main["dag"]["tasks"]] == [None, "ingest.Succeeded"]


def test_a_schedule_starts_the_template_and_never_twice_at_once() -> None:
    spec = found(full(), "CronWorkflow").body["spec"]
    assert spec["schedules"] == ["0 3 * * 1"]
    assert spec["timezone"] == "Europe/Berlin"
    assert spec["suspend"] is False
    assert spec["concurrencyPolicy"] == "Forbid"
    assert spec["workflowSpec"] == {"workflowTemplateRef": {"name": "card-fraud-training"}}


def test_a_paused_schedule_is_suspended() -> None:
    schedule = pipeline().schedule
    assert schedule is not None
    plan = full()._replace(pipeline=pipeline()._replace(schedule=schedule._replace(is_paused=True)))
    assert found(plan, "CronWorkflow").body["spec"]["suspend"] is True


def test_a_finding_on_the_schedule_is_one_on_the_line_of_the_spec() -> None:
    cron = found(full(), "CronWorkflow")
    assert cron.cause(("spec", "schedules", 0)) == ("training", "triggers", "schedule")
    assert cron.cause(("spec", "timezone")) == ("training", "triggers", "schedule")


def test_the_plan_file_holds_the_settings_of_every_step() -> None:
    plan = json.loads(found(full(), "ConfigMap").body["data"][PLAN_FILE])
    assert (plan["contract"], plan["project"], plan["environment"]) == (VERSION, "card-fraud", "production")
    assert plan["steps"]["ingest"] == {"uri": "s3://acme-lake/curated/transactions/"}
    assert set(plan["steps"]) == {step.program for step in pipeline().steps} | {"notify"}


def test_the_settings_of_a_step_are_written_as_the_plan_has_them() -> None:
    steps = {step.program: step.settings for step in pipeline().steps}
    assert json.loads(found(full(), "ConfigMap").body["data"][PLAN_FILE])["steps"]["gates"] == steps["gates"]


def test_an_image_has_the_place_that_says_it() -> None:
    template = found(full(), "WorkflowTemplate")
    [index] = [index for index, one in enumerate(template.body["spec"]["templates"]) if one["name"] == "train"]
    assert template.cause(("spec", "templates", index, "container", "image")) == ("training", "image")


def test_gates_that_no_step_judges_are_refused() -> None:
    steps = tuple(step._replace(only_if=None) for step in pipeline().steps if step.program != "gates")
    [refusal] = refusals(full()._replace(pipeline=pipeline()._replace(steps=steps), batch=None))
    assert refusal.path == ("validation", "gates", 0)


def test_the_order_of_settings_does_not_matter() -> None:
    def plan_with(settings: dict[str, object]) -> str:
        steps = tuple(step._replace(settings=settings) for step in pipeline().steps)
        plan = full()._replace(pipeline=pipeline()._replace(steps=steps))
        text: str = found(plan, "ConfigMap").body["data"][PLAN_FILE]
        return text

    assert plan_with({"metric": "auc", "minimum": 0.9}) == plan_with({"minimum": 0.9, "metric": "auc"})


def test_a_run_knows_the_plan_file_that_it_was_made_for() -> None:
    text = found(full(), "ConfigMap").body["data"][PLAN_FILE]
    [parameter] = found(full(), "WorkflowTemplate").body["spec"]["arguments"]["parameters"]
    assert parameter == {"name": "plan-digest", "value": digest(text.encode())}


def test_a_run_is_limited_in_time_and_its_leftovers_go() -> None:
    spec = found(full(), "WorkflowTemplate").body["spec"]
    assert spec["activeDeadlineSeconds"] == 43200
    assert spec["ttlStrategy"]["secondsAfterFailure"] > spec["ttlStrategy"]["secondsAfterSuccess"] > 0
    assert spec["podGC"] == {"strategy": "OnPodSuccess"}


@pytest.mark.parametrize(("concern", "component"), [
    pytest.param("pipeline", "training", id="training"), pytest.param("batch", "batch", id="batch prediction")])
def test_pods_carry_the_labels_of_their_component(concern: str, component: str) -> None:
    spec = found(full(), "WorkflowTemplate", concern).body["spec"]
    assert spec["podMetadata"]["labels"]["app.kubernetes.io/component"] == component
    assert spec["serviceAccountName"] == f"card-fraud-{component}"


def test_what_a_run_reads_is_there_before_it_starts() -> None:
    waves = [int(each.body["metadata"].get("annotations", {}).get("argocd.argoproj.io/sync-wave", 0))
             for each in manifests(full()) if each.concern == "pipeline"]
    assert waves == sorted(set(waves))
