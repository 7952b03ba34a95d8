"""From findings to diagnostics: in the words of the policy, at the line of the spec."""

from collections.abc import Callable, Iterator, Sequence

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.policy.interface import Finding, Policy
from compiler.policy.metadata import Metadata, metadata_of
from compiler.source.path import FieldPath


def diagnose_spec(findings: Sequence[Finding]) -> tuple[Diagnostic, ...]:
    """Return the findings of the spec stage as diagnostics without spans."""
    return tuple(_diagnose(findings, lambda finding: (finding.message, finding.path)))


def diagnose_manifests(findings: Sequence[Finding], manifests: Sequence[Manifest]) -> tuple[Diagnostic, ...]:
    """Return the findings about rendered manifests as diagnostics at what in the spec caused them."""
    def said(finding: Finding) -> tuple[str, FieldPath]:
        manifest = manifests[finding.manifest or 0]
        _, kind, _, name = manifest.identity
        return f"{kind} `{name}`: {finding.message}", manifest.cause(finding.path)

    return tuple(_diagnose(findings, said))


def _diagnose(findings: Sequence[Finding],
              said: Callable[[Finding], tuple[str, FieldPath]]) -> Iterator[Diagnostic]:
    known: dict[Policy, Metadata | Diagnostic] = {}
    for finding in findings:
        if finding.policy not in known:
            known[finding.policy] = metadata_of(finding.policy)
            if isinstance(wrong := known[finding.policy], Diagnostic):
                yield wrong
        metadata = known[finding.policy]
        message, path = said(finding)
        severity = metadata.severity if isinstance(metadata, Metadata) else "error"
        help = finding.help or (metadata.help if isinstance(metadata, Metadata) else "")
        yield Diagnostic(finding.policy.code, severity, message, path, help)
