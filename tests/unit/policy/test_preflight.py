"""What is refused before an engine runs: table tests, and the scan against the engine's own syntax tree."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from compiler.policy.interface import Pack
from compiler.policy.packs import built_in_folder, read_pack_with_tests
from compiler.policy.preflight import inspect, sort_files
from compiler.policy.rego import moved_below, scan
from tests.unit.policy.packs import ANY_NAME, pack, policy


def faults_of(*packs: Pack) -> list[tuple[str, str]]:
    ordered = sort_files(packs)
    found = [*ordered.faults]
    for stage in ("spec", "manifests"):
        found += inspect(ordered.files[stage], ordered.files["lib"])[1]
    return [(fault.code, fault.message) for fault in dict.fromkeys(found)]


def faults_in(body: str) -> list[tuple[str, str]]:
    return faults_of(pack({"policies/noun/rule.rego": policy(f"{body}\n\n{ANY_NAME}")}))


@pytest.mark.parametrize("body", [
    pytest.param('x if regex.match("a", "b")', id="an allowed function"),
    pytest.param('double(a) := a * 2\n\nx := double(2)', id="a function of its own"),
    pytest.param('default f(_) := false\n\nf(a) if a\n\nx := f(true)', id="a function with a default"),
    pytest.param('x := "time.now_ns()" # http.send({})', id="forbidden words in strings and comments"),
    pytest.param("x := `rand.intn(\"a\", 1)`", id="forbidden words in raw strings"),
    pytest.param('x if {\n\tnot (1 == 2)\n\ttrue in [true]\n}', id="keywords before parentheses"),
    pytest.param('x := sprintf("%v %s %d %q %%", [1, "a", 2, "b"])', id="formats that both engines know"),
    pytest.param("x := set()", id="the empty set"),
    pytest.param("x if not input.a.b", id="a negated path"),
    pytest.param("x if not input.a.b == 1", id="a negated comparison"),
    pytest.param("x if {\n\ta := input.a.b\n\tnot a in [1]\n\tcount(input.c) > 1\n}", id="a negation of what is bound"),
    pytest.param("x if not 1 in {y.z | some y in input.a}", id="a negated comprehension"),
    pytest.param("x if not 1 in data.words.a", id="a negation with data"),
    pytest.param('x := input.time.now_ns', id="fields that are called like a function"),
    pytest.param('trace := 1'.replace("trace", "path"), id="a rule called like nothing else"),
])
def test_these_are_let_through(body: str) -> None:
    assert faults_in(body) == []


@pytest.mark.parametrize(("body", "code"), [
    pytest.param("x := time.now_ns()", "policy/forbidden-builtin", id="the clock"),
    pytest.param('x := http.send({"method": "get"})', "policy/forbidden-builtin", id="the network"),
    pytest.param("x := opa.runtime()", "policy/forbidden-builtin", id="the environment"),
    pytest.param('x := rand.intn("a", 9)', "policy/forbidden-builtin", id="chance"),
    pytest.param('x := uuid.rfc4122("a")', "policy/forbidden-builtin", id="chance as a name"),
    pytest.param('x := net.lookup_ip_addr("a")', "policy/forbidden-builtin", id="name servers"),
    pytest.param('x := io.jwt.decode("a")', "policy/forbidden-builtin", id="a function that one engine lacks"),
    pytest.param('x := json.patch({}, [])', "policy/forbidden-builtin", id="a function without agreement"),
    pytest.param("x := nothing(1)", "policy/forbidden-builtin", id="a function that nobody defines"),
    pytest.param("x := data.mlproject.lib.none.f(1)", "policy/forbidden-builtin", id="a function of no library"),
    pytest.param('x := time["now_ns"]()', "policy/forbidden-builtin", id="a function through brackets"),
    pytest.param("y if x with input.a as time.now_ns", "policy/forbidden-builtin", id="a function behind with"),
    pytest.param("y if x with abs as trace", "policy/forbidden-builtin", id="a function in the place of another"),
    pytest.param('y if print("a")', "policy/forbidden-builtin", id="printing outside of tests"),
    pytest.param('x := sprintf("%5.1f", [1.5])', "policy/unsupported", id="a width"),
    pytest.param('x := sprintf("%t", [true])', "policy/unsupported", id="a verb that one engine lacks"),
    pytest.param("x := sprintf(input.format, [1])", "policy/unsupported", id="a format that is not a literal"),
    pytest.param('x := $"{1}"', "policy/unsupported", id="string interpolation"),
    pytest.param("x if not startswith(input.a, \"b\")", "policy/unsupported",
                 id="a negated call of what may be missing"),
    pytest.param("x if not input.a in [1]", "policy/unsupported", id="a negated membership of what may be missing"),
    pytest.param("count(a) := 7", "policy/unsupported", id="a rule called like a function"),
    pytest.param("time := 7", "policy/unsupported", id="a rule called like a family of functions"),
    pytest.param("import data.mlproject.lib.time", "policy/unsupported", id="an import called like one"),
    pytest.param("import data.mlproject.lib.words as regex", "policy/unsupported", id="an alias called like one"),
    pytest.param("x := 1 \u2028 y", "policy/syntax", id="a character that hides"),
    pytest.param("# " + "x" * 300_000, "policy/unsupported", id="a file as large as data"),
])
def test_these_are_refused(body: str, code: str) -> None:
    assert code in [found for found, _ in faults_in(body)]


@pytest.mark.parametrize(("file", "package", "code"), [
    pytest.param("policies/noun/rule.rego", "main", "policy/bad-package", id="a package of its own"),
    pytest.param("policies/noun/rule.rego", "mlproject.spec.noun.other", "policy/bad-package", id="another rule"),
    pytest.param("policies/noun/rule.rego", "mlproject.other.noun.rule", "policy/bad-package", id="an unknown stage"),
    pytest.param("policies/lib/rule.rego", "mlproject.spec.lib.rule", "policy/bad-package", id="a policy in lib"),
])
def test_the_package_follows_from_the_path(file: str, package: str, code: str) -> None:
    text = policy(ANY_NAME).replace("mlproject.spec.noun.rule", package)
    assert code in [found for found, _ in faults_of(pack({file: text}))]


def test_one_package_in_two_packs_is_refused() -> None:
    packs = [pack({f"{name}/noun/rule.rego": policy(ANY_NAME)}, name=name) for name in ("built-in", "policies")]
    assert faults_of(*packs) == [
        ("policy/duplicate-package", "package `mlproject.spec.noun.rule` is also in built-in/noun/rule.rego")]


def test_a_pack_may_be_data_alone_beside_another_one() -> None:
    built_in, thresholds = pack({"built-in/noun/rule.rego": policy(ANY_NAME)}), pack({}, data={"a": 1}, minimum=0)
    assert faults_of(built_in, thresholds) == []


@pytest.mark.parametrize("packs", [
    pytest.param((), id="no pack"),
    pytest.param((pack({}, minimum=0),), id="an empty pack"),
    pytest.param((pack({}, data={"a": 1}, minimum=0),), id="data alone and nothing else"),
    pytest.param((pack({"policies/lib/a.rego": "package mlproject.lib.a\n"}, minimum=0),), id="a library"),
])
def test_nothing_to_judge_by_is_refused(packs: tuple[Pack, ...]) -> None:
    assert [code for code, _ in faults_of(*packs)] == ["policy/no-rules"]


def test_a_policy_without_metadata_is_refused() -> None:
    text = policy(ANY_NAME).partition("package")
    assert faults_of(pack({"policies/noun/rule.rego": text[1] + text[2]})) == [
        ("policy/bad-metadata", "the policy has no METADATA")]


def test_a_fault_names_line_and_column() -> None:
    text = policy(f"{ANY_NAME}\nx if {{\n\ttime.now_ns() > 1\n}}\n")
    (fault,) = inspect({"policies/noun/rule.rego": text}, {})[1]
    assert fault.span is not None
    line = text.split("\n").index("\ttime.now_ns() > 1") + 1
    assert (fault.span.line, fault.span.column) == (line, 2)


def test_tests_may_print() -> None:
    test = "package mlproject.spec.noun.rule_test\n\nimport rego.v1\n\ntest_a if print(1)\n"
    assert faults_of(pack({"policies/noun/rule.rego": policy(ANY_NAME), "policies/noun/rule_test.rego": test})) == []


def _calls(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "Call" in node:
            yield _dotted(node["Call"]["fcn"])
        for value in node.values():
            yield from _calls(value)
    elif isinstance(node, list):
        for value in node:
            yield from _calls(value)


def _dotted(node: Any) -> str:
    if "Var" in node:
        return str(node["Var"]["value"])
    dot = node["RefDot"]
    return f"{_dotted(dot['refr'])}.{dot['field'][1]}"


def test_the_scan_sees_every_call_that_the_engine_sees() -> None:
    import regorus

    files = read_pack_with_tests(built_in_folder(), "policies").files
    assert len(files) > 100
    for file, text in files.items():
        engine = regorus.Engine()
        engine.add_policy(file, text)
        tree = json.loads(engine.get_ast_as_json())[0]["ast"]
        scanned = {name.text for name in scan(file, text).names if name.is_call}
        assert set(_calls(tree["rules"])) <= scanned, file


def test_moving_below_a_prefix_moves_packages_and_data_and_nothing_else() -> None:
    text = 'package mlproject.lib.a\n\nimport data.mlproject.lib.b as data_b\n\n# data.x\nx := [data.x, data["y"], ' \
        'input.data.x, "data.x", `data.x`, data_b.f(1)] with data.z as 1\n'
    assert moved_below(text, "p") == (
        'package p.mlproject.lib.a\n\nimport data.p.mlproject.lib.b as data_b\n\n# data.x\n'
        'x := [data.p.x, data.p["y"], '
        'input.data.x, "data.x", `data.x`, data_b.f(1)] with data.p.z as 1\n')
