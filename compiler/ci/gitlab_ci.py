"""GitLab CI: two jobs in the organisation's train image, which carries `mlproject` and Git.

`GITLAB_TOKEN` is a masked variable of the project with the scope `api`; without it there is no comment.
"""

from typing import Any

from compiler.ci.interface import CHECKS, Kit

REQUEST = '$CI_PIPELINE_SOURCE == "merge_request_event"'


def render(image: str) -> dict[str, Any]:
    """Return the pipeline of a merge request."""
    return {
        "workflow": {"rules": [{"if": REQUEST}]},
        "stages": ["check", "comment"],
        "default": {"image": {"name": image, "entrypoint": [""]}, "interruptible": True, "timeout": "15 minutes"},
        "check": {
            "stage": "check",
            # The plan compares with the base, and a shallow clone has none.
            "variables": {"GIT_DEPTH": "0"},
            "script": [*CHECKS,
                       'mlproject plan --base "$CI_MERGE_REQUEST_DIFF_BASE_SHA" --head HEAD --out plan.json'],
            "artifacts": {"paths": ["plan.json"], "expire_in": "7 days"},
        },
        "comment": {
            "stage": "comment",
            "rules": [{"if": "$GITLAB_TOKEN"}],
            "needs": [{"job": "check", "artifacts": True}],
            "script": ['mlproject comment plan.json --request "$CI_MERGE_REQUEST_IID"'],
        },
    }


KIT = Kit(".gitlab-ci.yml", render)
