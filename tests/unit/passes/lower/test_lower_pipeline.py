"""Lowering the training pipeline: steps that fit together, settings that the runtime can read."""

import json

import pytest

from compiler.ir.common import Schedule, SecretKey
from compiler.ir.pipeline import Distribution, FanOut, Retry
from compiler.passes.lower import lower
from compiler.registry import discover
from runtime.contract import STEPS
from tests.kinds.projects import DIGEST, PINNED, project, source

REGISTRY = discover(())
GIB = 2**30
TUNING = {"trials": 6, "parallel": 3, "metric": "log_loss", "space": {
    "n_estimators": {"minimum": 10, "maximum": 100, "integer": True}, "criterion": {"choices": ["gini", "entropy"]}}}
FULL = {
    "training": {
        "tuning": TUNING, "timeout": "2h", "retry": {"attempts": 3, "backoff": "5m"}, "checkpoint": {"every": "10m"},
        "hardware": {"accelerator": {"type": "nvidia-a100-40gb", "count": 2}, "cpu": 8, "memory": "32Gi", "spot": True},
        "triggers": {"schedule": "0 3 * * *", "on_data": True}},
    "validation": {"gates": [
        {"kind": "metric", "metric": "roc_auc", "minimum": 0.9},
        {"kind": "fairness", "metric": "equalized_odds_difference", "groups": ["sex"], "maximum": 0.1},
        {"kind": "slice", "by": "country", "metric": "recall", "minimum": 0.7},
        {"kind": "slice", "by": "country", "metric": "recall", "maximum": 0.99, "mode": "warn"}]},
    "alerts": {"routes": {"critical": ["slack"]}, "rules": [{"on": "pipeline.failed", "severity": "critical"}]},
    "metadata": {"contacts": {"slack": "#risk"}},
}
CREDENTIALS = source(credentials="secret://risk/lake#reader")


def pipeline_of(*overrides, **changes):
    pipeline = lower(project(*overrides, **changes), REGISTRY.find).pipeline
    assert pipeline is not None
    return pipeline


def step_of(name, *overrides, **changes):
    pipeline = pipeline_of(*overrides, **changes)
    return next(step for step in (*pipeline.steps, pipeline.at_exit) if step and step.name == name)


def test_a_small_project_has_every_step_but_the_search():
    pipeline = pipeline_of()
    assert [step.name for step in pipeline.steps] == [
        "ingest", "validate", "profile", "features", "train", "evaluate", "gates", "export", "sign", "register",
        "promote"]
    assert (pipeline.name, pipeline.at_exit, pipeline.schedule) == ("card-fraud-training", None, None)
    assert pipeline.triggers == ()


def test_every_input_is_an_output_of_an_earlier_step():
    made: dict[str, tuple[str, ...]] = {}
    for step in pipeline_of(FULL).steps:
        assert set(step.after) <= set(made)
        assert all(read.output in made[read.step] for read in step.inputs)
        assert {read.step for read in step.inputs} <= set(step.after)
        made[step.name] = step.outputs


@pytest.mark.parametrize("overrides", [(), (FULL,)], ids=["small", "full"])
def test_every_step_reads_and_writes_what_the_runtime_says(overrides):
    for step in pipeline_of(*overrides).steps:
        contract = STEPS[step.program]
        names = {read.name for read in step.inputs}
        assert set(contract.inputs) - set(contract.optional) <= names <= set(contract.inputs)
        assert step.outputs == contract.outputs
        assert json.loads(json.dumps(step.settings)) == step.settings


def test_what_follows_the_gates_runs_only_after_a_pass():
    steps = pipeline_of(FULL).steps
    assert {step.name for step in steps if step.only_if == "gates"} == {"export", "sign", "register", "promote"}
    assert all("gates" in step.after for step in steps if step.only_if)


def test_no_environment_trains_without_training():
    assert lower(project({"training": {"enabled": False}}), REGISTRY.find).pipeline is None


def test_development_keeps_its_schedule_and_pauses_it():
    pipeline = pipeline_of(FULL, {"environment": {"mode": "development"}})
    assert pipeline.schedule == Schedule("0 3 * * *", "Etc/UTC", True, ("training", "triggers", "schedule"))
    assert pipeline.name == "dev-card-fraud-training"


def test_production_runs_its_schedule_and_its_triggers():
    pipeline = pipeline_of(FULL)
    assert (pipeline.schedule.is_paused, pipeline.triggers) == (False, ("data",))
    assert pipeline.timeout_seconds == 7200


def test_a_search_fans_out_and_training_reads_its_trials():
    tune, train = step_of("tune", FULL), step_of("train", FULL)
    assert tune.fan_out == FanOut((0, 1, 2, 3, 4, 5), 3)
    assert tune.settings["tuning"] == {
        "trials": 6, "metric": "log_loss", "direction": "minimize", "seed": 0, "space": {
            "criterion": {"choices": ["gini", "entropy"]},
            "n_estimators": {"minimum": 10, "maximum": 100, "log": False, "integer": True}}}
    assert [read.name for read in train.inputs] == ["train", "transform", "trials"]
    assert train.settings["checkpoint_seconds"] == 600


def test_only_what_fits_a_model_gets_accelerators_and_spot_machines():
    pipeline = pipeline_of(FULL)
    assert {step.name for step in pipeline.steps if step.spot_key} == {"tune", "train"}
    assert {step.name for step in pipeline.steps if step.resources.accelerator} == {"tune", "train"}
    accelerator = step_of("train", FULL).resources.accelerator
    assert (accelerator.resource, accelerator.devices) == ("nvidia.com/gpu", 2)


@pytest.mark.parametrize(("name", "cpu_millis", "memory_bytes"), [
    pytest.param("train", 8000, 32 * GIB, id="training gets its hardware"),
    pytest.param("validate", 1000, 16 * GIB, id="what reads rows gets half of the memory"),
    pytest.param("evaluate", 2000, 16 * GIB, id="what runs the model gets two cores"),
    pytest.param("register", 1000, 2 * GIB, id="what moves files gets little"),
])
def test_steps_get_what_they_need(name, cpu_millis, memory_bytes):
    resources = step_of(name, FULL).resources
    assert (resources.cpu_millis, resources.memory_bytes) == (cpu_millis, memory_bytes)


def test_no_step_outlives_the_run():
    steps = pipeline_of({"training": {"timeout": "20m"}}).steps
    timeouts = {step.name: step.timeout_seconds for step in steps}
    assert [timeouts[name] for name in ("train", "validate", "sign", "promote")] == [1200, 1200, 900, 900]


def test_every_step_is_tried_again_as_training_says():
    assert {step.retry for step in pipeline_of(FULL).steps} == {Retry(3, 300, ("training", "retry"))}


def test_several_nodes_are_a_distribution():
    assert step_of("train").distribution is None
    assert step_of("train", {"training": {"hardware": {"nodes": 4, "distributed_with": "ray"}}}).distribution == \
        Distribution("ray", 4, ("training", "hardware", "nodes"))


def test_secrets_reach_the_steps_that_read_them_and_no_others():
    plan = lower(project(CREDENTIALS), REGISTRY.find)
    key = SecretKey("source-transactions", "risk/lake", "reader", ("data", "sources", 0, "credentials"))
    assert {step.name: [secret.name for secret in step.secrets] for step in plan.pipeline.steps if step.secrets} == {
        "ingest": ["source-transactions"], "sign": ["signing-key"]}
    assert plan.secrets.keys == (
        SecretKey("signing-key", "mlproject/signing", "private-key", ("model", "signing_key")), key)
    assert step_of("ingest", CREDENTIALS).settings["sources"][0]["secret"] == "source-transactions"


def test_without_signing_no_key_is_fetched():
    plan = lower(project({"model": {"signing": "off"}}), REGISTRY.find)
    assert plan.secrets.keys == ()
    assert step_of("sign", {"model": {"signing": "off"}}).settings == {"signing": "off", "secret": None}


def test_gates_are_listed_and_judged_under_unique_names():
    pipeline = pipeline_of(FULL)
    names = ["metric-roc-auc", "fairness-equalized-odds-difference", "slice-country-recall", "slice-country-recall-2"]
    assert [gate.name for gate in pipeline.gates] == names
    assert [gate["name"] for gate in step_of("gates", FULL).settings["gates"]] == names
    evaluate = step_of("evaluate", FULL).settings
    assert (evaluate["slices"], evaluate["groups"]) == (["country"], ["sex"])


def test_the_champion_is_the_model_of_the_lock():
    assert step_of("gates").settings["champion"] is None
    assert step_of("gates", model=PINNED).settings["champion"] == {
        "version": "17", "uri": "s3://models/card-fraud/17/", "digest": DIGEST, "must_be_signed": True}


def test_a_contract_is_lowered_with_units_and_rules_in_parts():
    contract = {"columns": {"b": {"type": "float64"}, "a": {"type": "int8", "allowed": [0, 1], "nullable": False}},
                "rules": [{"name": "order", "assert": "a <= b"}, {"name": "sign", "assert": "b>-1.5"}],
                "freshness": "24h", "minimum_rows": 10, "on_violation": "quarantine", "maximum_quarantined": 0.01}
    lowered = step_of("validate", source(contract=contract, time_column="a")).settings["sources"][0]["contract"]
    bounds = {"minimum": None, "maximum": None, "protected": False, "unique": False}
    assert lowered == {
        "columns": {"a": {"type": "int8", "nullable": False, "allowed": [0, 1]} | bounds,
                    "b": {"type": "float64", "nullable": True, "allowed": None} | bounds},
        "rules": [{"name": "order", "left": "a", "operator": "<=", "right": {"column": "b"}},
                  {"name": "sign", "left": "b", "operator": ">", "right": {"number": -1.5}}],
        "freshness_seconds": 86400, "minimum_rows": 10, "on_violation": "quarantine", "maximum_quarantined": 0.01}


def test_data_without_a_contract_is_passed_on():
    assert step_of("validate", source(contract=None)).settings["sources"] == [
        {"name": "transactions", "time_column": None, "contract": None}]


@pytest.mark.parametrize(("overrides", "told"), [
    pytest.param({}, True, id="someone is told of a failed pipeline"),
    pytest.param({"alerts": {"enabled": False}}, False, id="alerts are off"),
    pytest.param({"alerts": {"routes": {"critical": []}}}, False, id="nobody is on the route"),
    pytest.param({"alerts": {"rules": []}}, False, id="no rule speaks of pipelines"),
])
def test_notify_runs_when_there_is_someone_to_tell(overrides, told):
    assert (pipeline_of(FULL, overrides).at_exit is not None) is told


def test_a_channel_that_is_told_brings_its_secret():
    secrets = {"slack": "secret://risk/alerts#slack", "email": "secret://risk/alerts#mail"}
    at_exit = pipeline_of(FULL, {"alerts": {"secrets": secrets}}).at_exit
    assert at_exit.secrets == (SecretKey("notify-slack", "risk/alerts", "slack", ("alerts", "secrets", "slack")),)


def test_registering_writes_down_what_the_model_learned_from():
    lineage = step_of("register", FULL).settings["lineage"]
    assert (lineage["project"], lineage["environment"], lineage["team"]) == ("card-fraud", "production", "risk")
    assert lineage["training"]["algorithm"] == "random-forest"
    assert lineage["sources"] == [
        {"name": "transactions", "uri": "s3://lake/transactions/", "classification": "internal"}]
