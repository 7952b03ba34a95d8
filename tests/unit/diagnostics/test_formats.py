"""The formats for machines: each says all there is, and obeys nothing."""

import json
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from compiler.diagnostics.diagnostic import Diagnostic, Related, error, warning
from compiler.diagnostics.formats import FORMATS, renderer
from compiler.source.document import Span

SPAN = Span("specs/a b/é%.yaml", 3, 5, 3, 9)
FINDINGS = (
    error("x/y", "met 50%, expected: 100", at=("steps", 0, "weight"), help="write 100",
          related=(Related("first here", ("a",), Span("f", 1, 2, 1, 3)), Related("and here", ("b",))),
          )._replace(span=SPAN, environment="dev"),
    warning("x/z", "no place", at=()),
    Diagnostic("x/y", "note", "over lines", ("q",), span=Span("f", 1, 2, 4, 3)),
)

# What GitHub's code scanning and the standard require of what we write.
_TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
_LOCATION = {
    "type": "object",
    "properties": {
        "physicalLocation": {
            "required": ["artifactLocation", "region"],
            "properties": {
                "artifactLocation": {"required": ["uri"],
                                     "properties": {"uri": {"pattern": "^[A-Za-z0-9._~/%-]+$"}}},
                "region": {"required": ["startLine", "startColumn", "endLine", "endColumn"],
                           "additionalProperties": {"type": "integer", "minimum": 1}},
            },
        },
    },
}
SARIF = {
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {"minItems": 1, "items": {
            "required": ["tool", "results"],
            "properties": {
                "tool": {"required": ["driver"], "properties": {"driver": {
                    "required": ["name", "rules"],
                    "properties": {"rules": {"uniqueItems": True, "items": {
                        "required": ["id", "shortDescription", "help"],
                        "properties": {"shortDescription": _TEXT, "help": _TEXT}}}}}}},
                "results": {"items": {
                    "required": ["ruleId", "ruleIndex", "level", "message", "locations"],
                    "properties": {
                        "level": {"enum": ["error", "warning", "note"]}, "message": _TEXT,
                        "locations": {"items": _LOCATION},
                        "relatedLocations": {"items": {**_LOCATION, "required": ["id", "message"]}},
                    }}},
            }}},
    },
}


def test_json():
    body = json.loads(renderer("json")(FINDINGS, {}))
    assert body["version"] == 1
    assert body["counts"] == {"error": 1, "warning": 1, "note": 1}
    assert body["diagnostics"][0] == {
        "code": "x/y", "severity": "error", "message": "met 50%, expected: 100", "help": "write 100",
        "environment": "dev", "path": "steps[0].weight", "parts": ["steps", 0, "weight"],
        "place": {"file": "specs/a b/é%.yaml", "line": 3, "column": 5, "end_line": 3, "end_column": 9},
        "related": [
            {"message": "first here", "path": "a", "parts": ["a"],
             "place": {"file": "f", "line": 1, "column": 2, "end_line": 1, "end_column": 3}},
            {"message": "and here", "path": "b", "parts": ["b"], "place": None},
        ],
    }
    assert body["diagnostics"][1]["place"] is None


@pytest.mark.parametrize("findings", [FINDINGS, ()], ids=["findings", "nothing to say"])
def test_sarif_is_valid(findings):
    log = json.loads(renderer("sarif")(findings, {}))
    assert list(Draft7Validator(SARIF).iter_errors(log)) == []


def test_sarif_says_everything():
    run = json.loads(renderer("sarif")(FINDINGS, {}))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["x/y", "x/z"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == ["x/y", "x/z", "x/y"]
    first = run["results"][0]
    assert first["message"]["text"] == "met 50%, expected: 100\nhelp: write 100"
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "specs/a%20b/%C3%A9%25.yaml"
    assert place["region"] == {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9}
    assert first["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "steps[0].weight"
    assert [related["message"]["text"] for related in first["relatedLocations"]] == ["first here", "and here"]
    assert first["properties"] == {"environment": "dev"}


def test_sarif_explains_a_rule_with_its_page():
    run = json.loads(renderer("sarif")([error("source/alias", "m", at=())], {}))["runs"][0]
    rule = run["tool"]["driver"]["rules"][0]
    assert rule["shortDescription"]["text"] == "A file has no aliases (`*name`)."
    assert "Good:" in rule["help"]["text"]


def test_junit():
    root = ElementTree.fromstring(renderer("junit")(FINDINGS, {"clean.yaml": ""}))
    assert (root.get("tests"), root.get("failures")) == ("4", "1")
    suites = {suite.get("name"): suite for suite in root}
    assert suites["clean.yaml"].find("testcase").get("name") == "no findings"
    case = suites["specs/a b/é%.yaml"].find("testcase")
    assert case.get("name") == "x/y:3:5 steps[0].weight dev"
    assert case.find("failure").get("message") == "met 50%, expected: 100"
    assert "help: write 100" in case.find("failure").text
    assert suites["mlproject"].find("testcase/failure") is None
    assert "warning: no place" in suites["mlproject"].find("testcase/system-out").text


def test_github():
    assert renderer("github")(FINDINGS, {}).splitlines() == [
        "::error file=specs/a b/é%25.yaml,line=3,endLine=3,title=x/y,col=5,endColumn=8"
        "::met 50%25, expected: 100 (in dev)%0Afirst here: f:1%0Aand here%0Ahelp: write 100",
        "::warning title=x/z::no place",
        "::notice file=f,line=1,endLine=4,title=x/y::over lines",
    ]


def test_github_escapes_what_separates_properties():
    line = renderer("github")([error("x/y", "m", at=())._replace(span=Span("a,b:c%\r\nd", 1, 1, 1, 2))], {})
    assert line.startswith("::error file=a%2Cb%3Ac%25\\r\\nd,line=1,")


hostile = st.text(max_size=30) | st.sampled_from(
    ["\n::set-env name=x::y", "]]>", "\x1b[2J", "\ud800", "##[add-mask]x", "<script>", "%0A::error::", "\u2028"])


@settings(deadline=None)
@given(hostile, hostile, hostile, hostile, st.sampled_from(FORMATS))
def test_nothing_that_users_write_breaks_out(message, help_text, key, file, name):
    finding = error("x/y", message, at=(key,), help=help_text, related=(Related(message, (key,)),))
    finding = finding._replace(span=Span(file, 1, 1, 1, 2), environment=key)
    text = renderer(name)([finding], {file: message})
    assert not any(character in text for character in "\x00\x1b\r\u2028\ud800")
    if name == "github":
        assert text.count("\n") == 1
        assert text.startswith("::error file=")
    elif name == "junit":
        assert ElementTree.fromstring(text).get("failures") == "1"
    elif name != "text":
        assert text.isascii()
        assert json.loads(text)
    else:
        assert not any(line.lstrip().startswith("::") for line in text.split("\n"))


SECRET = "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a"


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_echoes_a_secret(name):
    finding = error("x/y", f"met `{SECRET}`", at=("a",), help=f"not {SECRET}",
                    related=(Related(f"also {SECRET}", ()),))._replace(span=Span("f", 1, 4, 1, 9))
    text = renderer(name)([finding], {"f": f"a: {SECRET}\n"})
    assert SECRET not in text
    assert SECRET[4:] not in text
    assert "***" in text


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_stable(name):
    assert renderer(name)(FINDINGS, {"f": "x"}) == renderer(name)(FINDINGS, {"f": "x"})


def test_an_unknown_format_is_our_bug():
    with pytest.raises(ValueError, match="no format"):
        renderer("yaml")
