"""Scripted histories: a rich project, edits of it, and a Git repository with a commit an edit."""

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from compiler.git.objects import Git
from compiler.policy.interface import Input, Judgement, Stage
from compiler.policy.packs import built_in_folder
from compiler.registry import discover
from compiler.review.plan import Planned, Wanted, make_plan
from compiler.review.revisions import ends, revisions

DEFAULTS, OTHER = "specs/defaults.yaml", "specs/other/mlproject.yaml"
SPEC, LOCK = "specs/fraud/mlproject.yaml", "specs/fraud/mlproject.lock"
DIGEST = "sha256:" + "3" * 64
IMAGE = "ghcr.io/mlproject-dev/train@sha256:" + "a" * 64
PROJECT: dict[str, Any] = {
    "apiVersion": "mlproject.dev/v1alpha1",
    "kind": "MLProject",
    "metadata": {
        "name": "fraud",
        "team": "risk",
        "tier": "critical",
        "description": "Scores cards.",
        "scores_people": True,
        "contacts": {"slack": "#risk", "pagerduty": "risk", "runbook_owner": "risk"},
    },
    "data": {
        "sources": [
            {
                "name": "rows",
                "uri": "s3://lake/rows/",
                "classification": "pii",
                "version": {"with": "dvc", "path": "data/rows"},
                "contract": {
                    "columns": {
                        "amount": {"type": "float64", "minimum": 0},
                        "country": {"type": "category", "allowed": ["DE", "FR"]},
                        "sex": {"type": "category", "protected": True},
                        "label": {"type": "int8", "allowed": [0, 1]},
                    },
                    "rules": [{"name": "positive", "assert": "amount >= 0"}],
                    "freshness": "24h",
                    "minimum_rows": 1000,
                },
            }
        ],
        "target": "label",
    },
    "training": {
        "algorithm": "gradient-boosting",
        "image": IMAGE,
        "parameters": {"max_depth": 4},
        "hardware": {"cpu": 4, "memory": "8Gi"},
        "triggers": {"schedule": "0 3 * * 1"},
        "timeout": "2h",
    },
    "validation": {
        "gates": [
            {"kind": "metric", "metric": "roc_auc", "minimum": 0.94},
            {"kind": "metric", "metric": "f1", "minimum": 0.8},
            {"kind": "champion", "metric": "roc_auc"},
            {"kind": "fairness", "metric": "demographic_parity_difference", "groups": ["sex"], "maximum": 0.1},
            {"kind": "latency", "percentile": "p95", "maximum": "20ms"},
        ]
    },
    "model": {"registry": {"with": "mlflow", "name": "fraud"}, "signing_key": "secret://risk/signing#key"},
    "deployment": {
        "image": "ghcr.io/mlproject-dev/serve@sha256:" + "b" * 64,
        "scaling": {"minimum": 2, "maximum": 6},
        "strategy": {
            "kind": "canary",
            "steps": [{"weight": 10, "hold": "10m"}, {"weight": 100}],
            "analysis": [{"slo": "availability"}],
        },
    },
    "monitoring": {
        "slos": [
            {"name": "availability", "objective": 99.9},
            {"name": "latency", "objective": 99, "threshold": "50ms"},
        ],
        "drift": [{"kind": "data", "columns": ["amount"], "maximum": 0.2}],
        "performance": [{"metric": "roc_auc", "minimum": 0.9}],
    },
    "alerts": {
        "routes": {"critical": ["pagerduty", "slack"], "warning": ["slack"]},
        "rules": [
            {"on": "slo.availability", "severity": "critical"},
            {"on": "drift.data", "severity": "warning"},
            {"on": "pipeline.failed", "severity": "warning"},
        ],
    },
    "environments": {
        "dev": {"mode": "development"},
        "staging": {"promotes_from": "dev"},
        "production": {"promotes_from": "staging", "mode": "production", "approvals": 2, "soak": "24h"},
    },
}
PINNED = {"version": "7", "uri": "s3://models/fraud/7/", "digest": DIGEST}
FILES: dict[str, Any] = {
    SPEC: PROJECT,
    LOCK: {"apiVersion": "mlproject.dev/v1alpha1", "kind": "MLProjectLock", "environments": {"production": PINNED}},
}

EVERYTHING = Wanted()
State = dict[str, Any]
Edit = Callable[[State], None]


def put(*path: str | int, file: str = SPEC, value: Any) -> Edit:
    """Return the edit that sets the value at a path of a file."""

    def edit(state: State) -> None:
        inner = state[file]
        for part in path[:-1]:
            inner = inner[part]
        inner[path[-1]] = value

    return edit


def cut(*path: str | int, file: str = SPEC) -> Edit:
    """Return the edit that removes what is at a path of a file."""

    def edit(state: State) -> None:
        inner = state[file]
        for part in path[:-1]:
            inner = inner[part]
        del inner[path[-1]]

    return edit


def grow(*path: str | int, value: Any) -> Edit:
    """Return the edit that appends to the list at a path."""

    def edit(state: State) -> None:
        inner = state[SPEC]
        for part in path:
            inner = inner[part]
        inner.append(value)

    return edit


def comment() -> Edit:
    """Return the edit that changes the text of the spec and nothing that it says."""

    def edit(state: State) -> None:
        state[SPEC] = {key: state[SPEC][key] for key in sorted(state[SPEC])}

    return edit


def second_project() -> Edit:
    """Return the edit that adds a project."""

    def edit(state: State) -> None:
        state[OTHER] = {
            **PROJECT,
            "metadata": {**PROJECT["metadata"], "name": "other", "tier": "standard"},
            "deployment": {"image": PROJECT["deployment"]["image"]},
        }

    return edit


def removed_project() -> Edit:
    """Return the edit that removes it again."""

    def edit(state: State) -> None:
        del state[OTHER]

    return edit


def defaults() -> Edit:
    """Return the edit that says something for every project."""

    def edit(state: State) -> None:
        state[DEFAULTS] = {
            "apiVersion": "mlproject.dev/v1alpha1",
            "kind": "MLProjectDefaults",
            "defaults": {"platform": {"sampling": 5}},
        }

    return edit


def policy() -> Edit:
    """Return the edit that adds a policy."""

    def edit(state: State) -> None:
        state["policies/data/own.json"] = {"own": 1}

    return edit


class Approving:
    """A judge that finds no fault."""

    def judge(self, stage: Stage, inputs: Sequence[Input]) -> Judgement:
        return Judgement(tuple(() for _ in inputs), ())

    def ask(self, stage: Stage, inputs: Sequence[Input]) -> Callable[[], Judgement]:
        return lambda: self.judge(stage, inputs)

    def close(self) -> None:
        pass


class History:
    """A Git repository of commits, each a copy of the last with some edits."""

    def __init__(self, root: Path, files: State | None = None) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self.root = root
        self.state: State = json.loads(json.dumps(FILES if files is None else files))
        self._registry = discover(())
        self._plans: dict[int, Planned] = {}
        self.git("init", "-q", "-b", "main")
        self.commits = [self.commit("the beginning")]

    def git(self, *arguments: str) -> str:
        """Run Git in the repository."""
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        variables = {
            "PATH": "/usr/bin:/bin:/usr/local/bin",
            "GIT_COMMITTER_DATE": "2026-01-02T03:04:05Z",
            "GIT_AUTHOR_DATE": "2026-01-02T03:04:05Z",
            "HOME": str(self.root),
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        return subprocess.run(
            ["git", *identity, "-C", str(self.root), *arguments],
            check=True,
            capture_output=True,
            text=True,
            env=variables,
        ).stdout.strip()

    def write(self) -> None:
        """Write the state to the working tree."""
        for path, content in self.state.items():
            place = self.root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content if isinstance(content, str) else json.dumps(content, indent=1))

    def commit(self, message: str = "an edit") -> str:
        """Commit the state, and return the commit."""
        for path in self.git("ls-files").splitlines():
            if path not in self.state:
                (self.root / path).unlink()
        self.write()
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def edit(self, *edits: Edit, message: str = "an edit") -> str:
        """Commit some edits of the last state, and return the commit."""
        for one in edits:
            one(self.state)
        self.commits.append(self.commit(message))
        return self.commits[-1]

    def step(self, number: int) -> Planned:
        """Return the plan of one commit beside the one before it, made once."""
        if number not in self._plans:
            self._plans[number] = self.plan(self.commits[number], self.commits[number + 1])
        return self._plans[number]

    def plan(self, base: str, head: str | None, *, wanted: Wanted = EVERYTHING, judge: Any = None) -> Planned:
        """Return the plan between two commits."""
        git = Git(str(self.root), {"PATH": "/usr/bin:/bin:/usr/local/bin"})
        folder = self.root / ".git" / "plan"
        folder.mkdir(exist_ok=True)
        return make_plan(
            git,
            revisions(git, ends(git, base, head)),
            wanted,
            registry=self._registry,
            judge=judge or Approving(),
            tables=tables(),
            folder=str(folder),
        )


def tables() -> Mapping[str, Any]:
    """Return the tables of the built-in pack."""
    merged: dict[str, Any] = {}
    for path in sorted(Path(built_in_folder(), "data").glob("*.json")):
        merged |= json.loads(path.read_text())
    return merged


def lines_of(planned: Planned, environment: str = "production") -> dict[str, str]:
    """Return the messages of one environment by code; several of one code are joined."""
    assert planned.document is not None, planned.diagnostics
    found: dict[str, str] = {}
    for project in planned.document["projects"]:
        if project["environment"] == environment:
            for meaning in project["meanings"]:
                code = meaning["code"]
                found[code] = f"{found[code]}; {meaning['message']}" if code in found else meaning["message"]
    return found
