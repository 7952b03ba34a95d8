"""Text that has broken programs: quotes, templates, numbers in disguise, other scripts, other people's syntax."""

from collections.abc import Iterator


def _words() -> Iterator[str]:
    yield from ("", " ", "  two  blanks  ", "-", "---", "...", "..", "/", "'", '"', "\\", "``")
    yield from ("null", "~", "true", "yes", "no", "off", "y", "NaN", "Infinity")
    yield from ("0", "-0", "007", "0o17", "0x1F", "1e3", "1E400", "1_000", "1.", "+1", "١٢٣", "12:30:45", "2024-02-30")
    yield from ("9" * 40, "9223372036854775808")
    yield from ("{{workflow.name}}", "{{=1+1}}", "{{", "}}", "{% raw %}", "${HOME}", "$(id)", "$HOME", "<%= 1 %>")
    yield from (
        "key: value",
        "- item",
        "[a, b]",
        "{a: b}",
        "&anchor",
        "*alias",
        "!!python/name:os.system",
        "<<",
        "? key",
    )
    yield from ("| literal", "# comment", "a #b", "a: ", "@at", "%TAG ! x", "=", ":")
    yield from ("a\nb", "a\r\nb", "\ttab", "trailing\n", "a\x00b", "a\x1b[2Jb", "a\x7fb", "a\x85b")
    yield from ("a\u200bb", "a\u202eb", "a\u2028b", "a\ufeffb", "\ufffe", "\U000e0041", "a\u0301", "\ud800")
    yield from ("Straße", "İstanbul ı", "你好", "שלום", "🦀", "\U0001f469\u200d\U0001f467", "ﷺ", "𝕏", "ﬁ")
    yield from ("::error::x", "##[add-mask]x", "##vso[task.complete]", "%0A::warning::x")
    yield from (
        "<script>alert(1)</script>",
        "&lt;b&gt;",
        "]]>",
        "<!--",
        "javascript:alert(1)",
        "![a](b)",
        "```",
        "| a | b |",
    )
    yield from ("'; drop table x; --", '"} or vector(1)', '{__name__=~".+"}', "a\\", 'a\\"', "\\n", "\\u0000")
    yield from ("; id", "&& id", "-rf", "--help", "/etc/passwd", "../../etc/passwd", "file:///etc/passwd", "~root", "*")
    yield from (
        "x" * 64,
        "x" * 501,
        "a" * 5000,
        "%s%n%d",
        "{0.__class__}",
        "__proto__",
        "__class__",
        "data.secrets",
        "default",
    )


STRINGS = tuple(dict.fromkeys(_words()))
