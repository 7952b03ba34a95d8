"""`policy test`: how tests end, what is covered, and that a bad test is named."""

from compiler.policy import testing
from tests.unit.policy.packs import ANY_NAME, pack, policy, reading

HEAD = "package mlproject.spec.noun.rule_test\n\nimport rego.v1\n\nimport data.mlproject.spec.noun.rule\n\n"


def trial(tests: str, *, body: str = ANY_NAME, select: str = "", seconds: float = 10.0) -> testing.Tested:
    files = {"policies/noun/rule.rego": policy(body), "policies/noun/rule_test.rego": HEAD + tests}
    return testing.run_tests(reading(pack(files)), select=select, seconds=seconds)


def outcomes(report: testing.Tested) -> dict[str, str]:
    return {test.name: test.outcome for test in report.tests}


def test_every_way_in_which_a_test_ends() -> None:
    report = trial("""\
test_true if true

test_notes[note] if some note in ["a", "b"]

test_false := false

test_undefined if false

test_some_notes[note] := note == "a" if some note in ["a", "b"]

test_error if 1 / (1 - 1) == 1

todo_test_later if false

helper if true
""")
    assert outcomes(report) == {"test_true": "pass", "test_notes": "pass", "test_false": "fail",
                                "test_undefined": "fail", "test_some_notes": "fail", "test_error": "error",
                                "todo_test_later": "skipped"}
    messages = {test.name: test.message for test in report.tests}
    assert messages["test_undefined"] == "the rule is undefined"
    assert messages["test_some_notes"] == "not true for: b"
    assert messages["test_error"].startswith("policies/noun/rule_test.rego:17: ")
    assert not report.is_passed


def test_a_test_knows_its_line_and_what_it_printed() -> None:
    (test,) = trial('test_a if {\n\tprint("seen", 1)\n}\n').tests
    assert (test.package, test.file, test.line) == ("mlproject.spec.noun.rule_test", "policies/noun/rule_test.rego", 7)
    assert [line.partition(": ")[2] for line in test.printed] == ["seen 1"]


def test_only_selected_tests_run() -> None:
    assert outcomes(trial("test_a if true\n\ntest_b if true\n", select="rule_test.test_b")) == {"test_b": "pass"}


def test_no_test_at_all_does_not_pass() -> None:
    assert not trial("").is_passed


COVERED = """\
deny contains finding if {
\tinput.spec.metadata.name == "bad"
\tfinding := {"message": "bad", "path": ["metadata", "name"]}
}
"""


def test_coverage_counts_lines_that_can_be_reached() -> None:
    nothing = trial("test_a if count(rule.deny) == 0 with input as {}\n", body=COVERED).coverage
    everything = trial('test_a if count(rule.deny) == 1 with input as {"spec": {"metadata": {"name": "bad"}}}\n',
                        body=COVERED).coverage
    assert [(one.file, one.covered, one.lines, one.missing) for one in nothing] == [
        ("policies/noun/rule.rego", 1, 3, (9, 11))]
    assert [(one.covered, one.lines, one.percent) for one in everything] == [(3, 3, 100.0)]


def test_a_file_that_no_test_touches_is_not_covered() -> None:
    library = "package mlproject.lib.words\n\nimport rego.v1\n\nf(a) := b if {\n\tb := a\n}\n"
    files = {"policies/noun/rule.rego": policy(ANY_NAME), "policies/lib/words.rego": library,
             "policies/noun/rule_test.rego": HEAD + "test_a if true\n"}
    coverage = {one.file: one for one in testing.run_tests(reading(pack(files))).coverage}
    assert coverage["policies/lib/words.rego"].missing == (5, 6)
    assert coverage["policies/noun/rule.rego"].percent == 0.0


def test_a_test_that_never_ends_is_named() -> None:
    loop = "test_loop if {\n" + "".join(f"\tsome a{n} in numbers.range(1, 4000)\n" for n in range(3)) + \
        "\ta0 + a1 + a2 == 0\n}\n"
    report = trial("test_first if true\n\n" + loop, seconds=0.5)
    assert outcomes(report) == {"test_first": "pass"}
    (fault,) = report.faults
    assert fault.code == "policy/timeout"
    assert fault.message.startswith("mlproject.spec.noun.rule_test.test_loop: ")
    assert not report.is_passed


def test_a_file_that_takes_too_long_to_parse_is_named() -> None:
    nested = "[{\"a\": " * 16 + "1" + "}]" * 16
    report = trial(f"test_a if true\n\nx := {nested}\n", seconds=0.5)
    (fault,) = report.faults
    assert fault.code == "policy/timeout"
    assert fault.message.startswith("loading policies/noun/rule_test.rego: ")


def test_a_policy_that_is_refused_fails_the_run() -> None:
    report = trial("test_a if time.now_ns() > 1\n")
    assert [fault.code for fault in report.faults] == ["policy/forbidden-builtin"]
    assert not report.is_passed


def test_bad_metadata_fails_the_run() -> None:
    files = {"policies/noun/rule.rego": policy(ANY_NAME).replace("severity: error", "severity: fatal"),
             "policies/noun/rule_test.rego": HEAD + "test_a if true\n"}
    assert [fault.code for fault in testing.run_tests(reading(pack(files))).faults] == ["policy/bad-metadata"]
