"""The embedded engine: what it finds, and that nothing that goes wrong looks like approval."""

import os
import signal
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from compiler.policy import embedded
from compiler.policy.interface import Judgement, Packs, ReadPacks
from tests.unit.policy.packs import ANY_NAME, SPEC, pack, policy, reading, reading_rule


def judged(read_packs: ReadPacks, inputs: Sequence[Mapping[str, Any]] = (SPEC,), *, stage: Any = "spec",
           seconds: float = 10.0) -> Judgement:
    process = embedded.start(read_packs, seconds=seconds)
    try:
        return process.judge(stage, inputs)
    finally:
        process.close()


def codes(judgement: Judgement) -> list[str]:
    return [fault.code for fault in judgement.faults]


def test_each_input_has_findings_of_its_own() -> None:
    named = {**SPEC, "spec": {"metadata": {"name": "x"}}}
    unnamed = {**SPEC, "spec": {"metadata": {}}}
    judgement = judged(reading_rule(ANY_NAME), [unnamed, named, unnamed])
    assert [len(findings) for findings in judgement.findings] == [0, 1, 0]
    assert judgement.faults == ()
    (finding,) = judgement.findings[1]
    assert (finding.policy.code, finding.message, finding.path) == ("noun/rule", "a name", ("metadata", "name"))


def test_findings_of_manifests_name_the_object() -> None:
    body = """\
deny contains {"message": "no", "manifest": index, "place": ["spec", "x"], "help": "do"} if {
\tsome index, body in input.manifests
\tbody.kind == "Bad"
}
"""
    files = {"policies/noun/rule.rego": policy(body, package="mlproject.manifests.noun.rule")}
    judgement = judged(reading(pack(files)), [{"manifests": [{"kind": "Good"}, {"kind": "Bad", "spec": {}}]}],
                       stage="manifests")
    (finding,) = judgement.findings[0]
    assert (finding.manifest, finding.path, finding.help) == (1, ("spec", "x"), "do")


def test_findings_are_sorted_the_same_way_each_time() -> None:
    body = """\
deny contains {"message": message, "path": ["metadata", place]} if {
\tsome message in ["b", "a"]
\tsome place in [10, 9, "z", "y"]
}
"""
    judgement = judged(reading_rule(body))
    places = [(finding.path[1], finding.message) for finding in judgement.findings[0]]
    assert places == [(9, "a"), (9, "b"), (10, "a"), (10, "b"), ("y", "a"), ("y", "b"), ("z", "a"), ("z", "b")]


def test_a_second_judgement_needs_no_second_start() -> None:
    process = embedded.start(reading_rule(ANY_NAME))
    first, second = process.judge("spec", [SPEC]), process.judge("spec", [SPEC])
    process.close()
    assert first == second
    assert len(first.findings[0]) == 1


def test_policies_reach_data_and_libraries() -> None:
    library = "package mlproject.lib.words\n\nimport rego.v1\n\nis_bad(word) if word in data.words\n"
    body = """\
import data.mlproject.lib.words

deny contains {"message": "bad", "path": ["metadata", "name"]} if words.is_bad(input.spec.metadata.name)
"""
    files = {"policies/noun/rule.rego": policy(body), "policies/lib/words.rego": library}
    assert len(judged(reading(pack(files, data={"words": ["x"]}))).findings[0]) == 1
    assert judged(reading(pack(files, data={"words": []}))).findings == ((),)


LOOP = "deny contains {\"message\": \"x\", \"path\": [\"metadata\"]} if {\n" + \
    "".join(f"\tsome a{n} in numbers.range(1, 4000)\n" for n in range(3)) + "\ta0 + a1 + a2 == 0\n}\n"
MEMORY = 'deny contains {"message": "x", "path": ["metadata"]} if count(numbers.range(1, 200000000)) == 1\n'


@pytest.mark.parametrize(("read_packs", "expected"), [
    pytest.param(reading(pack({})), ["policy/no-rules"], id="an empty pack"),
    pytest.param(reading(pack({"policies/noun/rule.rego": policy(ANY_NAME)}, minimum=2)), ["policy/too-few"],
                 id="fewer policies than the pack declares"),
    pytest.param(reading_rule("deny contains if\n"), ["policy/syntax"], id="a syntax error"),
    pytest.param(reading_rule("deny contains {\"message\": x, \"path\": [\"a\"]} if true\n"),
                 ["policy/evaluation-failed"], id="an unsafe variable"),
    pytest.param(reading_rule("deny contains a if a := deny\n"), ["policy/evaluation-failed"],
                 id="a rule that needs itself"),
    pytest.param(reading_rule("deny := []\n"), ["policy/bad-rule"], id="deny is not a set"),
    pytest.param(reading_rule("allow := true\n"), ["policy/bad-rule"], id="there is no deny"),
    pytest.param(reading_rule(ANY_NAME, data={"mlproject": {"spec": {}}}), ["policy/bad-data"],
                 id="data on the path of the policies"),
    pytest.param(reading_rule(ANY_NAME, denies={"spec": {"spec": {}}}), ["policy/blind"],
                 id="the pack approves its own bad input"),
    pytest.param(reading_rule('deny contains "no" if true\n'), ["policy/bad-finding"], id="a finding that is a text"),
    pytest.param(reading_rule('deny contains {"message": "no"} if true\n'), ["policy/bad-finding"],
                 id="a finding without a path"),
    pytest.param(reading_rule('deny contains {"message": "no", "path": []} if true\n'), ["policy/bad-finding"],
                 id="a finding with an empty path"),
    pytest.param(reading_rule('deny contains {"message": "no", "path": ["nowhere"]} if true\n'),
                 ["policy/bad-finding"], id="a finding at a section that does not exist"),
    pytest.param(reading_rule('deny contains {"message": "no", "path": "metadata"} if true\n'),
                 ["policy/bad-finding"], id="a finding whose path is a text"),
    pytest.param(reading_rule('deny contains {"message": "", "path": ["metadata"]} if true\n'),
                 ["policy/bad-finding"], id="a finding that says nothing"),
    pytest.param(reading_rule('deny contains {"message": "no", "path": ["metadata"], "msg": 1} if true\n'),
                 ["policy/bad-finding"], id="a finding with a key that nobody reads"),
    pytest.param(reading_rule('deny contains {"message": "x", "path": ["a"]} if to_number("abc") > 1\n'),
                 ["policy/evaluation-failed"], id="a built-in function that fails"),
    pytest.param(reading_rule(MEMORY), ["policy/engine-failed"], id="more memory than there is"),
])
def test_what_goes_wrong_is_a_fault_of_its_own(read_packs: ReadPacks, expected: list[str]) -> None:
    judgement = judged(read_packs)
    assert codes(judgement) == expected
    assert judgement.findings == ((),)


def test_a_rule_that_never_ends_is_killed() -> None:
    judgement = judged(reading_rule(LOOP), seconds=0.5)
    assert codes(judgement) == ["policy/timeout"]
    assert "0.5 seconds" in judgement.faults[0].message


def test_a_chain_of_rules_that_crashes_the_engine_is_a_fault() -> None:
    chain = "".join(f"r{n} := r{n + 1}\n\n" for n in range(6000)) + "r6000 := 1\n\n" + \
        'deny contains {"message": "x", "path": ["metadata"]} if r0 == 1\n'
    judgement = judged(reading_rule(chain))
    assert codes(judgement) == ["policy/engine-failed"]
    assert "signal" in judgement.faults[0].message


def test_the_policy_that_fails_is_named_and_the_others_still_judge() -> None:
    files = {
        "policies/noun/fails.rego": policy('deny contains {"message": "x", "path": ["a"]} if 1 / (1 - 1) == 1\n',
                                           package="mlproject.spec.noun.fails"),
        "policies/noun/rule.rego": policy(ANY_NAME),
    }
    judgement = judged(reading(pack(files)))
    (fault,) = judgement.faults
    assert "`noun/fails` failed" in fault.message
    assert fault.span is not None
    assert fault.span.file == "policies/noun/fails.rego"
    assert len(judgement.findings[0]) == 1


def test_a_place_in_the_policy_comes_with_its_fault() -> None:
    judgement = judged(reading_rule("deny contains {\"message\": \"x\", \"path\": [\"a\"]} if {\n\tx := \n}\n"))
    (fault,) = judgement.faults
    assert fault.span is not None
    assert (fault.span.file, fault.span.line) == ("policies/noun/rule.rego", 10)


def test_a_child_that_dies_is_a_fault_and_so_is_everything_after_it() -> None:
    process = embedded.start(reading_rule(ANY_NAME))
    os.kill(process._child._pid, signal.SIGKILL)
    first, second = process.judge("spec", [SPEC, SPEC]), process.judge("spec", [SPEC])
    process.close()
    assert (codes(first), first.findings) == (["policy/engine-failed"], ((), ()))
    assert codes(second) == ["policy/engine-failed"]


def test_a_pack_that_cannot_be_read_is_a_fault() -> None:
    def broken() -> Packs:
        raise OSError("gone")

    assert codes(judged(broken)) == ["policy/engine-failed"]


def test_an_engine_that_is_not_installed_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "regorus", None)
    assert codes(judged(reading_rule(ANY_NAME))) == ["policy/engine-missing"]


def test_an_input_that_json_cannot_carry_is_a_fault() -> None:
    judgement = judged(reading_rule(ANY_NAME), [{"spec": {"metadata": {"name": float("nan")}}}])
    assert codes(judgement) == ["policy/engine-failed"]


def test_the_child_sees_neither_streams_nor_files_of_its_parent(tmp_path: Any) -> None:
    seen = tmp_path / "seen"
    inherited = os.open(tmp_path, os.O_RDONLY)

    def look() -> Packs:
        with open(seen, "w", encoding="utf-8"):
            pass
        names = sorted(int(name) for name in os.listdir("/proc/self/fd"))
        assert inherited not in names, names
        assert max(names) <= 5, names
        assert all(os.readlink(f"/proc/self/fd/{stream}") == "/dev/null" for stream in range(3))
        return reading_rule(ANY_NAME)()

    os.set_inheritable(inherited, True)
    judgement = judged(look)
    os.close(inherited)
    assert judgement.faults == ()


def test_hundreds_of_inputs_pass_through_the_pipe() -> None:
    large = {"spec": {"metadata": {"name": "x" * 50_000}}}
    judgement = judged(reading_rule(ANY_NAME), [large] * 300)
    assert [len(findings) for findings in judgement.findings] == [1] * 300


def test_closing_twice_is_fine() -> None:
    process = embedded.start(reading_rule(ANY_NAME))
    process.close()
    process.close()
