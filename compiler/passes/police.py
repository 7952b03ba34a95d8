"""Police: hand the engine what it judges, and place what it finds."""

from collections.abc import Iterator, Sequence

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.passes.placing import placed
from compiler.policy.findings import diagnose_manifests, diagnose_spec
from compiler.policy.inputs import manifests_input, spec_input
from compiler.policy.interface import Judge
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
    judgement = judge.judge("manifests", [manifests_input(project, [manifest.body for manifest in manifests])
                                            for project, manifests in rendered])
    yield from judgement.faults
    for (project, manifests), findings in zip(rendered, judgement.findings, strict=False):
        yield from (placed(project, diagnostic) for diagnostic in diagnose_manifests(findings, manifests))
