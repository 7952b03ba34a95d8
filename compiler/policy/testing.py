"""`mlproject policy test`: every `test_*` rule, and how much of each policy the tests reach.

Runs in a child like judging does: tests are Rego that anyone may have written. The child says what it is
about to do, so that a test that never ends, or a file that crashes the engine, is named.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.policy.faults import fault, from_plain, to_plain
from compiler.policy.interface import LIBRARY, STAGES, TEST_SUFFIX, Packs, ReadPacks
from compiler.policy.sandbox import Channel, Child, Failure, open_nothing_more
from compiler.records import NamedTuple

SECONDS = 10.0
_TEST, _TODO = "test_", "todo_test_"
Outcome = Literal["pass", "fail", "error", "skipped"]


class PolicyTest(NamedTuple):
    """One test and how it ended; `message` says why it did not pass, `printed` what it printed."""

    package: str
    name: str
    file: str
    line: int
    outcome: Outcome
    message: str
    printed: tuple[str, ...]
    seconds: float


class Coverage(NamedTuple):
    """The lines of one policy that tests reach, of those that can be reached."""

    file: str
    covered: int
    lines: int
    missing: tuple[int, ...]

    @property
    def percent(self) -> float:
        """Return the share of lines reached; a file without any is wholly covered."""
        return 100.0 * self.covered / self.lines if self.lines else 100.0


class Tested(NamedTuple):
    """Every test, the coverage of every policy and library, and what is wrong with the policies."""

    tests: tuple[PolicyTest, ...]
    coverage: tuple[Coverage, ...]
    faults: tuple[Diagnostic, ...]

    @property
    def is_passed(self) -> bool:
        """Tell whether there were tests and none failed."""
        return bool(self.tests) and not self.faults and all(test.outcome in ("pass", "skipped") for test in self.tests)


def run_tests(read_packs: ReadPacks, *, select: str = "", seconds: float = SECONDS) -> Tested:
    """Run the tests whose PACKAGE.NAME contains select. `read_packs` reads tests too: `read_packs_with_tests`.

    `seconds` is the longest time of one test, and of loading one file.
    """
    child = Child(lambda channel: _run(channel, read_packs, select))
    tests: list[PolicyTest] = []
    doing = "loading policies"
    try:
        while True:
            answer = child.exchange((), replies=1, seconds=seconds)
            if isinstance(answer, Failure):
                return Tested(tuple(tests), (), (_ended(answer, doing),))
            message = json.loads(answer[0])
            if "doing" in message:
                doing = message["doing"]
            elif "test" in message:
                tests.append(_plain_test(message["test"]))
            else:
                coverage = tuple(map(_plain_coverage, message["coverage"]))
                return Tested(tuple(tests), coverage, tuple(map(from_plain, message["faults"])))
    finally:
        child.close()


def _ended(failure: Failure, doing: str) -> Diagnostic:
    code = "timeout" if failure.kind == "timeout" else "engine-failed"
    return fault(code, f"{doing}: {failure.detail}", help="the tests after it were not run")


def _plain_test(fields: Sequence[Any]) -> PolicyTest:
    package, name, file, line, outcome, message, printed, seconds = fields
    return PolicyTest(package, name, file, line, outcome, message, tuple(printed), seconds)


def _plain_coverage(fields: Sequence[Any]) -> Coverage:
    file, covered, lines, missing = fields
    return Coverage(file, covered, lines, tuple(missing))


def _run(channel: Channel, read_packs: ReadPacks, select: str) -> None:
    try:
        _run_tests(channel, read_packs(), select)
    except BaseException as failure:
        _done(channel, (), [fault("engine-failed", f"the policy engine failed: {type(failure).__name__}: {failure}")])


def _run_tests(channel: Channel, packs: Packs, select: str) -> None:
    from compiler.policy.evaluation import new_engine, query
    from compiler.policy.packs import merged_data
    from compiler.policy.preflight import inspect, sort_files
    from compiler.policy.stage_policies import EngineFault

    ordered = sort_files(packs.packs)
    files = {file: text for stage in (LIBRARY, *STAGES) for file, text in ordered.files[stage].items()}
    faults = [*packs.faults, *ordered.faults, *inspect(files, {})[1], *_metadata_faults(files)]
    if faults:
        _done(channel, (), faults)
        return
    data = merged_data(packs.packs)
    try:
        engine = new_engine(files, data, coverage=True, about_to=lambda doing: _say(channel, {"doing": doing}))
        query(engine, "true", "syntax")
        open_nothing_more()
        for test in _tests(files, select):
            _say(channel, {"doing": f"{test.package}.{test.name}"})
            _say(channel, {"test": _tried(engine, test)})
    except EngineFault as failure:
        _done(channel, (), [failure.diagnostic])
        return
    policies = {file: text for file, text in files.items() if not file.endswith(TEST_SUFFIX)}
    _done(channel, _coverage(engine, policies, data), ())


def _say(channel: Channel, message: Mapping[str, Any]) -> None:
    channel.send(json.dumps(message).encode())


def _done(channel: Channel, coverage: Sequence[Coverage], faults: Sequence[Diagnostic]) -> None:
    _say(channel, {"coverage": coverage, "faults": list(map(to_plain, faults))})


def _metadata_faults(files: Mapping[str, str]) -> Iterator[Diagnostic]:
    from compiler.policy.metadata import metadata_of
    from compiler.policy.preflight import inspect

    for policy in inspect(files, {})[0]:
        if policy.metadata and isinstance(wrong := metadata_of(policy), Diagnostic):
            yield wrong


def _tests(files: Mapping[str, str], select: str) -> Iterator[PolicyTest]:
    from compiler.policy.rego import scan

    for file, text in files.items():
        if not file.endswith(TEST_SUFFIX):
            continue
        module = scan(file, text)
        for name, offset in sorted(module.heads.items(), key=lambda head: head[1]):
            if name.startswith((_TEST, _TODO)) and select in f"{module.package}.{name}":
                yield PolicyTest(module.package, name, file, module.place(offset)[0], "skipped", "", (), 0.0)


def _tried(engine: Any, test: PolicyTest) -> PolicyTest:
    from time import monotonic

    from compiler.policy.evaluation import query
    from compiler.policy.stage_policies import EngineFault

    if test.name.startswith(_TODO):
        return test._replace(message="marked as to do")
    start = monotonic()
    try:
        value = query(engine, f"data.{test.package}.{test.name}", "evaluation-failed")
        outcome, message = _verdict(value)
    except EngineFault as failure:
        span = failure.diagnostic.span
        place = f"{span.file}:{span.line}: " if span else ""
        outcome, message = "error", place + failure.diagnostic.message
    return test._replace(outcome=outcome, message=message, printed=tuple(engine.take_prints()),
                         seconds=monotonic() - start)


def _verdict(value: Any) -> tuple[Outcome, str]:
    """Return how a test ended by the value of its rule: true, or a mapping of notes to true."""
    if value is True:
        return "pass", ""
    if isinstance(value, dict) and value:
        failed = sorted(note for note, held in value.items() if held is not True)
        return ("fail", "not true for: " + ", ".join(failed)) if failed else ("pass", "")
    return "fail", "the rule is undefined" if value is None else f"the rule is {json.dumps(value)[:200]}"


def _coverage(engine: Any, policies: Mapping[str, str], data: Mapping[str, Any]) -> list[Coverage]:
    reached = _lines(engine)
    reachable = _reachable(policies, data)
    report = []
    for file, text in sorted(policies.items()):
        covered, missed = reached.get(file, (set(), set()))
        lines = covered | missed | reachable.get(file, set())
        # An engine names no line of a file that nothing touched: count its lines of code instead.
        lines = lines or _code_lines(text)
        report.append(Coverage(file, len(covered), len(lines), tuple(sorted(lines - covered))))
    return report


def _reachable(policies: Mapping[str, str], data: Mapping[str, Any]) -> dict[str, set[int]]:
    """Return the lines that can be covered: every package, asked once by another engine."""
    from compiler.policy.evaluation import new_engine, query
    from compiler.policy.rego import package_of
    from compiler.policy.stage_policies import EngineFault

    engine = new_engine(policies, data, coverage=True)
    engine.set_input_json("{}")
    for text in policies.values():
        try:
            query(engine, f"data.{package_of(text)}", "evaluation-failed")
        except EngineFault:
            # An empty input is no input of a stage; how far the rule came does not matter.
            continue
    return {file: covered | missed for file, (covered, missed) in _lines(engine).items()}


def _lines(engine: Any) -> dict[str, tuple[set[int], set[int]]]:
    report = json.loads(engine.get_coverage_report_as_json())
    return {file["path"]: (set(file["covered"]), set(file["not_covered"])) for file in report["files"]}


def _code_lines(text: str) -> set[int]:
    return {number for number, line in enumerate(text.split("\n"), start=1)
            if line.strip() and not line.lstrip().startswith(("#", "package ", "import ", "}", ")", "]"))}
