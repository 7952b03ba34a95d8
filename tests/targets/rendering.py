"""What tests of targets ask of what targets yield."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.plan import ReleasePlan
from compiler.targets.access.kubernetes import TARGET as ACCESS
from compiler.targets.interface import Target
from compiler.targets.monitoring.prometheus import TARGET as MONITORING
from compiler.targets.orchestrators.argo_workflows import TARGET as ORCHESTRATOR
from compiler.targets.secrets.external_secrets import TARGET as SECRETS
from compiler.targets.serving.kserve import TARGET as KSERVE
from compiler.targets.serving.kubernetes import TARGET as KUBERNETES
from tests.judges import require_crds

SERVING = {target.name: target for target in (KSERVE, KUBERNETES)}


def manifests(target: Target, plan: ReleasePlan) -> tuple[Manifest, ...]:
    """Return the objects of a plan, all of which can be rendered."""
    rendered = tuple(target.render(plan))
    assert [item for item in rendered if not isinstance(item, Manifest)] == []
    return tuple(item for item in rendered if isinstance(item, Manifest))


def refusals(target: Target, plan: ReleasePlan) -> list[Diagnostic]:
    return [item for item in target.render(plan) if isinstance(item, Diagnostic)]


def found(target: Target, plan: ReleasePlan, kind: str, name: str = "") -> Manifest:
    [manifest] = [each for each in manifests(target, plan)
                  if each.identity[1] == kind and name in ("", each.identity[3])]
    return manifest


def kinds(target: Target, plan: ReleasePlan) -> list[str]:
    return [each.identity[1] for each in manifests(target, plan)]


def everything(plan: ReleasePlan) -> list[Manifest]:
    """Return the objects of a plan from all targets but delivery."""
    targets = [ACCESS, SECRETS, MONITORING, ORCHESTRATOR]
    targets += [SERVING[plan.service.tool]] if plan.service is not None else []
    return [manifest for target in targets for manifest in manifests(target, plan)]


def schema_faults(manifest: Manifest) -> list[str]:
    """Return what the strict upstream schema of its kind says of an object."""
    api_version, kind, _, name = manifest.identity
    group, _, version = api_version.rpartition("/")
    schema = require_crds() / "_schemas" / (group or "core") / f"{kind.lower()}_{version}.json"
    return [f"{kind}/{name} {'.'.join(map(str, fault.absolute_path))}: {fault.message}"
            for fault in _validator(schema).iter_errors(manifest.body)]


@cache
def _validator(schema: Path) -> Any:
    return Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
