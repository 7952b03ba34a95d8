"""What an engine answers, turned into denials or faults: nothing that is missing counts as approval."""

from collections.abc import Mapping, Sequence
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.policy.faults import fault
from compiler.policy.interface import Finding, Input, Policy, Stage
from compiler.source.path import FieldPath

Denials = Mapping[str, Sequence[Any]]
"""The raw findings by package; packages without any are left out."""


def denials_of(document: Any, policies: Sequence[Policy]) -> tuple[dict[str, list[Any]], list[Diagnostic]]:
    """Return the raw findings in the document of a stage, and a fault for each policy without a verdict."""
    found: dict[str, list[Any]] = {}
    faults: list[Diagnostic] = []
    for policy in policies:
        denied = _member(_member(_member(document, policy.noun), policy.rule), "deny")
        if not isinstance(denied, list):
            faults.append(fault("undefined", f"policy `{policy.code}` gave no verdict, expected a set of findings",
                                file=policy.file, help="`deny` must be defined for every input: `deny contains ...`"))
        elif denied:
            found[policy.package] = denied
    return found, faults


def findings_of(stage: Stage, denials: Denials, policies: Mapping[str, Policy],
                judged: Input) -> tuple[tuple[Finding, ...], tuple[Diagnostic, ...]]:
    """Return the findings in canonical order, and a fault for each one that points nowhere."""
    findings: list[Finding] = []
    faults: list[Diagnostic] = []
    for package, raw in denials.items():
        policy = policies[package]
        for denial in raw:
            finding = _finding(stage, denial, policy, judged)
            if finding is None:
                faults.append(_bad_finding(stage, policy))
            else:
                findings.append(finding)
    return tuple(sorted(findings, key=_position)), tuple(faults)


def _member(document: Any, key: str) -> Any:
    return document.get(key) if isinstance(document, Mapping) else None


def _finding(stage: Stage, denial: Any, policy: Policy, judged: Input) -> Finding | None:
    if not isinstance(denial, Mapping):
        return None
    message, help = denial.get("message"), denial.get("help", "")
    path, manifest = (_manifest_place if stage == "manifests" else _spec_place)(denial, judged)
    if not (isinstance(message, str) and message and isinstance(help, str)) or path is None:
        return None
    return Finding(policy, message, path, manifest, help)


def _spec_place(denial: Mapping[str, Any], judged: Input) -> tuple[FieldPath | None, int | None]:
    if not {*denial} <= {"message", "path", "help"}:
        return None, None
    known = judged.get("spec") or judged.get("after") or judged.get("before") or {}
    return _path(denial.get("path"), known), None


def _manifest_place(denial: Mapping[str, Any], judged: Input) -> tuple[FieldPath | None, int | None]:
    index, manifests = denial.get("manifest"), judged.get("manifests", ())
    if not {*denial} <= {"message", "manifest", "place", "help"} or type(index) is not int \
            or not 0 <= index < len(manifests):
        return None, None
    return _path(denial.get("place"), manifests[index]), index


def _path(path: Any, known: Any) -> FieldPath | None:
    """Return path when it starts at something that is there; what is missing may be named below it."""
    if not isinstance(path, list) or not path or any(type(part) not in (str, int) for part in path):
        return None
    return tuple(path) if isinstance(known, Mapping) and path[0] in known else None


def _bad_finding(stage: Stage, policy: Policy) -> Diagnostic:
    wanted = "`message` and a `path` of the spec" if stage != "manifests" else \
        "`message`, `manifest` (an index) and a `place` in that manifest"
    return fault("bad-finding", f"policy `{policy.code}` made a finding without {wanted}", file=policy.file,
                 help="a finding holds these, `help` if there is any, and nothing else")


def _position(finding: Finding) -> tuple[str, int, tuple[tuple[bool, str, int], ...], str, str]:
    places = tuple(_sortable(part) for part in finding.path)
    return (finding.policy.code, -1 if finding.manifest is None else finding.manifest, places, finding.message,
            finding.help)


def _sortable(part: str | int) -> tuple[bool, str, int]:
    return (True, part, 0) if isinstance(part, str) else (False, "", part)


