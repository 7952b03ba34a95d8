"""GitHub Actions: a job that reads the proposal and may write nothing, one that comments and runs none of it.

`pull_request` alone: nothing of a fork ever sees a secret or a token that writes. The job that comments installs
the tool from the base, and takes from the other job one file, whose shape the command checks.
"""

from typing import Any

from compiler.ci.interface import CHECKS, INSTALL, PYTHON, Kit

# The commits of these releases, as their repositories tag them: v7.0.1, v7.0.0, v7.0.0, v8.0.1.
CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1"
SETUP_PYTHON = "actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97"
UPLOAD = "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f"
DOWNLOAD = "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c"

RUNNER = {"runs-on": "ubuntu-24.04", "timeout-minutes": 15}
BASE = "${{ github.event.pull_request.base.sha }}"
ARTIFACT = {"name": "plan", "path": "plan.json"}


def render(_image: str) -> dict[str, Any]:
    """Return the workflow; the runner has Git and Python, so it needs no image."""
    return {
        "name": "mlproject",
        "on": {"pull_request": {}},
        "permissions": {},
        "concurrency": {"group": "mlproject-${{ github.ref }}", "cancel-in-progress": True},
        "jobs": {"check": _check(), "comment": _comment()},
    }


def _check() -> dict[str, Any]:
    plan = {"name": "plan", "env": {"BASE": BASE},
            "run": 'mlproject plan --base "$BASE" --head HEAD --out plan.json'}
    upload = {"name": "keep the plan", "uses": UPLOAD, "with": {**ARTIFACT, "retention-days": 7}}
    return {"name": "check", **RUNNER, "permissions": {"contents": "read"},
            "steps": [*_tool({"fetch-depth": 0}), *({"name": line.removeprefix("mlproject "), "run": line}
                                                    for line in CHECKS), plan, upload]}


def _comment() -> dict[str, Any]:
    write = {"name": "comment", "env": {"GITHUB_TOKEN": "${{ github.token }}",
                                        "NUMBER": "${{ github.event.pull_request.number }}"},
             "run": 'mlproject comment plan.json --request "$NUMBER"'}
    return {"name": "comment", "needs": "check", **RUNNER,
            # The token of a fork's pull request cannot write comments.
            "if": "github.event.pull_request.head.repo.full_name == github.repository",
            "permissions": {"contents": "read", "pull-requests": "write"},
            "steps": [*_tool({"ref": BASE}), {"name": "take the plan", "uses": DOWNLOAD, "with": {"name": "plan"}},
                      write]}


def _tool(settings: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"name": "check out", "uses": CHECKOUT, "with": {**settings, "persist-credentials": False}},
            {"name": "set up Python", "uses": SETUP_PYTHON, "with": {"python-version": PYTHON}},
            {"name": "install", "run": INSTALL}]


KIT = Kit(".github/workflows/mlproject.yaml", render)
