"""Azure Pipelines: one job; the plan is the summary of the run, for there is no comment of ours on this host.

Azure Repos takes its triggers from a branch policy (Build validation) that names this file.
"""

from typing import Any

from compiler.ci.interface import CHECKS, INSTALL, PYTHON, Kit

PLAN = """mlproject plan --base "origin/${BASE#refs/heads/}" --head HEAD --format markdown --out plan.json > plan.md
echo "##vso[task.uploadsummary]$PWD/plan.md"
"""


def render(_image: str) -> dict[str, Any]:
    """Return the pipeline; the agent has Git, and Python by its task."""
    return {
        "trigger": "none",
        "pr": {"branches": {"include": ["*"]}},
        "pool": {"vmImage": "ubuntu-24.04"},
        "jobs": [{
            "job": "check",
            "timeoutInMinutes": "15",
            "steps": [
                # The token stays out of .git/config. The host's schema asks for texts here.
                {"checkout": "self", "fetchDepth": "0", "persistCredentials": "false"},
                {"task": "UsePythonVersion@0", "inputs": {"versionSpec": PYTHON}},
                {"bash": INSTALL, "displayName": "install"},
                *({"bash": line, "displayName": line.removeprefix("mlproject ")} for line in CHECKS),
                {"bash": PLAN, "displayName": "plan", "env": {"BASE": "$(System.PullRequest.TargetBranch)"}},
            ],
        }],
    }


KIT = Kit("azure-pipelines.yml", render)
