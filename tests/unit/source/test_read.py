"""The reader: documents, spans, and every refusal at its line and column."""

import pytest

from compiler.source import codes
from compiler.source.compose import MAX_DEPTH, MAX_NODES, MAX_PROBLEMS
from compiler.source.document import Span
from compiler.source.read import MAX_BYTES, UNSAFE, read, readable_text

SPEC = """\
# a comment
name: fraud
steps:
  - weight: 5
    hold: 10m
  - {weight: 25, "hold": '30m'}
notes: |
  one
  two
on: {}
off:
last: [1,
  2]
"""


def findings(text):
    """Return the place and code of everything the reader has to say of text."""
    content = text.encode() if isinstance(text, str) else text
    document, problems = read(content, "f.yaml")
    assert (document is None) == bool(problems)
    return [(problem.span.line, problem.span.column, problem.code) for problem in problems]


def test_data():
    document, problems = read(SPEC.encode(), "f.yaml")
    assert problems == ()
    assert document.data == {
        "name": "fraud", "steps": [{"weight": 5, "hold": "10m"}, {"weight": 25, "hold": "30m"}],
        "notes": "one\ntwo\n", "on": {}, "off": None, "last": [1, 2],
    }
    assert list(document.data) == ["name", "steps", "notes", "on", "off", "last"]
    assert document.text == SPEC


@pytest.mark.parametrize(("path", "place"), [
    pytest.param((), (2, 1, 13, 5), id="the document ends where its last value does"),
    pytest.param(("name",), (2, 7, 2, 12), id="a plain scalar"),
    pytest.param(("steps",), (4, 3, 6, 32), id="a block list ends with its last item, not at the next key"),
    pytest.param(("steps", 0), (4, 5, 5, 14), id="a block mapping starts at its first key"),
    pytest.param(("steps", 0, "weight"), (4, 13, 4, 14), id="a number"),
    pytest.param(("steps", 1), (6, 5, 6, 32), id="a flow mapping, braces included"),
    pytest.param(("steps", 1, "hold"), (6, 26, 6, 31), id="a quoted scalar, quotes included"),
    pytest.param(("on",), (10, 5, 10, 7), id="an empty mapping"),
    pytest.param(("off",), (11, 5, 11, 5), id="a missing value is behind its colon"),
    pytest.param(("last", 1), (13, 3, 13, 4), id="a list over two lines"),
])
def test_spans(path, place):
    document, _ = read(SPEC.encode(), "f.yaml")
    assert document.spans[path] == Span("f.yaml", *place)


def test_key_spans():
    document, _ = read(SPEC.encode(), "f.yaml")
    assert document.key_spans[("steps", 1, "hold")] == Span("f.yaml", 6, 18, 6, 24)
    assert set(document.key_spans) == {path for path in document.spans if path and isinstance(path[-1], str)}


def test_columns_count_characters():
    document, _ = read("{é日: 𝄞x, b: 1}\n".encode(), "f")
    assert document.spans[("b",)] == Span("f", 1, 13, 1, 14)


@pytest.mark.parametrize("text", ["", "\n", "# all of it commented out\n", "---\n", "---\n...\n"],
                         ids=["empty", "a blank line", "a comment", "a marker", "two markers"])
def test_no_content_is_a_document_without_data(text):
    document, problems = read(text.encode(), "f")
    assert problems == ()
    assert document.data is None
    assert document.locate(()).line >= 1


@pytest.mark.parametrize("text", ["a: 1\r\nb: |\r\n  x\r\n", "a: 1\nb: |\n  x\n"], ids=["CRLF", "LF"])
def test_line_ends_are_alike(text):
    document, _ = read(text.encode(), "f")
    assert document.data == {"a": 1, "b": "x\n"}


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("a: &x 1\n", [(1, 4, codes.ANCHOR)], id="an anchor"),
    pytest.param("a: &x {b: 1}\n", [(1, 4, codes.ANCHOR)], id="an anchor on a mapping"),
    pytest.param("a: &x 1\nb: *x\n", [(1, 4, codes.ANCHOR), (2, 4, codes.ALIAS)], id="an alias"),
    pytest.param("*x : 1\n", [(1, 1, codes.NON_STRING_KEY), (1, 1, codes.ALIAS)], id="an alias as a key"),
    pytest.param("a:\n  <<: {b: 1}\n", [(2, 3, codes.MERGE_KEY)], id="a merge key"),
    pytest.param('"<<": {b: 1}\n', [(1, 1, codes.MERGE_KEY)], id="a quoted merge key"),
    pytest.param("a: !!str 1\n", [(1, 4, codes.TAG)], id="a standard tag"),
    pytest.param("a: ! 1\n", [(1, 4, codes.TAG)], id="the tag without a name"),
    pytest.param("a: !!python/object/apply:os.system [x]\n", [(1, 4, codes.TAG)], id="a tag that runs code"),
    pytest.param("a: !x!y 1\n", [(1, 4, codes.TAG)], id="a tag with an unknown handle"),
    pytest.param("!!str a: 1\n", [(1, 1, codes.TAG)], id="a tag on a key"),
    pytest.param("%YAML 1.2\n---\na: 1\n", [(1, 1, codes.DIRECTIVE)], id="a version directive"),
    pytest.param("%TAG ! tag:x,1:\n---\na: 1\n", [(1, 1, codes.DIRECTIVE)], id="a tag directive"),
    pytest.param("%FOO\n---\na: 1\n", [(1, 5, codes.DIRECTIVE)], id="an unknown directive"),
    pytest.param("%YAML 2.0\n---\na: 1\n", [(1, 1, codes.DIRECTIVE)], id="a directive of the future"),
    pytest.param("a: 1\n---\nb: 2\n", [(2, 1, codes.MULTIPLE_DOCUMENTS)], id="two documents"),
    pytest.param("a: 1\n---\n", [(2, 1, codes.MULTIPLE_DOCUMENTS)], id="an empty second document"),
    pytest.param("a: 1\nb: 2\na: 3\n", [(3, 1, codes.DUPLICATE_KEY)], id="a duplicate key"),
    pytest.param("a: 1\n'a': 2\n\"\\x61\": 3\n", [(2, 1, codes.DUPLICATE_KEY), (3, 1, codes.DUPLICATE_KEY)],
                 id="a duplicate key in other quotes"),
    pytest.param("1: x\n", [(1, 1, codes.NON_STRING_KEY)], id="an integer key"),
    pytest.param("true: x\n", [(1, 1, codes.NON_STRING_KEY)], id="a boolean key"),
    pytest.param("~: x\n", [(1, 1, codes.NON_STRING_KEY)], id="a null key"),
    pytest.param("{: x}\n", [(1, 2, codes.SYNTAX)], id="a missing key in braces"),
    pytest.param("? [a]\n: x\n", [(1, 3, codes.NON_STRING_KEY)], id="a list as a key"),
    pytest.param("{{a: b}: c}\n", [(1, 2, codes.NON_STRING_KEY)], id="a mapping as a key"),
    pytest.param("a: .nan\n", [(1, 4, codes.NOT_FINITE)], id="not a number"),
    pytest.param("a: -.inf\n", [(1, 4, codes.NOT_FINITE)], id="infinity"),
    pytest.param("a: 9007199254740993\n", [(1, 4, codes.NUMBER_RANGE)], id="an integer that JSON would round"),
    pytest.param("a: 1e999\n", [(1, 4, codes.NUMBER_RANGE)], id="a float out of range"),
    pytest.param("a:\n  - x\x1b[2J\n", [(2, 6, codes.CHARACTER)], id="a terminal escape"),
    pytest.param("a: \x00\n", [(1, 4, codes.CHARACTER)], id="a zero byte"),
    pytest.param("a: 1\rb: 2\n", [(1, 5, codes.CHARACTER)], id="a carriage return alone"),
    pytest.param("a: \x85\n", [(1, 4, codes.CHARACTER)], id="a C1 control"),
    pytest.param("a: x # \u202e\n", [(1, 8, codes.CHARACTER)], id="a direction control in a comment"),
    pytest.param("a: \u2066x\n", [(1, 4, codes.CHARACTER)], id="a direction isolate"),
    pytest.param("a: x\u200by\n", [(1, 5, codes.CHARACTER)], id="a zero-width space"),
    pytest.param("a: x\u2028y\n", [(1, 5, codes.CHARACTER)], id="a line separator"),
    pytest.param("a: x\ufeffy\n", [(1, 5, codes.CHARACTER)], id="a byte order mark in the middle"),
    pytest.param("a: x\U000e0041y\n", [(1, 5, codes.CHARACTER)], id="a tag character"),
    pytest.param("a: \u3164\n", [(1, 4, codes.CHARACTER)], id="a Hangul filler"),
    pytest.param('a: "x\\u202ey"\n', [(1, 4, codes.CHARACTER)], id="a direction control as an escape"),
    pytest.param('a: "\\e[2J"\n', [(1, 4, codes.CHARACTER)], id="a terminal escape as an escape"),
    pytest.param('a: "\\0"\n', [(1, 4, codes.CHARACTER)], id="a zero byte as an escape"),
    pytest.param('a: "\\L"\n', [(1, 4, codes.CHARACTER)], id="a line separator as an escape"),
    pytest.param('a: "\\r"\n', [(1, 4, codes.CHARACTER)], id="a carriage return as an escape"),
    pytest.param('"\\u200b": 1\n', [(1, 1, codes.CHARACTER)], id="a zero-width space as an escape in a key"),
    pytest.param('a: "\\ud800"\n', [(1, 7, codes.CHARACTER)], id="half a surrogate pair as an escape"),
    pytest.param("a: e\u0301\n", [(1, 4, codes.NOT_NFC)], id="a decomposed letter"),
    pytest.param('a: "e\\u0301"\n', [(1, 4, codes.NOT_NFC)], id="a letter decomposed by an escape"),
    pytest.param(b"\xef\xbb\xbfa: 1\n", [(1, 1, codes.BYTE_ORDER_MARK)], id="a byte order mark"),
    pytest.param("a: 1".encode("utf-16"), [(1, 1, codes.BYTE_ORDER_MARK)], id="UTF-16"),
    pytest.param("a: 1".encode("utf-16-le"), [(1, 2, codes.CHARACTER), (1, 4, codes.CHARACTER),
                                              (1, 6, codes.CHARACTER), (1, 8, codes.CHARACTER)],
                 id="UTF-16 without a mark"),
    pytest.param(b"a: \xe9\n", [(1, 4, codes.NOT_UTF8)], id="Latin-1"),
    pytest.param("é: ü\nb: ".encode() + b"\xff", [(2, 4, codes.NOT_UTF8)], id="a bad byte on the second line"),
    pytest.param(b"a: \xed\xa0\x80\n", [(1, 4, codes.NOT_UTF8)], id="half a surrogate pair in UTF-8"),
    pytest.param(b"a: \xc0\xaf\n", [(1, 4, codes.NOT_UTF8)], id="an overlong slash"),
    pytest.param(b"#" * (MAX_BYTES + 1), [(1, 1, codes.TOO_LARGE)], id="one byte over the limit"),
    pytest.param("[" * 33 + "]" * 33, [(1, 33, codes.TOO_DEEP)], id="33 lists deep"),
    pytest.param("[" * 5000, [(1, 33, codes.TOO_DEEP)], id="five thousand brackets"),
    pytest.param("- " * 5000, [(1, 65, codes.TOO_DEEP)], id="five thousand dashes"),
    pytest.param("- 1\n" * MAX_NODES, [(50000, 3, codes.TOO_MANY_NODES)], id="a node over the limit"),
])
def test_refusals(text, expected):
    assert findings(text) == expected


@pytest.mark.parametrize(("text", "line", "column", "message"), [
    pytest.param("a: */5 * * * *\n", 1, 4, "`*` starts an alias, which is not allowed", id="a bare cron line"),
    pytest.param("a: && b\n", 1, 4, "`&` starts an anchor, which is not allowed", id="a bare ampersand"),
    pytest.param("a:\n\t- b\n", 2, 1, "a tab cannot indent", id="a tab before a dash"),
    pytest.param("a: 1\n\tb: 2\n", 2, 1, "a tab cannot indent", id="a tab before a key"),
    pytest.param("a: b: c\n", 1, 5, "`:` is not expected here", id="two colons"),
    pytest.param("name:x\nb: 1\n", 1, 5, "expected a space behind `:`", id="no space behind the colon"),
    pytest.param("a: 'x\n\nb: 1\n", 1, 4, "this quote is never closed", id="an open quote"),
    pytest.param("a: 'it's'\n", 1, 8, "expected a key", id="a quote in quotes"),
    pytest.param("a: [1, 2\nb: 1\n", 2, 2, "expected `,` or `]` in this list", id="an open bracket"),
    pytest.param("a: {b: 1\n", 1, 4, "expected `,` or `}` in this mapping", id="an open brace at the end"),
    pytest.param("a: [1, 2}\n", 1, 9, "expected `,` or `]` in this list", id="the wrong bracket"),
    pytest.param("a: @x\n", 1, 4, "a value cannot start with this character", id="an at sign"),
    pytest.param("a: `x`\n", 1, 4, "a value cannot start with this character", id="a backquote"),
    pytest.param("a: %x\n", 1, 4, "a value cannot start with this character", id="a percent sign"),
    pytest.param("foo: bar\nbaz\n", 2, 1, "expected `:` behind this key", id="a key without a colon"),
    pytest.param("a: - b\n", 1, 4, "a list item is not expected here", id="a list beside its key"),
    pytest.param("a:\n  - b\n c: d\n", 3, 2, "expected a key", id="a half-indented key"),
    pytest.param("- - a\n -b\n", 2, 2, "expected a list item", id="a dash without its space"),
    pytest.param('a: "\\q"\n', 1, 5, "`\\` and this character are not an escape", id="an unknown escape"),
    pytest.param('a: "\\xg0"\n', 1, 7, "expected hexadecimal digits in this escape", id="a broken escape"),
    pytest.param("a: ]\n", 1, 4, "a value is missing here", id="a bracket from nowhere"),
    pytest.param("a: |x\n  b\n", 1, 5, "this is not how a block of text starts", id="a broken block header"),
    pytest.param("  a: 1\n b: 2\n", 2, 2, "expected the end of the file", id="a first line too far right"),
    pytest.param('a: "x"#y\n', 1, 7, "a comment needs a space in front of it", id="a comment glued to a quote"),
    pytest.param("a: [b,#c\n  d]\n", 1, 7, "a comment needs a space in front of it", id="a comment glued to a comma"),
    pytest.param("a: |#c\n  d\n", 1, 4, "a comment needs a space in front of it", id="a comment glued to a block"),
    pytest.param("a: [1,\n2]\n", 2, 1, "this line is not indented under its key", id="a list that hangs out"),
    pytest.param('a: "x\ny"\n', 2, 1, "this line is not indented under its key", id="a quote that hangs out"),
    pytest.param("a: {?b: 1}\n", 1, 6, "a key cannot start with `?`", id="a question mark that would vanish"),
    pytest.param("a: [-, -]\n", 1, 5, "`-` alone is not a value", id="a dash in brackets"),
])
def test_syntax(text, line, column, message):
    document, problems = read(text.encode(), "f.yaml")
    assert document is None
    first = problems[0]
    assert (first.span.file, first.span.line, first.span.column) == ("f.yaml", line, column)
    assert (first.code, first.message) == (codes.SYNTAX, message)
    assert first.help


@pytest.mark.parametrize("text", [
    pytest.param('a: "#risk"\n', id="a hash in quotes"),
    pytest.param('a: {b: "#x", c: \'#y\'} # [,#\n', id="hashes in quotes and a comment full of them"),
    pytest.param("a: secret://vault/path#key\n", id="a hash in a plain text"),
    pytest.param("a: [\n  1,\n]\n", id="a closing bracket under its key"),
    pytest.param('a: |\n  x,#y\n  "#\n', id="hashes in a block of text"),
    pytest.param("[1,\n2]\n", id="a list at the top hangs as it likes"),
    pytest.param("a: what?\nb: 1\n", id="a question mark at the end of the line above"),
    pytest.param("a: >-  # note\n  x\n", id="a comment behind a block header"),
])
def test_strictness_lets_valid_text_pass(text):
    assert findings(text) == []


def test_everything_is_reported_together():
    text = "a: &x 1\nb: *x\na: !t 2\n3: .nan\n<<: {}\n"
    assert [code for _, _, code in findings(text)] == [
        codes.ANCHOR, codes.ALIAS, codes.DUPLICATE_KEY, codes.TAG, codes.NON_STRING_KEY, codes.NOT_FINITE,
        codes.MERGE_KEY]


def test_what_was_refused_before_a_syntax_error_is_reported_with_it():
    assert findings("a: &x 1\nb: [\n") == [(1, 4, codes.ANCHOR), (2, 5, codes.SYNTAX)]


def test_a_duplicate_names_both_places():
    _, problems = read(b"m:\n  a: 1\n  b: 2\n  a: 3\n", "f")
    assert problems[0].path == ("m", "a")
    assert problems[0].span == Span("f", 4, 3, 4, 4)
    assert problems[0].related[0].span == Span("f", 2, 3, 2, 4)


def test_an_open_bracket_names_where_it_opened():
    _, problems = read(b"a: [1,\n  2\nb: 1\n", "f")
    assert problems[0].related[0].span[:3] == ("f", 1, 4)


@pytest.mark.parametrize("text", ["a: 1\n" * 1000, "\x01\n" * 1000], ids=["duplicates", "control characters"])
def test_a_flood_is_cut(text):
    found = findings(text)
    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1][2] == codes.TOO_MANY_PROBLEMS


def test_the_limits_themselves_are_allowed():
    assert findings("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert findings("- 1\n" * (MAX_NODES - 1)) == []
    assert findings(b"#" * MAX_BYTES) == []


def test_a_blank_last_line_of_a_block_is_kept():
    assert read(b"a: |\n  x\n   ", "f")[0].data == {"a": "x\n \n"}


def test_unsafe_is_apart_from_wrong():
    assert {codes.ALIAS, codes.DUPLICATE_KEY, codes.TAG, codes.CHARACTER, codes.TOO_LARGE, codes.LINK} <= UNSAFE
    assert not UNSAFE & {codes.SYNTAX, codes.NOT_FINITE, codes.NUMBER_RANGE}
    assert not UNSAFE & codes.ENVIRONMENT
    assert not UNSAFE & codes.WRONG_USE


def test_readable_text_never_fails():
    assert readable_text(b"a: \xff\n") == "a: \ufffd\n"
