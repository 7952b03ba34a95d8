"""One verdict, whichever engine gives it."""

import json
import urllib.request
from collections.abc import Sequence
from typing import Any

import pytest

from compiler.policy import embedded, server
from compiler.policy.interface import Input, Judge, Judgement, ReadPacks, Stage
from compiler.policy.packs import read_packs
from tests.judges import REPOSITORY
from tests.policy_parity.conftest import Server
from tests.policy_parity.inputs import change_inputs, manifests_inputs, spec_inputs
from tests.unit.policy.packs import ANY_NAME, SPEC, pack, policy, reading, reading_rule


def built_in() -> Any:
    return read_packs(str(REPOSITORY))


def through(judge: Judge, stage: Stage, inputs: Sequence[Input]) -> Judgement:
    try:
        return judge.judge(stage, inputs)
    finally:
        judge.close()


def on_server(opa: Server, read_packs: ReadPacks, inputs: Sequence[Input] = (SPEC,), **settings: Any) -> Judgement:
    return through(server.start(read_packs, url=opa.url, token=opa.token, **settings), "spec", inputs)


def left_on(opa: Server) -> list[Any]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    found = []
    for what in ("policies", "data"):
        request = urllib.request.Request(f"{opa.url}/v1/{what}", headers={"Authorization": f"Bearer {opa.token}"})
        with opener.open(request, timeout=10) as answer:
            found.append(json.load(answer)["result"])
    return found


@pytest.mark.parametrize(("stage", "inputs", "at_least"), [
    pytest.param("spec", spec_inputs, 500, id="specs"),
    pytest.param("manifests", manifests_inputs, 400, id="manifests"),
    pytest.param("change", change_inputs, 20, id="changes"),
])
def test_the_built_in_pack_is_judged_alike(opa: Server, stage: Stage, inputs: Any, at_least: int) -> None:
    judged = list(inputs())
    assert len(judged) > at_least
    ours = one_by_one(embedded.start(built_in), stage, judged)
    theirs = one_by_one(server.start(built_in, url=opa.url), stage, judged)
    found = broken = 0
    for number, (own, other) in enumerate(zip(ours, theirs, strict=True)):
        assert own.findings == other.findings, json.dumps(judged[number])
        assert _blamed(own) == _blamed(other), json.dumps(judged[number])
        found += len(own.findings[0])
        broken += bool(own.faults)
    assert found > at_least
    assert broken < len(judged) / 2, "most inputs must get a verdict, or this test compares nothing"


def one_by_one(judge: Judge, stage: Stage, inputs: Sequence[Input]) -> list[Judgement]:
    try:
        return [judge.judge(stage, [one]) for one in inputs]
    finally:
        judge.close()


def _blamed(judgement: Judgement) -> list[tuple[str, str]]:
    """Return which policies failed; how an engine words the failure is its own affair."""
    return sorted({(fault.code, fault.message.partition(" failed")[0]) for fault in judgement.faults})


def test_nothing_is_left_on_the_server(opa: Server) -> None:
    before = left_on(opa)
    judge = server.start(built_in, url=opa.url)
    judge.judge("spec", [SPEC])
    assert left_on(opa) != before
    judge.close()
    assert left_on(opa) == before


def test_two_compiles_share_a_server(opa: Server) -> None:
    bad, good = reading_rule(ANY_NAME), reading_rule('deny contains {"message": "x", "path": ["a"]} if false\n')
    first, second = server.start(bad, url=opa.url), server.start(good, url=opa.url)
    found = [len(judge.judge("spec", [SPEC]).findings[0]) for judge in (first, second, first)]
    first.close()
    after = second.judge("spec", [SPEC])
    second.close()
    assert found == [1, 0, 1]
    assert (after.findings, after.faults) == (((),), ())


def test_libraries_that_need_each_other_are_stored_in_order(opa: Server) -> None:
    files = {
        "policies/lib/a.rego": "package mlproject.lib.a\n\nimport rego.v1\n\nimport data.mlproject.lib.b\n\n"
                               "is_bad(word) if b.is_bad(word)\n",
        "policies/lib/b.rego": "package mlproject.lib.b\n\nimport rego.v1\n\nis_bad(word) if word in data.words\n",
        "policies/noun/rule.rego": policy(
            "import data.mlproject.lib.a\n\n"
            'deny contains {"message": "bad", "path": ["metadata"]} if a.is_bad(input.spec.metadata.name)\n'),
    }
    judgement = on_server(opa, reading(pack(files, data={"words": ["x"]})))
    assert (len(judgement.findings[0]), judgement.faults) == (1, ())


@pytest.mark.parametrize(("read_packs", "code"), [
    pytest.param(reading(pack({})), "policy/no-rules", id="an empty pack"),
    pytest.param(reading_rule("x := time.now_ns()\n\n" + ANY_NAME), "policy/forbidden-builtin", id="the clock"),
    pytest.param(reading_rule("deny contains if\n"), "policy/syntax", id="a syntax error"),
    pytest.param(reading_rule('deny contains {"message": x, "path": ["a"]} if true\n'), "policy/syntax",
                 id="an unsafe variable"),
    pytest.param(reading_rule(ANY_NAME, denies={"spec": {"spec": {}}}), "policy/blind", id="a blind pack"),
    pytest.param(reading_rule('deny contains {"message": "no"} if true\n'), "policy/bad-finding",
                 id="a finding without a path"),
    pytest.param(reading_rule('deny contains {"message": "x", "path": ["a"]} if to_number("abc") > 1\n'),
                 "policy/evaluation-failed", id="a built-in function that fails"),
])
def test_what_goes_wrong_is_a_fault_of_its_own(opa: Server, read_packs: ReadPacks, code: str) -> None:
    judgement = on_server(opa, read_packs)
    assert [fault.code for fault in judgement.faults] == [code]
    assert judgement.findings == ((),)
    assert left_on(opa)[0] == []


def test_a_fault_names_the_place_in_the_file(opa: Server) -> None:
    body = 'deny contains {"message": "x", "path": ["a"]} if {\n\tto_number("abc") > 1\n}\n'
    for judgement in (on_server(opa, reading_rule(body)), through(embedded.start(reading_rule(body)), "spec", [SPEC])):
        (fault,) = judgement.faults
        assert fault.span is not None
        assert (fault.span.file, fault.span.line) == ("policies/noun/rule.rego", 10)
        assert "mlproject_" not in fault.message


def test_a_rule_that_never_ends_is_given_up(opa: Server) -> None:
    loop = 'deny contains {"message": "x", "path": ["metadata"]} if {\n' + \
        "".join(f"\tsome a{n} in numbers.range(1, 300)\n" for n in range(3)) + "\ta0 + a1 + a2 == 0\n}\n"
    assert [fault.code for fault in on_server(opa, reading_rule(loop), seconds=0.5).faults] == ["policy/timeout"]


def test_a_token_is_sent(guarded_opa: Server) -> None:
    assert len(on_server(guarded_opa, reading_rule(ANY_NAME)).findings[0]) == 1
    refused = on_server(guarded_opa._replace(token="wrong"), reading_rule(ANY_NAME))
    assert [fault.code for fault in refused.faults] == ["policy/server-failed"]


@pytest.mark.parametrize("url", [
    pytest.param("http://127.0.0.1:1", id="nobody there"),
    pytest.param("https://127.0.0.1:1", id="nobody there, with TLS"),
    pytest.param("127.0.0.1:8181", id="no scheme"),
    pytest.param("http://127.0.0.1:8181/opa", id="a path"),
    pytest.param("http://user@127.0.0.1:8181", id="a user"),
    pytest.param("http://127.0.0.1:port", id="a port that is none"),
    pytest.param("ftp://127.0.0.1", id="another protocol"),
])
def test_an_address_without_server_is_a_fault(url: str) -> None:
    judgement = on_server(Server(url), reading_rule(ANY_NAME))
    assert [fault.code for fault in judgement.faults] == ["policy/server-failed"]
    assert judgement.findings == ((),)


def test_a_client_that_is_not_installed_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "opa_client.opa", None)
    judgement = on_server(Server("http://127.0.0.1:1"), reading_rule(ANY_NAME))
    assert [fault.code for fault in judgement.faults] == ["policy/engine-missing"]


def test_variables_of_the_environment_do_not_redirect_the_input(opa: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert on_server(opa, reading_rule(ANY_NAME)).faults == ()
