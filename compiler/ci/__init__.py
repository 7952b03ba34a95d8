"""What checks pull requests, for the CI system of the organisation: written by `mlproject ci`, one module a system.

Each is the same four steps: specs and policies are checked, `generated/` is compared, the effect is planned
against the base, and the plan becomes a comment where the host has an API that we know.
"""

from importlib import import_module

from compiler.ci.interface import Kit

HOSTS = ("azure-pipelines", "github-actions", "gitlab-ci", "jenkins")


def kit_of(host: str) -> Kit:
    """Return the kit of one of the hosts."""
    kit: Kit = import_module(f"compiler.ci.{host.replace('-', '_')}").KIT
    return kit
