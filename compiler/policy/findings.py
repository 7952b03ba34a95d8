"""From findings to diagnostics: in the words of the policy, at the line of the spec."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.policy.interface import Finding, Policy
from compiler.policy.metadata import Metadata, metadata_of
from compiler.source.document import Span
from compiler.source.path import FieldPath

Placed = Callable[[Finding], tuple[str, FieldPath, Span | None]]


class Locatable(Protocol):
    """An object that was read from a file."""

    @property
    def body(self) -> Any:
        """Return the object."""

    def locate(self, path: FieldPath) -> Span:
        """Return the place of path in the file."""


def diagnose_spec(findings: Sequence[Finding]) -> tuple[Diagnostic, ...]:
    """Return the findings of the spec stage as diagnostics without spans."""
    return tuple(_diagnose(findings, lambda finding: (finding.message, finding.path, None)))


def diagnose_manifests(findings: Sequence[Finding], manifests: Sequence[Manifest]) -> tuple[Diagnostic, ...]:
    """Return the findings about rendered manifests as diagnostics at what in the spec caused them."""
    def placed(finding: Finding) -> tuple[str, FieldPath, None]:
        manifest = manifests[finding.manifest or 0]
        return _about(manifest.body, finding.message), manifest.cause(finding.path), None

    return tuple(_diagnose(findings, placed))


def diagnose_foreign(findings: Sequence[Finding], manifests: Sequence[Locatable]) -> tuple[Diagnostic, ...]:
    """Return the findings about manifests that were read from files, at their lines."""
    def placed(finding: Finding) -> tuple[str, FieldPath, Span]:
        manifest = manifests[finding.manifest or 0]
        return _about(manifest.body, finding.message), finding.path, manifest.locate(finding.path)

    return tuple(_diagnose(findings, placed))


def _about(body: Any, message: str) -> str:
    return f"{body.get('kind', '')} `{body.get('metadata', {}).get('name', '')}`: {message}"


def _diagnose(findings: Sequence[Finding], placed: Placed) -> Iterator[Diagnostic]:
    known: dict[Policy, Metadata | Diagnostic] = {}
    for finding in findings:
        if finding.policy not in known:
            known[finding.policy] = metadata_of(finding.policy)
            if isinstance(wrong := known[finding.policy], Diagnostic):
                yield wrong
        metadata = known[finding.policy]
        message, path, span = placed(finding)
        severity = metadata.severity if isinstance(metadata, Metadata) else "error"
        help = finding.help or (metadata.help if isinstance(metadata, Metadata) else "")
        yield Diagnostic(finding.policy.code, severity, message, path, help, (), span)
