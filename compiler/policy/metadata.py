"""METADATA of a policy: what its findings are called, how severe they are, which control they serve."""

from collections.abc import Mapping
from typing import Any, Literal, cast

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.policy.faults import fault
from compiler.policy.interface import Policy
from compiler.records import NamedTuple

_CUSTOM = frozenset(("code", "severity", "stage", "control", "help"))


class Metadata(NamedTuple):
    """What a policy says of itself; `help` serves findings that bring none."""

    title: str
    description: str
    severity: Literal["error", "warning"]
    control: str
    help: str


def metadata_of(policy: Policy) -> Metadata | Diagnostic:
    """Return the policy's METADATA, or why it is none."""
    from compiler.source.read import read

    document, problems = read(policy.metadata.encode(), policy.file)
    if document is None:
        return _wrong(policy, problems[0].message if problems else "there is none")
    return _checked(policy, document.data)


def _checked(policy: Policy, data: Any) -> Metadata | Diagnostic:
    custom = data.get("custom") if isinstance(data, Mapping) else None
    if not isinstance(custom, Mapping):
        return _wrong(policy, "there is no `custom` mapping")
    title, description = data.get("title"), data.get("description")
    control, help = custom.get("control", ""), custom.get("help", "")
    if not all(isinstance(text, str) for text in (title, description, control, help)) or not (title and description):
        return _wrong(policy, "title and description are texts, and so are control and help")
    if custom.get("code") != policy.code:
        return _wrong(policy, f"code is `{custom.get('code')}`, expected `{policy.code}`")
    if custom.get("stage") != policy.stage:
        return _wrong(policy, f"stage is `{custom.get('stage')}`, expected `{policy.stage}`")
    if custom.get("severity") not in ("error", "warning"):
        return _wrong(policy, f"severity is `{custom.get('severity')}`, expected `error` or `warning`")
    unknown = sorted({*custom} - _CUSTOM)
    if unknown:
        return _wrong(policy, f"`custom` does not know `{unknown[0]}`")
    severity = cast(Literal["error", "warning"], custom["severity"])
    return Metadata(title.strip(), description.strip(), severity, control.strip(), " ".join(help.split()))


def _wrong(policy: Policy, reason: str) -> Diagnostic:
    return fault("bad-metadata", f"the METADATA of policy `{policy.code}` cannot be used: {reason}",
                 file=policy.file, line=policy.metadata_line,
                 help="title, description, and custom: {code, stage, severity, control, help}")
