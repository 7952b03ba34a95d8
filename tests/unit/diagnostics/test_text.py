"""The text format: what a person sees."""

from compiler.diagnostics.diagnostic import Diagnostic, Related, error, warning
from compiler.diagnostics.text import render
from compiler.source.document import Span

FILE = "specs/fraud/mlproject.yaml"
SOURCE = "name: fraud\nsteps:\n  - weight: 50\n\ttabbed: x\n日本: wide\n"


def at(line, column, end_column, end_line=None, file=FILE):
    return Span(file, line, column, end_line or line, end_column)


def shown(diagnostic, source=SOURCE):
    return render([diagnostic], {FILE: source})


def test_everything_at_its_place():
    diagnostic = error("serving/canary-weights", "last weight is 50, expected 100", at=("steps", 0, "weight"),
                       help="add a final step with weight: 100")._replace(span=at(3, 13, 15))
    assert shown(diagnostic) == """\
specs/fraud/mlproject.yaml:3:13: error: last weight is 50, expected 100 [serving/canary-weights]
    3 |   - weight: 50
      |             ^~
  at: steps[0].weight
  help: add a final step with weight: 100
"""


def test_a_related_place_is_shown_too():
    diagnostic = error("source/duplicate-key", "the key `name` is written twice", at=(),
                       related=(Related("first written here", (), at(1, 1, 5)),))._replace(span=at(3, 5, 11))
    assert shown(diagnostic) == """\
specs/fraud/mlproject.yaml:3:5: error: the key `name` is written twice [source/duplicate-key]
    3 |   - weight: 50
      |     ^~~~~~
  specs/fraud/mlproject.yaml:1:1: note: first written here
    1 | name: fraud
      | ^~~~
"""


def test_without_a_place():
    assert render([warning("x/y", "no place", at=("a",))], {}) == "warning: no place [x/y]\n  at: a\n"


def test_what_several_environments_share_is_said_once():
    found = error("x/y", "wrong", at=("a",))
    several = [found._replace(environment=name) for name in ("dev", "staging")]
    assert render(several, {}) == "error: wrong [x/y]\n  at: a in dev, staging\n"


def test_findings_are_apart_by_a_blank_line():
    assert render([error("x/y", "one", at=()), error("x/y", "two", at=())], {}) == \
        "error: one [x/y]\n\nerror: two [x/y]\n"


def test_nothing_to_say():
    assert render([], {}) == ""


def test_the_marker_stands_below_a_tab_and_below_wide_letters():
    lines = shown(Diagnostic("x/y", "error", "m", span=at(4, 2, 8))).splitlines()
    assert lines[1].index("tabbed") == lines[2].index("^~~~~~")
    lines = shown(Diagnostic("x/y", "error", "m", span=at(5, 5, 9))).splitlines()
    # Two letters take four columns.
    assert lines[2].index("^~~~") == lines[1].index("wide") + 2


def test_a_span_over_several_lines_is_marked_to_the_end_of_its_first():
    lines = shown(Diagnostic("x/y", "error", "m", span=at(1, 7, 3, end_line=3))).splitlines()
    assert lines[2] == "      |       ^~~~~"


def test_an_empty_span_has_a_marker():
    assert shown(Diagnostic("x/y", "error", "m", span=at(1, 12, 12))).splitlines()[2].endswith(" ^")


def test_a_span_that_is_not_in_the_text_shows_no_line():
    assert shown(Diagnostic("x/y", "error", "m", span=at(99, 1, 2))).splitlines() == [
        f"{FILE}:99:1: error: m [x/y]"]
    assert shown(Diagnostic("x/y", "error", "m", span=at(1, 500, 501))).splitlines()[1] == "    1 | name: fraud"


def test_a_long_line_is_cut_around_the_marker():
    source = "a: [" + "x, " * 300 + "HERE" + ", y" * 300 + "]\n"
    column = source.index("HERE") + 1
    lines = shown(Diagnostic("x/y", "error", "m", span=at(1, column, column + 4)), source).splitlines()
    assert len(lines[1]) < 140
    offset = lines[2].index("^~~~")
    assert lines[1][offset:offset + 4] == "HERE"


def test_a_very_long_line_is_not_shown():
    assert len(shown(Diagnostic("x/y", "error", "m", span=at(1, 1, 2)), "x" * 5000).splitlines()) == 1


def test_control_characters_are_made_visible():
    source = "a: \x1b[2J\u202e\n"
    text = render([Diagnostic("x/y", "error", "met \x1b[2J\r\n::error::", ("a\x07",), "do\u200b",
                              span=at(1, 4, 9, file="b\nc.yaml"))], {"b\nc.yaml": source})
    assert "\x1b" not in text
    assert "\\x1b[2J\\u202e" in text
    assert "met \\x1b[2J\\r\\n::error::" in text
    assert "b\\nc.yaml:1:4" in text
    assert "do\\u200b" in text


def test_no_line_of_a_log_is_a_command():
    text = render([Diagnostic("x/y", "error", "##[add-mask]x", span=at(1, 1, 2, file="::add-mask::"))],
                  {"::add-mask::": "::error::x\n##[group]\n"})
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())
    assert "##[" not in text


def test_colour_only_when_asked():
    diagnostic = Diagnostic("x/y", "error", "m", help="h", span=at(1, 1, 5))
    plain = render([diagnostic], {FILE: SOURCE})
    coloured = render([diagnostic], {FILE: SOURCE}, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31merror:\x1b[0m" in coloured


def test_a_secret_on_the_line_is_masked_and_the_marker_still_fits():
    source = "a: {password: hunter2hunter2, bad: 1}\n"
    column = source.index("bad") + 1
    lines = shown(Diagnostic("x/y", "error", "m", span=at(1, column, column + 3)), source).splitlines()
    assert "hunter2" not in lines[1]
    offset = lines[2].index("^~~")
    assert lines[1][offset:offset + 3] == "bad"


def test_a_finding_about_a_secret_masks_the_whole_value():
    source = "greeting: open sesame\n- plain words\n"
    assert "    1 | greeting: ***\n      |           ^~~\n" in shown(
        Diagnostic("secrets/plaintext-secret", "error", "m", span=at(1, 11, 22)), source)
    assert "plain words" not in shown(Diagnostic("secrets/plaintext-secret", "error", "m", span=at(2, 3, 14)), source)


def test_lines_below_a_sensitive_key_are_masked():
    source = "credentials:\n  user: bob\n  note: |\n    open sesame\nname: fraud\n"
    assert "sesame" not in shown(Diagnostic("x/y", "error", "m", span=at(4, 5, 10)), source)
    assert "bob" not in shown(Diagnostic("x/y", "error", "m", span=at(2, 9, 12)), source)
    assert "fraud" in shown(Diagnostic("x/y", "error", "m", span=at(5, 7, 12)), source)


def test_lines_of_a_pem_block_are_masked():
    source = "notes: |\n  -----BEGIN PRIVATE KEY-----\n  AbC9\n  -----END PRIVATE KEY-----\n  after\n"
    assert "AbC9" not in shown(Diagnostic("x/y", "error", "m", span=at(3, 3, 7)), source)
    assert "after" in shown(Diagnostic("x/y", "error", "m", span=at(5, 3, 8)), source)
