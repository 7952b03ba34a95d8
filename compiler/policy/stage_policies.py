"""The policies of one stage behind an engine: judged together, or one by one to find out which one fails."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.policy.faults import fault
from compiler.policy.interface import Pack, Policy
from compiler.policy.results import denials_of

Denied = tuple[dict[str, list[Any]], list[Diagnostic]]
"""Raw findings by package, and the faults of policies that failed."""

Judged = Mapping[str, Any] | str
"""An input, or its JSON: what came as JSON from another process need not be decoded to be judged."""

_NO_POLICYS_FAULT = ("policy/timeout", "policy/server-failed")


class EngineFault(Exception):  # noqa: N818
    """What an engine said no to, on its way to becoming a fault of a judgement."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class Evaluator(Protocol):
    """What judging needs of an engine that has its policies."""

    def give(self, judged: Judged) -> None:
        """Take the input of the next queries."""

    def verdicts(self, stage: str, policies: Sequence[Policy]) -> Any:
        """Return the document of a stage; only the denials of its policies are read. May raise EngineFault."""

    def document(self, package: str) -> Any:
        """Return the document of a package, None when it is undefined; raise EngineFault."""


class StagePolicies:
    """The policies of one stage, ready to judge."""

    def __init__(self, stage: str, policies: Sequence[Policy], evaluator: Evaluator) -> None:
        self.stage = stage
        self.policies = policies
        self._evaluator = evaluator

    def judge(self, judged: Judged) -> Denied:
        """Return the raw findings by package in one input, and the policies that failed on it."""
        if not self.policies:
            return {}, []
        try:
            self._evaluator.give(judged)
        except EngineFault as failure:
            return {}, [failure.diagnostic]
        try:
            return denials_of(self._evaluator.verdicts(self.stage, self.policies), self.policies)
        except EngineFault as failure:
            if failure.diagnostic.code in _NO_POLICYS_FAULT:
                return {}, [failure.diagnostic]
            return self._one_by_one(failure.diagnostic)

    def test(self, packs: Sequence[Pack]) -> Iterator[Diagnostic]:
        """Let each pack judge what it must deny, and yield what is wrong if it does not.

        For the embedded engine it is the warm-up as well: the first evaluation compiles.
        """
        for pack in packs:
            if self.stage not in pack.denies:
                continue
            denials, faults = self.judge(pack.denies[self.stage])
            yield from faults
            own = {policy.package for policy in self.policies if policy.file in pack.files}
            if not faults and not own & denials.keys():
                yield fault("blind", f"the pack `{pack.name}` approves the {self.stage} input that it must deny",
                            file=pack.name, help="see `denies` in its pack.json")

    def _one_by_one(self, together: Diagnostic) -> Denied:
        """Find out which policy fails: one error ends the query of them all."""
        denials: dict[str, list[Any]] = {}
        faults: list[Diagnostic] = []
        for policy in self.policies:
            try:
                document = {policy.noun: {policy.rule: self._evaluator.document(policy.package)}}
            except EngineFault as failure:
                faults.append(_blamed(failure.diagnostic, policy))
                continue
            found, missing = denials_of(document, [policy])
            denials |= found
            faults += missing
        return denials, faults or [together]


def _blamed(diagnostic: Diagnostic, policy: Policy) -> Diagnostic:
    span = diagnostic.span
    assert span is not None
    is_placed = span.file.endswith(".rego")
    return fault(diagnostic.code.removeprefix("policy/"), f"policy `{policy.code}` failed: {diagnostic.message}",
                 file=span.file if is_placed else policy.file, line=span.line if is_placed else 1,
                 column=span.column if is_placed else 1,
                 help="an error in a policy is never an approval: let the rule ask for the type first")
