"""Every semantic rule: what it refuses, and the neighbour that it lets pass."""

from typing import Any

import pytest

from compiler.checks.interface import Check
from compiler.registry import discover
from tests.projects import GOOD, projects_of

CHECKS = {check.code: check for check in discover(()).checks(frozenset())}
DIGEST = "sha256:" + "0" * 64
PRODUCTION = {
    "environments": {"dev": None, "production": {"mode": "production"}},
    "training": {"image": f"a/train@{DIGEST}"},
    "deployment": {"image": f"a/serve@{DIGEST}"},
}


def _source(**contract: Any) -> dict[str, Any]:
    columns = GOOD["data"]["sources"][0]["contract"]["columns"]
    return {
        "data": {"sources": [{"name": "rows", "uri": "s3://lake/rows/", "contract": {"columns": columns} | contract}]}
    }


CASES = [
    (
        "schedules/cron",
        {"training": {"triggers": {"schedule": "0 0 31 2 *"}}},
        ["`0 0 31 2 *` never comes: no such month has that day"],
    ),
    ("quantities/quota", {"deployment": {"scaling": {"maximum": 81}}}, ["81 replicas are over the quota of 80 pods"]),
    ("quantities/quota", {"deployment": {"scaling": {"maximum": 80}}}, []),
    ("quantities/tuning", {"training": {"tuning": {"trials": 1001, "metric": "roc_auc", "space": {}}}},
     ["1001 trials are more than one workflow can hold"]),
    ("schedules/cron", {"training": {"triggers": {"schedule": "0 0 31 2,3 *"}}}, []),
    ("schedules/cron", {"training": {"triggers": {"schedule": "0 0 29 2 *"}}}, []),
    (
        "names/annotation",
        {"platform": {"service_account_annotations": {"argocd.argoproj.io/hook": "PreSync"}}},
        ["`argocd.argoproj.io/hook` is not for a spec to set"],
    ),
    ("names/annotation", {"platform": {"service_account_annotations": {"eks.amazonaws.com/role-arn": "arn:x"}}}, []),
    ("references/target-column", {"data": {"target": "lable"}}, ["target `lable` is not a column of source `rows`"]),
    ("references/target-needed", {"data": {"target": None}}, ["`target` is missing, and classification needs one"]),
    (
        "references/target-needed",
        {"data": {"target": None}, "training": {"task": "anomaly-detection", "algorithm": "isolation-forest"}},
        [],
    ),
    ("references/split-column", {"data": {"split": {"by": "time"}}}, ["a split by time has no `column`"]),
    (
        "references/split-column",
        {"data": {"split": {"by": "time", "column": "booked"}}},
        ["`booked` is not a column of the first source"],
    ),
    ("references/split-column", {"data": {"split": {"by": "time", "column": "booked_at"}}}, []),
    ("references/rule-columns", _source(rules=[{"name": "a", "assert": "settled_at >= booked_at"}]), []),
    (
        "references/rule-columns",
        _source(rules=[{"name": "a", "assert": "settled >= booked_at"}]),
        ["rule `a` compares `settled`, which is no column"],
    ),
    (
        "references/rule-columns",
        _source(rules=[{"name": "a", "assert": "__import__('os').system('id')"}]),
        ["rule `a` is not a comparison"],
    ),
    (
        "references/alert-monitor",
        {
            "alerts": {"rules": [{"on": "slo.latancy", "severity": "info"}]},
            "monitoring": {"slos": [{"name": "latency", "objective": 99, "threshold": "50ms"}]},
        },
        ["alert on `slo.latancy`, which is not monitored"],
    ),
    ("references/alert-monitor", {"alerts": {"rules": [{"on": "pipeline.failed", "severity": "info"}]}}, []),
    (
        "references/performance-metric",
        {"monitoring": {"performance": [{"metric": "recal", "minimum": 0.8}]}},
        ["`recal` is not computed for classification"],
    ),
    ("references/performance-metric", {"monitoring": {"performance": [{"metric": "recall", "minimum": 0.8}]}}, []),
    (
        "references/route-contact",
        {"alerts": {"routes": {"critical": ["pagerduty"]}}},
        ["critical alerts go to `pagerduty`, which is no contact of the project"],
    ),
    ("references/route-contact", {"alerts": {"routes": {"critical": ["slack"]}}}, []),
    (
        "names/derived-length",
        {"metadata": {"name": "a" * 40}},
        [f"the scheduled workflow would be called `dev-{'a' * 40}-training`, 53 characters, at most 52 are allowed"],
    ),
    ("names/derived-length", {"metadata": {"name": "a" * 39}}, []),
    (
        "names/unique-source",
        {"data": {"sources": [{"name": "a", "uri": "b"}, {"name": "a", "uri": "c"}], "target": "label"}},
        ["a second source is called `a`"],
    ),
    (
        "names/environment",
        {"environments": {"dev": None, "Prod_EU": {}}},
        ["`Prod_EU` cannot be the name of an environment"],
    ),
    (
        "names/environment",
        {"environments": {"dev": None, "repository": {}}},
        ["`repository` cannot be the name of an environment"],
    ),
    (
        "quantities/accelerator",
        {"training": {"hardware": {"accelerator": {"type": "nvidia-a1000"}}}},
        ["the platform has no accelerator `nvidia-a1000`"],
    ),
    (
        "quantities/accelerator",
        {"training": {"hardware": {"accelerator": {"type": "nvidia-t4", "count": 8}}}},
        ["8 accelerators on one node, `nvidia-t4` nodes have 4"],
    ),
    ("quantities/accelerator", {"training": {"hardware": {"accelerator": {"type": "nvidia-t4", "count": 4}}}}, []),
    ("quantities/replicas", {"deployment": {"scaling": {"minimum": 5, "maximum": 2}}}, ["minimum 5 is over maximum 2"]),
    (
        "quantities/replicas",
        {"deployment": {"scaling": {"target": {"metric": "cpu", "value": 150}}}},
        ["a target of 150 cpu is impossible"],
    ),
    (
        "quantities/column-range",
        _source(columns={"amount": {"type": "float64", "minimum": 2, "maximum": 1}}),
        ["column `amount` has minimum 2 over maximum 1"],
    ),
    (
        "quantities/column-range",
        _source(columns={"country": {"type": "string", "minimum": 1}}),
        ["column `country` of type string has a minimum"],
    ),
    (
        "quantities/column-range",
        _source(columns={"flag": {"type": "int8", "allowed": ["0"]}}),
        ["column `flag` of type int8 allows a value of another type"],
    ),
    (
        "quantities/spot",
        {"training": {"hardware": {"spot": True}, "retry": {"attempts": 0}}},
        ["spot machines and no retry: the first interruption ends the run"],
    ),
    (
        "quantities/spot",
        {"training": {"hardware": {"spot": True}}},
        ["spot machines and no checkpoint: an interrupted run starts from nothing"],
    ),
    ("quantities/spot", {"training": {"hardware": {"spot": True}, "checkpoint": {"every": "5m"}}}, []),
    ("quantities/nodes", {"training": {"hardware": {"nodes": 4}}}, ["4 nodes and nothing that trains on all of them"]),
    ("quantities/quota", {"training": {"hardware": {"cpu": 96}}}, ["cpu 96 is over the quota of 64"]),
    ("quantities/quota", {"training": {"hardware": {"memory": "1Ti"}}}, ["memory 1Ti is over the quota of 256Gi"]),
    (
        "quantities/tuning",
        {
            "training": {
                "tuning": {
                    "trials": 2,
                    "parallel": 4,
                    "metric": "roc_auc",
                    "space": {"a": {"minimum": 2, "maximum": 1}},
                }
            }
        },
        ["4 at once of 2 trials", "`a` goes from 2 to 1"],
    ),
    ("quantities/split-share", {"data": {"split": {"test": 1}}}, ["a test share of 1 leaves one side empty"]),
    ("schedules/cron", {"training": {"triggers": {"schedule": "0 25 * * *"}}}, ["`0 25 * * *` has a bad hour"]),
    (
        "schedules/cron",
        {"training": {"triggers": {"schedule": "0 3 * * *", "timezone": "Europe/Berlinn"}}},
        ["`Europe/Berlinn` is no time zone"],
    ),
    (
        "schedules/overlap",
        {"training": {"triggers": {"schedule": "*/30 * * * *"}}},
        ["runs start every 30 minutes and may take 4h"],
    ),
    ("schedules/overlap", {"training": {"triggers": {"schedule": "0 3 * * *"}}}, []),
    (
        "images/digest",
        PRODUCTION | {"training": {"image": "a/train:1"}},
        ["`a/train:1` is not pinned by digest, and production runs nothing else"],
    ),
    ("images/digest", PRODUCTION, []),
    ("images/latest", {"training": {"image": "a/train"}}, ["`a/train` names no version"]),
    ("images/latest", {"training": {"image": "a/train:latest"}}, ["`a/train:latest` names no version"]),
    ("secrets/plaintext", {"metadata": {"description": "AKIAIOSFODNN7EXAMPLE"}}, ["this value looks like a secret"]),
    (
        "secrets/plaintext",
        {
            "data": {
                "sources": [{"name": "a", "uri": "s3://b", "credentials": "secret://risk/lake#key"}],
                "target": "label",
            }
        },
        [],
    ),
    ("production/gates-on", PRODUCTION | {"validation": {"gates": []}}, ["no gate blocks a bad model from production"]),
    (
        "production/signed",
        PRODUCTION | {"model": {"signing": "optional"}},
        ["signing is optional, production serves signed models only"],
    ),
    (
        "production/mode",
        {"environments": {"dev": None, "production": {}}},
        ["environment `production` is in standard mode"],
    ),
    (
        "monitoring/objective",
        {"monitoring": {"slos": [{"name": "availability", "objective": 100}]}},
        ["objective 100 is not from 50 to below 100"],
    ),
    (
        "monitoring/objective",
        {"monitoring": {"slos": [{"name": "latency", "objective": 99}]}},
        ["a latency objective has no `threshold`"],
    ),
    (
        "monitoring/unique-objective",
        {
            "monitoring": {
                "slos": [{"name": "availability", "objective": 99}, {"name": "availability", "objective": 98}]
            }
        },
        ["a second objective is called `availability`"],
    ),
    (
        "monitoring/performance-limit",
        {"monitoring": {"performance": [{"metric": "recall"}]}},
        ["`recall` has neither a minimum nor a maximum"],
    ),
    (
        "alerts/duplicate",
        {"alerts": {"rules": [{"on": "gate.failed", "severity": "info"}] * 2}},
        ["a second info alert on `gate.failed`"],
    ),
    (
        "alerts/retrain",
        {"alerts": {"rules": [{"on": "gate.failed", "severity": "info", "then": "retrain"}]}},
        ["the alert on `gate.failed` retrains, and training does not start on drift"],
    ),
    (
        "promotion/chain",
        {"environments": {"dev": {"promotes_from": "stagin"}, "staging": {}}},
        ["there is no environment `stagin` to promote from"],
    ),
    (
        "promotion/chain",
        {"environments": {"dev": {"promotes_from": "staging"}, "staging": {"promotes_from": "dev"}}},
        ["promotion goes round: dev <- staging <- dev"],
    ),
    (
        "data/quarantine",
        _source(maximum_quarantined=0.1),
        ["rows are rejected, and a share of quarantined rows is allowed"],
    ),
    ("data/empty", {"data": {"sources": []}}, ["there is no data source"]),
    (
        "deployment/batch-settings",
        {"deployment": {"kind": "batch", "batch": {"output": "s3://x/"}}},
        ["a batch deployment has no `schedule`"],
    ),
    (
        "deployment/objectives-online",
        {
            "deployment": {"kind": "batch", "batch": {"schedule": "0 1 * * *", "output": "s3://x/"}},
            "monitoring": {"slos": [{"name": "availability", "objective": 99}]},
        },
        ["a batch deployment has objectives on requests"],
    ),
]


@pytest.mark.parametrize(("code", "overrides", "messages"), CASES)
def test_check(code: str, overrides: dict[str, Any], messages: list[str]) -> None:
    check = CHECKS[code]
    assert isinstance(check, Check)
    assert [diagnostic.message for diagnostic in check.run(projects_of(overrides)[0])] == messages


def test_every_check_is_in_the_table() -> None:
    assert set(CHECKS) - {code for code, *_ in CASES} == {"names/unique-project"}


def test_two_projects_of_one_name_are_refused() -> None:
    first = projects_of({})[0]
    second = first._replace(document=first.document._replace(file="specs/other/mlproject.yaml"))
    (found,) = CHECKS["names/unique-project"].run([first, second])
    assert found[1].message == "`fraud` is the name of specs/fraud/mlproject.yaml too"
