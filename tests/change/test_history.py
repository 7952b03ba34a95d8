# A line of the table is a line of the plan.
# ruff: noqa: E501
"""A scripted history: each meaning at least once, alone and with others, with its grade, lines and reviewers."""

from typing import NamedTuple

import pytest

from compiler.change.families import families
from compiler.change.summary import lines_of
from tests.change.histories import (
    LOCK,
    PINNED,
    Edit,
    History,
    comment,
    cut,
    defaults,
    grow,
    policy,
    put,
    removed_project,
    second_project,
)

GATES, STRATEGY = ("validation", "gates"), ("deployment", "strategy")
COLUMNS = ("data", "sources", 0, "contract", "columns")


class Case(NamedTuple):
    """A commit of the history and what its plan must say; `lines` hold all of it, the gravest first."""

    id: str
    edits: tuple[Edit, ...]
    grade: str
    reviewers: dict[str, int]
    lines: tuple[str, ...]


CASES = (
    Case(
        "a comment alone",
        (comment(),),
        "none",
        {},
        ("none fraud [dev,production,staging]: only the index of the folder changes: nothing is meant otherwise",),
    ),
    Case(
        "a description",
        (put("metadata", "description", value="Scores card payments."),),
        "low",
        {"risk": 1},
        ("low fraud [dev,production,staging]: the description is another one",),
    ),
    Case(
        "another parameter retrains",
        (put("training", "parameters", "max_depth", value=6),),
        "medium",
        {"risk": 1},
        (
            "medium fraud [production,staging]: retrains because `training.parameters.max_depth` 4 -> 6; at the next run (0 3 * * 1)",
            "low fraud [dev]: retrains because `training.parameters.max_depth` 4 -> 6; at the next run (0 3 * * 1, paused)",
        ),
    ),
    Case(
        "another seed and another algorithm retrain",
        (
            put("training", "seed", value=7),
            put("training", "algorithm", value="random-forest"),
            put("training", "parameters", value={}),
        ),
        "medium",
        {"risk": 1},
        (
            "medium fraud [production,staging]: retrains because `training.algorithm` gradient-boosting -> random-forest, `training.parameters.max_depth` 6 -> none, `training.seed` 0 -> 7; at the next run (0 3 * * 1)",
            "low fraud [dev]: retrains because `training.algorithm` gradient-boosting -> random-forest, `training.parameters.max_depth` 6 -> none, `training.seed` 0 -> 7; at the next run (0 3 * * 1, paused)",
        ),
    ),
    Case(
        "a gate loosened",
        (put(*GATES, 0, "minimum", value=0.9),),
        "high",
        {"risk": 2},
        ("high fraud [dev,production,staging]: gate `roc_auc` loosened: minimum 0.94 -> 0.9",),
    ),
    Case(
        "a gate tightened",
        (put(*GATES, 0, "minimum", value=0.92),),
        "low",
        {"risk": 1},
        ("low fraud [dev,production,staging]: gate `roc_auc` tightened: minimum 0.9 -> 0.92",),
    ),
    Case(
        "a gate removed",
        (cut(*GATES, 1),),
        "critical",
        {"governance": 1, "platform": 1, "risk": 2},
        ("critical fraud [dev,production,staging]: gate `f1` removed",),
    ),
    Case(
        "a gate added",
        (grow(*GATES, value={"kind": "footprint", "maximum": "64Mi"}),),
        "low",
        {"risk": 1},
        ("low fraud [dev,production,staging]: gate `footprint` added",),
    ),
    Case(
        "a gate that only warns",
        (put(*GATES, 1, "mode", value="warn"),),
        "high",
        {"risk": 2},
        ("high fraud [dev,production,staging]: gate `champion roc_auc` weakened: mode block -> warn",),
    ),
    Case(
        "fairness loosened",
        (put(*GATES, 2, "maximum", value=0.2),),
        "high",
        {"governance": 1, "risk": 2},
        (
            "high fraud [dev,production,staging]: gate `fairness demographic_parity_difference` loosened: maximum 0.1 -> 0.2",
        ),
    ),
    Case(
        "fairness dropped",
        (cut(*GATES, 2),),
        "critical",
        {"governance": 1, "platform": 1, "risk": 2},
        ("critical fraud [dev,production,staging]: gate `fairness demographic_parity_difference` dropped",),
    ),
    Case(
        "a latency gate in other units is tighter",
        (put(*GATES, 2, "maximum", value="15ms"),),
        "low",
        {"risk": 1},
        ("low fraud [dev,production,staging]: gate `latency p95` tightened: maximum 20ms -> 15ms",),
    ),
    Case(
        "traffic moves faster",
        (put(*STRATEGY, "steps", 0, "weight", value=25),),
        "high",
        {"risk": 2},
        ("high fraud [dev,production,staging]: traffic 10 -> 25 % in step 1",),
    ),
    Case(
        "traffic moves unwatched",
        (cut(*STRATEGY, "analysis"),),
        "critical",
        {"governance": 1, "platform": 1, "risk": 2},
        ("critical fraud [dev,production,staging]: traffic moves without watching `availability`",),
    ),
    Case(
        "another strategy",
        (put(*STRATEGY, value={"kind": "direct"}),),
        "high",
        {"risk": 2},
        ("high fraud [dev,production,staging]: a new model takes over by canary -> direct",),
    ),
    Case(
        "a column goes",
        (cut(*COLUMNS, "country"),),
        "high",
        {"risk": 2},
        (
            "high fraud [dev,production,staging]: schema breaks: column `country` of `rows` removed",
            "medium fraud [production,staging]: retrains because `data.sources[0].contract.columns.country` {type: category, allowed: [DE, FR]} -> none; at the next run (0 3 * * 1)",
            "low fraud [dev]: retrains because `data.sources[0].contract.columns.country` {type: category, allowed: [DE, FR]} -> none; at the next run (0 3 * * 1, paused)",
        ),
    ),
    Case(
        "a column changes its type",
        (put(*COLUMNS, "amount", "type", value="float32"),),
        "high",
        {"risk": 2},
        (
            "high fraud [dev,production,staging]: schema breaks: column `amount` of `rows`: type float64 -> float32",
            "medium fraud [production,staging]: retrains because `data.sources[0].contract.columns.amount.type` float64 -> float32; at the next run (0 3 * * 1)",
            "low fraud [dev]: retrains because `data.sources[0].contract.columns.amount.type` float64 -> float32; at the next run (0 3 * * 1, paused)",
        ),
    ),
    Case(
        "a column comes",
        (put(*COLUMNS, "age", value={"type": "int16"}),),
        "medium",
        {"risk": 1},
        (
            "medium fraud [dev,production,staging]: column `age` of `rows` added: int16",
            "medium fraud [production,staging]: retrains because `data.sources[0].contract.columns.age` none -> {type: int16}; at the next run (0 3 * * 1)",
            "low fraud [dev]: retrains because `data.sources[0].contract.columns.age` none -> {type: int16}; at the next run (0 3 * * 1, paused)",
        ),
    ),
    Case(
        "a contract asks for less",
        (
            put("data", "sources", 0, "contract", "minimum_rows", value=10),
            cut(*COLUMNS, "amount", "minimum"),
        ),
        "high",
        {"risk": 2},
        (
            "high fraud [dev,production,staging]: contract of `rows` loosened: minimum rows 1000 -> 10",
            "high fraud [dev,production,staging]: column `amount` of `rows` loosened: minimum 0 -> none",
        ),
    ),
    Case(
        "data moves and is called less sensitive",
        (
            put("data", "sources", 0, "uri", value="s3://lake/other/"),
            put("data", "sources", 0, "classification", value="internal"),
        ),
        "high",
        {"privacy": 1, "risk": 2},
        (
            "high fraud [dev,production,staging]: source `rows` is internal data, before pii",
            "high fraud [dev,production,staging]: source `rows`: uri s3://lake/rows/ -> s3://lake/other/",
            "medium fraud [production,staging]: retrains because `data.sources[0].uri` s3://lake/rows/ -> s3://lake/other/; at the next run (0 3 * * 1)",
            "low fraud [dev]: retrains because `data.sources[0].uri` s3://lake/rows/ -> s3://lake/other/; at the next run (0 3 * * 1, paused)",
        ),
    ),
    Case(
        "a model promoted",
        (
            put(
                "environments",
                "production",
                file=LOCK,
                value={**PINNED, "version": "8", "digest": "sha256:" + "8" * 64, "uri": "s3://models/fraud/8/"},
            ),
        ),
        "high",
        {"risk": 2},
        ("high fraud [production]: model promoted: version 7 -> 8",),
    ),
    Case(
        "a model rolled back",
        (put("environments", "production", file=LOCK, value=PINNED),),
        "high",
        {"risk": 2},
        ("high fraud [production]: model rolled back: version 8 -> 7",),
    ),
    Case(
        "another content under one version",
        (put("environments", "production", "digest", file=LOCK, value="sha256:" + "9" * 64),),
        "critical",
        {"governance": 1, "platform": 1, "risk": 2},
        ("critical fraud [production]: version 7 is another model: digest sha256:333333333333 -> sha256:999999999999",),
    ),
    Case(
        "signatures are optional",
        (put("environments", "staging", "model", value={"signing": "optional"}),),
        "high",
        {"risk": 2, "security": 1},
        ("high fraud [staging]: signatures required -> optional",),
    ),
    Case(
        "an alert silenced",
        (cut("alerts", "rules", 1),),
        "high",
        {"risk": 2},
        ("high fraud [dev,production,staging]: alert on `drift.data` silenced",),
    ),
    Case(
        "an alert lowered and late",
        (put("alerts", "rules", 0, value={"on": "slo.availability", "severity": "warning", "for": "30m"}),),
        "high",
        {"risk": 2},
        (
            "high fraud [dev,production,staging]: alert on `slo.availability` lowered: critical -> warning",
            "medium fraud [dev,production,staging]: alert on `slo.availability` waits 0s -> 30m",
        ),
    ),
    Case(
        "a route loses the pager",
        (put("alerts", "routes", "critical", value=["slack"]),),
        "high",
        {"risk": 2},
        ("high fraud [dev,production,staging]: critical alerts go to [pagerduty, slack] -> [slack]",),
    ),
    Case(
        "an objective loosened",
        (put("monitoring", "slos", 0, "objective", value=99),),
        "high",
        {"risk": 2},
        ("high fraud [dev,production,staging]: objective `availability` loosened: objective 99.9 -> 99",),
    ),
    Case(
        "drift is watched less",
        (put("monitoring", "drift", 0, "maximum", value=0.5),),
        "high",
        {"risk": 2},
        ("high fraud [dev,production,staging]: drift monitor `data` loosened: maximum 0.2 -> 0.5",),
    ),
    Case(
        "performance is not watched",
        (put("monitoring", "performance", value=[]),),
        "critical",
        {"governance": 1, "platform": 1, "risk": 2},
        ("critical fraud [dev,production,staging]: performance monitor `roc_auc` removed",),
    ),
    Case(
        "another secret is read",
        (put("data", "sources", 0, "credentials", value="secret://risk/lake#reader"),),
        "high",
        {"risk": 2, "security": 1},
        (
            "high fraud [dev,production,staging]: source `rows`: credentials none -> secret://risk/lake#reader",
            "high fraud [dev,production,staging]: secret scope widened: `ingest` reads `risk/lake#reader`",
        ),
    ),
    Case(
        "fewer and larger replicas",
        (
            put("deployment", "scaling", "minimum", value=1),
            put("deployment", "hardware", value={"cpu": 2, "memory": "4Gi"}),
        ),
        "high",
        {"risk": 2},
        (
            "high fraud [dev,production,staging]: fewest replicas 2 -> 1",
            "medium fraud [dev,production,staging]: serving: cpu 1 -> 2",
            "medium fraud [dev,production,staging]: serving: memory 1Gi -> 4Gi",
        ),
    ),
    Case(
        "training on a GPU",
        (put("training", "hardware", "accelerator", value={"type": "nvidia-l4", "count": 1}),),
        "medium",
        {"risk": 1},
        ("medium fraud [dev,production,staging]: training: accelerator none -> {type: nvidia-l4, count: 1}",),
    ),
    Case(
        "trained at another time",
        (put("training", "triggers", "schedule", value="0 4 * * *"),),
        "medium",
        {"risk": 1},
        ("medium fraud [dev,production,staging]: schedule of training 0 3 * * 1 -> 0 4 * * *",),
    ),
    Case(
        "another image",
        (put("training", "image", value="ghcr.io/mlproject-dev/train@sha256:" + "c" * 64),),
        "high",
        {"risk": 2},
        (
            "high fraud [dev,production,staging]: image of the pipeline ghcr.io/mlproject-dev/train@sha256:aaaaaaaaaaaa -> ghcr.io/mlproject-dev/train@sha256:cccccccccccc",
            "medium fraud [production,staging]: retrains because its image is another one; at the next run (0 4 * * *)",
            "low fraud [dev]: retrains because its image is another one; at the next run (0 4 * * *, paused)",
        ),
    ),
    Case(
        "an image that is no longer pinned, in staging",
        (put("environments", "staging", "deployment", value={"image": "ghcr.io/mlproject-dev/serve:2"}),),
        "high",
        {"risk": 2},
        (
            "high fraud [staging]: image of the server is no longer pinned: ghcr.io/mlproject-dev/serve@sha256:bbbbbbbbbbbb -> ghcr.io/mlproject-dev/serve:2",
        ),
    ),
    Case(
        "open to the outside",
        (put("deployment", "public", value=True),),
        "critical",
        {"governance": 1, "platform": 1, "risk": 2, "security": 1},
        ("critical fraud [dev,production,staging]: callers outside the cluster are let in",),
    ),
    Case(
        "another chain, fewer approvals, less soak",
        (
            put(
                "environments",
                "production",
                value={"promotes_from": "dev", "mode": "production", "approvals": 1, "soak": "1h"},
            ),
        ),
        "high",
        {"risk": 2},
        (
            "high fraud [production]: approvals of a promotion 2 -> 1",
            "high fraud [production]: models come from staging -> dev",
            "high fraud [production]: soak before a promotion 24h -> 1h",
        ),
    ),
    Case(
        "much at once",
        (
            put(*GATES, 0, "minimum", value=0.5),
            put("training", "parameters", value={"n_estimators": 10}),
            put("alerts", "rules", 1, "for", value="1h"),
        ),
        "high",
        {"risk": 2},
        (
            "high fraud [dev,production,staging]: gate `roc_auc` loosened: minimum 0.92 -> 0.5",
            "medium fraud [dev,production,staging]: alert on `pipeline.failed` waits 0s -> 1h",
            "medium fraud [production,staging]: retrains because `training.parameters.n_estimators` none -> 10; at the next run (0 4 * * *)",
            "low fraud [dev]: retrains because `training.parameters.n_estimators` none -> 10; at the next run (0 4 * * *, paused)",
        ),
    ),
    Case(
        "nothing watches production",
        (put("environments", "production", "monitoring", value={"enabled": False}),),
        "critical",
        {"governance": 1, "platform": 1, "risk": 2},
        ("critical fraud [production]: monitoring is switched off",),
    ),
    Case(
        "another owner and a lower tier",
        (
            put("metadata", "team", value="fraud"),
            put("metadata", "tier", value="standard"),
        ),
        "critical",
        {"fraud": 2, "governance": 1, "platform": 1, "risk": 2},
        (
            "critical fraud [dev,production,staging]: tier critical -> standard: defaults and policies follow it",
            "high fraud [dev,production,staging]: owner risk -> fraud",
            "medium what all projects share differs: file `CODEOWNERS` (change)",
            "medium fraud [dev,production,staging]: platform: `platform.quota.accelerators` 8 -> 4",
            "medium fraud [dev,production,staging]: platform: `platform.quota.cpu` 128 -> 64",
            "medium fraud [dev,production,staging]: platform: `platform.quota.memory` 512Gi -> 256Gi",
            "medium fraud [dev,production,staging]: platform: `platform.quota.pods` 150 -> 80",
            "low fraud [dev,production,staging]: `training.retry.attempts` 3 -> 2",
        ),
    ),
    Case(
        "elsewhere, in another cluster",
        (put("platform", value={"cluster": {"server": "https://other.example.org:6443"}, "quota": {"pods": 90}}),),
        "critical",
        {"fraud": 2, "platform": 1},
        (
            "critical fraud [dev,production,staging]: platform: `platform.cluster.server` https://kubernetes.default.svc -> https://other.example.org:6443",
            "medium fraud [dev,production,staging]: platform: `platform.quota.pods` 80 -> 90",
        ),
    ),
    Case(
        "served no longer",
        (put("environments", "production", "deployment", value={"enabled": False}),),
        "critical",
        {"fraud": 2, "platform": 1},
        ("critical fraud [production]: serving stops in this environment",),
    ),
    Case(
        "an environment removed",
        (
            cut("environments", "production"),
            cut("environments", "production", file=LOCK),
        ),
        "critical",
        {"fraud": 2, "platform": 1},
        (
            "critical fraud [production]: environment removed",
            "medium what all projects share differs: AppProject `mlproject.production` (delete), Application `mlproject.production` (delete)",
        ),
    ),
    Case(
        "an environment added",
        (put("environments", "canary", value={"promotes_from": "staging"}),),
        "medium",
        {"fraud": 1, "platform": 1},
        (
            "medium what all projects share differs: AppProject `mlproject.canary` (add), Application `mlproject.canary` (add)",
            "low fraud [canary]: environment added",
        ),
    ),
    Case(
        "an environment held to no rules",
        (put("environments", "staging", "mode", value="development"),),
        "high",
        {"fraud": 1, "platform": 1},
        ("high fraud [staging]: mode standard -> development",),
    ),
    Case(
        "batch instead of online, with another registry",
        (
            put(
                "deployment",
                value={"kind": "batch", "batch": {"schedule": "0 5 * * *", "output": "s3://lake/predictions/"}},
            ),
            put("model", "registry", "name", value="fraud-batch"),
            put("environments", "staging", "deployment", value={}),
            put("monitoring", "slos", value=[]),
            cut("alerts", "rules", 0),
        ),
        "high",
        {"fraud": 1, "platform": 1, "security": 1},
        (
            "high fraud [canary,dev]: image of the server is no longer pinned: ghcr.io/mlproject-dev/serve@sha256:bbbbbbbbbbbb -> ghcr.io/mlproject-dev/serve:0.1.0",
            "high fraud [canary,dev,staging]: objective `availability` removed",
            "high fraud [canary,dev,staging]: objective `latency` removed",
            "high fraud [canary,dev,staging]: predictions are made online -> batch",
            "medium fraud [canary,dev,staging]: alert on `slo.availability` silenced",
            "medium fraud [canary,dev,staging]: models are registered elsewhere: {with: mlflow, name: fraud} -> {with: mlflow, name: fraud-batch}",
            "medium fraud [canary,dev,staging]: callers outside the cluster are kept out",
            "medium fraud [canary,dev,staging]: most replicas 6 -> 3",
            "medium fraud [canary,dev,staging]: secret scope widened: `batch-predict` reads `risk/lake#reader`",
            "low fraud [canary,dev,staging]: serving: cpu 2 -> 1",
            "low fraud [canary,dev,staging]: serving: memory 4Gi -> 1Gi",
            "low fraud [staging]: image of the server ghcr.io/mlproject-dev/serve:2 -> ghcr.io/mlproject-dev/serve:0.1.0",
            "low fraud [canary,dev,staging]: schedule of batch prediction none -> 0 5 * * *",
        ),
    ),
    Case(
        "retries and a description of nothing known",
        (put("training", "retry", value={"attempts": 5}),),
        "low",
        {"fraud": 1},
        ("low fraud [canary,dev,staging]: `training.retry.attempts` 2 -> 5",),
    ),
    Case(
        "a second project",
        (second_project(),),
        "medium",
        {"platform": 1, "risk": 1},
        (
            "medium what all projects share differs: AppProject `mlproject.dev` (add), AppProject `mlproject.production` (add), AppProject `mlproject.staging` (add)",
            "medium other [dev,production,staging]: project added",
        ),
    ),
    Case(
        "a project removed",
        (removed_project(),),
        "critical",
        {"platform": 1, "risk": 2},
        (
            "critical other [dev,production,staging]: project removed",
            "medium what all projects share differs: AppProject `mlproject.dev` (delete), AppProject `mlproject.production` (delete), AppProject `mlproject.staging` (delete)",
        ),
    ),
    Case(
        "defaults of the organisation",
        (defaults(),),
        "low",
        {"fraud": 1},
        ("low fraud [canary,dev,staging]: platform: `platform.sampling` 10 -> 5",),
    ),
    Case(
        "a policy edited",
        (policy(),),
        "critical",
        {"governance": 1, "platform": 2},
        ("critical policies differ: those of the base judge this proposal",),
    ),
)

DELETES = "]: deletes "
"""Which objects a project has is the affair of the targets: what is deleted has a test of its own."""


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    made = History(tmp_path_factory.mktemp("history"))
    for case in CASES:
        made.edit(*case.edits, message=case.id)
    return made


@pytest.mark.xdist_group("history")
@pytest.mark.parametrize("number", range(len(CASES)), ids=[case.id for case in CASES])
def test_a_commit_is_told_by_what_it_means(history: History, number: int) -> None:
    case = CASES[number]
    plan = history.step(number).document
    assert plan is not None
    lines = [
        f"{line.grade} {f'{line.project} [{chr(44).join(line.environments)}]: ' if line.project else ''}{line.message}"
        for line in lines_of(plan)
    ]
    assert tuple(line for line in lines if DELETES not in line) == case.lines
    assert (plan["grade"], plan["reviewers"]) == (case.grade, case.reviewers)


@pytest.mark.xdist_group("history")
@pytest.mark.parametrize(
    ("id", "named"),
    [
        pytest.param("served no longer", "InferenceService `fraud`", id="served no longer"),
        pytest.param("an environment removed", "Namespace `fraud-production`", id="an environment removed"),
        pytest.param("a project removed", "Application `other-production`", id="a project removed"),
        pytest.param("fewer and larger replicas", "PodDisruptionBudget `fraud`", id="fewer and larger replicas"),
    ],
)
def test_what_is_deleted_is_named(history: History, id: str, named: str) -> None:
    plan = history.step([case.id for case in CASES].index(id)).document
    assert plan is not None
    assert any(named in line.message for line in lines_of(plan) if line.code == "objects/deleted")


def test_the_history_is_as_long_as_it_should_be() -> None:
    assert len(CASES) >= 40


@pytest.mark.xdist_group("history")
def test_every_family_has_its_say(history: History) -> None:
    plans = [history.step(number).document for number in range(len(CASES))]
    told = {
        meaning["code"].partition("/")[0]
        for plan in plans
        if plan
        for project in plan["projects"]
        for meaning in project["meanings"]
    }
    assert {family.name for family in families()} <= told
