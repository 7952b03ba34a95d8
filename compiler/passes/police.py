"""Police: hand the engine what it judges, and place what it finds."""

from collections.abc import Iterator, Sequence
from typing import Any

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.passes.placing import placed
from compiler.policy.interface import Judge
from compiler.policy.results import diagnose_manifests, diagnose_spec
from compiler.spec.resolved import ResolvedProject

Rendered = Sequence[tuple[ResolvedProject, Sequence[Manifest]]]


def police_specs(projects: Sequence[ResolvedProject], judge: Judge) -> Iterator[Diagnostic]:
    """Yield what the policies say of the resolved projects."""
    judgement = judge.judge("spec", [spec_input(project) for project in projects])
    yield from judgement.faults
    for project, findings in zip(projects, judgement.findings, strict=False):
        yield from (placed(project, diagnostic) for diagnostic in diagnose_spec(findings))


def police_manifests(rendered: Rendered, judge: Judge) -> Iterator[Diagnostic]:
    """Yield what the policies say of the rendered manifests, at the places of the spec that caused it."""
    judgement = judge.judge("manifests", [manifests_input(project, manifests) for project, manifests in rendered])
    yield from judgement.faults
    for (project, manifests), findings in zip(rendered, judgement.findings, strict=False):
        yield from (placed(project, diagnostic) for diagnostic in diagnose_manifests(findings, manifests))


def spec_input(project: ResolvedProject) -> dict[str, Any]:
    """Return what a policy of the spec stage sees as `input`."""
    return {"stage": "spec", "environment": _environment(project), "spec": project.spec, "lock": project.model}


def manifests_input(project: ResolvedProject, manifests: Sequence[Manifest]) -> dict[str, Any]:
    """Return what a policy of the manifests stage sees as `input`."""
    metadata = project.spec["metadata"]
    return {"stage": "manifests", "environment": _environment(project),
            "project": {key: metadata.get(key) for key in ("name", "team", "tier")},
            "manifests": [manifest.body for manifest in manifests]}


def _environment(project: ResolvedProject) -> dict[str, Any]:
    return {"name": project.environment, **project.spec["environment"]}
