"""Police: hand the engine what it judges, and place what it finds."""

from collections.abc import Callable, Iterator, Sequence

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.passes.placing import placed
from compiler.policy.findings import diagnose_manifests, diagnose_spec
from compiler.policy.inputs import manifests_input, spec_input
from compiler.policy.interface import Judge
from compiler.spec.resolved import ResolvedProject

Verdict = Callable[[], Iterator[Diagnostic]]
"""Waits for the policies; the engine works in the meantime."""
Waive = Callable[[str, Diagnostic], Diagnostic]
"""Returns what remains of a finding in a project of that name."""
Rendered = Sequence[tuple[ResolvedProject, Sequence[Manifest]]]


def keep(_project: str, finding: Diagnostic) -> Diagnostic:
    """Waive nothing."""
    return finding


def police_specs(projects: Sequence[ResolvedProject], judge: Judge, waive: Waive = keep) -> Verdict:
    """Let the policies judge the resolved projects; the verdict waits for what they say."""
    answer = judge.ask("spec", [spec_input(project) for project in projects])

    def verdict() -> Iterator[Diagnostic]:
        judgement = answer()
        yield from judgement.faults
        for project, findings in zip(projects, judgement.findings, strict=False):
            yield from (waive(project.name, placed(project, diagnostic)) for diagnostic in diagnose_spec(findings))

    return verdict


def police_manifests(rendered: Rendered, judge: Judge, waive: Waive = keep) -> Verdict:
    """Let the policies judge the manifests; the verdict names the places of the spec that caused them."""
    answer = judge.ask("manifests", [manifests_input(project, [manifest.body for manifest in manifests])
                                     for project, manifests in rendered])

    def verdict() -> Iterator[Diagnostic]:
        judgement = answer()
        yield from judgement.faults
        for (project, manifests), findings in zip(rendered, judgement.findings, strict=False):
            yield from (waive(project.name, placed(project, diagnostic))
                        for diagnostic in diagnose_manifests(findings, manifests))

    return verdict
