"""The embedded engine at work; runs in the child alone, which is where regorus is imported.

Only its JSON methods are used: the others fail on sets of objects, and can end the interpreter.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.policy.faults import fault
from compiler.policy.interface import LIBRARY, ROOT, Pack, Policy
from compiler.policy.packs import merged_data
from compiler.policy.preflight import Sorted, inspect
from compiler.policy.stage_policies import Denied, EngineFault, Judged, StagePolicies

_PLACE = re.compile(r"^--> (.+):(\d+):(\d+)$", re.MULTILINE)
_ERROR = re.compile(r"^error: (.*)$", re.MULTILINE)
# A second wall behind the allow-list: number of arguments by function.
_OVERRIDDEN = {"http.send": 1, "opa.runtime": 0, "rand.intn": 2, "time.now_ns": 0, "uuid.rfc4122": 1}


class Loaded:
    """The policies of one stage in an engine; `faults` is what keeps them from judging."""

    def __init__(self, stage: str, packs: Sequence[Pack], ordered: Sorted) -> None:
        library = ordered.files[LIBRARY]
        self.policies: tuple[Policy, ...]
        self.policies, self.faults = inspect(ordered.files[stage], library)
        if self.faults:
            return
        try:
            evaluator = Regorus({**library, **ordered.files[stage]}, merged_data(packs))
        except EngineFault as failure:
            self.faults = (failure.diagnostic,)
            return
        self._stage = StagePolicies(stage, self.policies, evaluator)
        self.faults = tuple(self._stage.test(packs))

    def judge(self, judged: Judged) -> Denied:
        """Return the raw findings by package in one input, and the policies that failed on it."""
        return self._stage.judge(judged)


class Regorus:
    """One engine with its policies compiled."""

    def __init__(self, files: Mapping[str, str], data: Mapping[str, Any]) -> None:
        self._engine = new_engine(files, data)
        # Unsafe variables, recursion and the like show at the first query, whichever it is.
        query(self._engine, "true", "syntax")

    def give(self, judged: Judged) -> None:
        """Take the input of the next queries."""
        try:
            self._engine.set_input_json(judged if isinstance(judged, str) else json.dumps(judged))
        except BaseException as failure:
            raise EngineFault(located(failure, "engine-failed")) from None

    def verdicts(self, stage: str, policies: Sequence[Policy]) -> Any:
        """Return the document of a stage with the denials alone: the helper rules are a megabyte of JSON."""
        # A line of a query holds 1,024 columns. One undefined member makes the whole query undefined.
        members = ",\n".join(f'"{policy.package}": data.{policy.package}.deny' for policy in policies)
        denials = query(self._engine, f"{{\n{members}\n}}", "evaluation-failed")
        if denials is None:
            return self.document(f"{ROOT}.{stage}")
        document: dict[str, Any] = {}
        for policy in policies:
            document.setdefault(policy.noun, {})[policy.rule] = {"deny": denials[policy.package]}
        return document

    def document(self, package: str) -> Any:
        """Return the document of a package, None when it is undefined; raise EngineFault."""
        return query(self._engine, f"data.{package}", "evaluation-failed")


def new_engine(files: Mapping[str, str], data: Mapping[str, Any], *, coverage: bool = False,
               about_to: Callable[[str], None] = lambda _doing: None) -> Any:
    """Return an engine with files and data; raise EngineFault at the first file that it does not take.

    `about_to` is told what comes next, file by file.
    """
    import regorus

    engine = regorus.Engine()
    engine.set_enable_coverage(coverage)
    engine.set_gather_prints(True)
    for name, arguments in _OVERRIDDEN.items():
        engine.add_extension(name, arguments, _refuse)
    try:
        for file, text in files.items():
            about_to(f"loading {file}")
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
    if message is None:
        # A panic is a BaseException of the engine's own; its words are all there is to say.
        return fault("engine-failed", f"the engine panicked: {text.strip()[:200] or type(failure).__name__}")
    place = _PLACE.search(text)
    if place is None:
        return fault(code, message[1])
    return fault(code, message[1], file=place[1], line=int(place[2]), column=max(int(place[3]), 1))


def _refuse(*_arguments: Any) -> Any:
    raise ValueError("policies may not call this")
