"""The embedded engine at work; runs in the child alone, which is where regorus is imported.

Only its JSON methods are used: the others fail on sets of objects, and can end the interpreter.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.policy.faults import fault
from compiler.policy.interface import ROOT, Pack, Policy
from compiler.policy.packs import merged_data
from compiler.policy.preflight import LIBRARY, Sorted, inspect
from compiler.policy.results import denials_of

_PLACE = re.compile(r"^--> (.+):(\d+):(\d+)$", re.MULTILINE)
_ERROR = re.compile(r"^error: (.*)$", re.MULTILINE)
# A second wall behind the allow-list: number of arguments by function.
_OVERRIDDEN = {"http.send": 1, "opa.runtime": 0, "rand.intn": 2, "time.now_ns": 0, "uuid.rfc4122": 1}


class EngineFault(Exception):  # noqa: N818
    """What the engine said no to; a value of the child, reported to the parent."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class Loaded:
    """The policies of one stage, ready to judge; `faults` is what keeps them from it."""

    def __init__(self, stage: str, packs: Sequence[Pack], ordered: Sorted) -> None:
        library = ordered.files[LIBRARY]
        self.stage = stage
        self.policies, faults = inspect(ordered.files[stage], library)
        self.faults = list(faults)
        if not self.faults:
            self._prepare(packs, {**library, **ordered.files[stage]})

    def judge(self, judged: str) -> tuple[dict[str, list[Any]], list[Diagnostic]]:
        """Return the raw findings by package in one input, and the policies that failed on it."""
        try:
            self._engine.set_input_json(judged)
            if not self.policies:
                return {}, []
            return denials_of(query(self._engine, f"data.{ROOT}.{self.stage}", "engine-failed"), self.policies)
        except EngineFault:
            return self._judge_one_by_one()
        except Exception as failure:
            return {}, [located(failure, "engine-failed")]

    def _judge_one_by_one(self) -> tuple[dict[str, list[Any]], list[Diagnostic]]:
        """Find out which policy fails: one error ends the query of them all."""
        denials: dict[str, list[Any]] = {}
        faults: list[Diagnostic] = []
        for policy in self.policies:
            try:
                document = query(self._engine, f"data.{policy.package}", "evaluation-failed")
                found, missing = denials_of({policy.noun: {policy.rule: document}}, [policy])
                denials |= found
                faults += missing
            except EngineFault as failure:
                faults.append(_blamed(failure.diagnostic, policy))
        return denials, faults or [fault("engine-failed", "all policies together fail, each alone does not")]

    def _prepare(self, packs: Sequence[Pack], files: Mapping[str, str]) -> None:
        try:
            self._engine = new_engine(files, merged_data(packs))
            query(self._engine, "true", "syntax")
        except EngineFault as failure:
            self.faults.append(failure.diagnostic)
            return
        for pack in packs:
            self.faults += self._test_itself(pack)

    def _test_itself(self, pack: Pack) -> Iterator[Diagnostic]:
        """Let a pack judge what it must deny. It is the warm-up as well: the first evaluation compiles."""
        if self.stage not in pack.denies:
            return
        denials, faults = self.judge(json.dumps(pack.denies[self.stage]))
        yield from faults
        own = {policy.package for policy in self.policies if policy.file in pack.files}
        if not faults and not own & denials.keys():
            yield fault("blind", f"the pack `{pack.name}` approves the {self.stage} input that it must deny",
                        file=pack.name, help="see `denies` in its pack.json")


def new_engine(files: Mapping[str, str], data: Mapping[str, Any], *, coverage: bool = False) -> Any:
    """Return an engine with files and data; raise EngineFault at the first file that it does not take."""
    import regorus

    engine = regorus.Engine()
    engine.set_enable_coverage(coverage)
    engine.set_gather_prints(True)
    for name, arguments in _OVERRIDDEN.items():
        engine.add_extension(name, arguments, _refuse)
    try:
        for file, text in files.items():
            engine.add_policy(file, text)
        engine.add_data_json(json.dumps(data))
    except BaseException as failure:
        raise EngineFault(located(failure, "syntax")) from None
    return engine


def query(engine: Any, text: str, code: str) -> Any:
    """Return the value of a query, None when it is undefined; raise EngineFault under code."""
    try:
        answer = json.loads(engine.eval_query_as_json(text))
    except BaseException as failure:
        raise EngineFault(located(failure, code)) from None
    results = answer.get("result")
    return results[0]["expressions"][0]["value"] if results else None


def located(failure: BaseException, code: str) -> Diagnostic:
    """Return the engine's error as a fault at the place that it names."""
    text = str(failure).partition("Stack backtrace:")[0]
    message = _ERROR.search(text)
    # Messages may quote the input; a policy's own words and names are all that is repeated.
    said = message[1] if message else f"the engine panicked ({type(failure).__name__}): {text.strip()[:200]}"
    place = _PLACE.search(text)
    if place is None:
        return fault(code if message else "engine-failed", said)
    return fault(code, said, file=place[1], line=int(place[2]), column=max(int(place[3]), 1))


def _blamed(diagnostic: Diagnostic, policy: Policy) -> Diagnostic:
    from compiler.policy.faults import to_plain

    plain: Mapping[str, Any] = to_plain(diagnostic)
    in_policy = plain["file"].endswith(".rego")
    return fault(plain["code"], f"policy `{policy.code}` failed: {plain['message']}",
                 file=plain["file"] if in_policy else policy.file, line=plain["line"], column=plain["column"],
                 help="an error in a policy is never an approval: let the rule ask for the type first")


def _refuse(*_arguments: Any) -> Any:
    raise ValueError("policies may not call this")
