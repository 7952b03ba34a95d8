"""What of a line may be printed: everything but what looks like a secret.

A secret that is invalid is still a secret: it must not reach a log because a check quoted its line.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from compiler.records import NamedTuple

MASK = "***"

_SENSITIVE_WORDS = frozenset({
    "password", "passwd", "passphrase", "passcode", "pwd", "pass", "secret", "secrets", "token", "tokens",
    "credential", "credentials", "key", "keys", "apikey", "accesskey", "secretkey", "privatekey", "auth",
    "authorization", "signature", "sig", "dsn", "webhook", "cookie", "bearer", "pem", "salt",
})
# The value is looked at and not taken, for it may hold the next assignment: `a: {token: x}`.
_ASSIGNMENT = (
    r"""(?<![\w.\-])(?P<key>[\w.\-]+)["']?\s*(?:=|:(?!//))\s*"""
    r"""(?=(?P<value>"(?:[^"\\]|\\.)*"?|'[^']*'?|[^\s,;&}\]"']+))""")
_MEMBER = r"""^[\s\-?{\["']*(?P<key>\w[\w.\- ]*?)["']?\s*:\s+(?P<value>\S.*)$"""
_HARMLESS = r"""["']?(secret://.*|true|false|null|~|[-+]?[0-9][0-9.,_]{0,8}|[|>][-+0-9]*|[{\[].*)["']?"""

_PASSWORD = r"(?<![A-Za-z0-9+.\-])[A-Za-z][A-Za-z0-9+.\-]*://[^\s/@:\"']*:(?P<value>[^\s/\"']+)@"
_USER = r"(?<![A-Za-z0-9+.\-])[A-Za-z][A-Za-z0-9+.\-]*://(?P<value>[^\s/@:\"']{16,})@"
_PEM = r"-----(BEGIN|END)[A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----(?P<value>[^\n]*)"
_SCHEME = r"(?i)\b(bearer|basic)\s+(?P<value>[A-Za-z0-9+/=._~\-]{8,})"
# How the tokens of well-known services start, and what follows. Only what is met is compiled: most specs hold none.
_KNOWN = (
    *((start, r"[0-9A-Z]{12,}") for start in ("AKIA", "ASIA", "ABIA", "ACCA")),
    *((start, r"\w{16,}") for start in ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "dop_v1_")),
    *((start, r"\w{20,}") for start in ("github_pat_", "hf_", "npm_")),
    *((start, r"\w{8,}") for start in ("sk_live_", "sk_test_", "rk_live_", "rk_test_")),
    *((start, r"[\w\-]{16,}") for start in ("glpat-", "pypi-", "sk-", "ya29.", "hvs.")),
    ("xox", r"[a-z]-[\w\-]{8,}"), ("xapp-", r"[\w\-]{8,}"), ("AIza", r"[\w\-]{30,}"), ("dapi", r"[0-9a-f]{30,}"),
    ("SG.", r"[\w\-]{16,}[\w.\-]*"), ("eyJ", r"[\w\-]{8,}\.[\w\-]{4,}(?:\.[\w\-]*)?"), ("hooks.slack.com/", r"\S+"),
)
_DIGEST = r"\bsha(?:256|384|512)[:\-][0-9A-Za-z+/=]+"
_TOKEN = r"[A-Za-z0-9+/_\-]{20,}={0,2}"
_CASES = (str.islower, str.isupper, str.isdigit)


class Range(NamedTuple):
    """A part of a line, from start to before end."""

    start: int
    end: int


def redact_line(line: str) -> str:
    """Return a line of a spec with `***` for what looks like a secret."""
    return masked(line, secret_ranges(line))


def redact_message(text: str) -> str:
    """Return a message with `***` for what looks like a secret by itself; what stands beside `key` stays."""
    return masked(text, _merged(_shapes(text)))


def masked(line: str, ranges: tuple[Range, ...]) -> str:
    """Return line with `***` in place of each of the ranges, which are ordered and apart."""
    parts, position = [], 0
    for start, end in ranges:
        parts += [line[position:start], MASK]
        position = end
    return "".join(parts) + line[position:]


def secret_ranges(line: str) -> tuple[Range, ...]:
    """Return the parts of a line that look like secrets, first to last."""
    found = _shapes(line)
    member = re.match(_MEMBER, line)
    if member and is_sensitive(member["key"]) and not re.fullmatch(_HARMLESS, member["value"]):
        found.append(Range(*member.span("value")))
    for match in re.finditer(_ASSIGNMENT, line):
        if is_sensitive(match["key"]) and not re.fullmatch(_HARMLESS, match["value"]):
            found.append(Range(*match.span("value")))
    return _merged(found)


def value_ranges(line: str) -> tuple[Range, ...]:
    """Return the part of a line that is a value: all of it behind the key, or behind its indentation."""
    match = re.match(r"""^[\s\-?]*(?:[{\[]\s*)?(?:["']?\w[\w.\- ]*?["']?\s*:(?:\s+|$))?""", line)
    start = match.end() if match else 0
    return (Range(start, len(line.rstrip())),) if start < len(line.rstrip()) else ()


def is_sensitive(key: str) -> bool:
    """Tell whether a key names a secret: `apiKey`, `db_password`, `token`; not `tokenizer`."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", key)
    return any(word.lower() in _SENSITIVE_WORDS for word in words)


def _shapes(text: str) -> list[Range]:
    found = [Range(*match.span("value")) for pattern in _patterns(text) for match in re.finditer(pattern, text)]
    digests = [Range(*match.span()) for match in re.finditer(_DIGEST, text)] if "sha" in text else []
    for match in re.finditer(_TOKEN, text):
        inside = any(digest.start <= match.start() < digest.end for digest in digests)
        if not inside and _looks_random(match.group()):
            found.append(Range(*match.span()))
    return found


def _patterns(text: str) -> Iterator[str]:
    """Yield the patterns that can match somewhere in text."""
    if "://" in text and "@" in text:
        yield from (_PASSWORD, _USER)
    if "-----" in text:
        yield _PEM
    folded = text.casefold()
    if "bearer" in folded or "basic" in folded:
        yield _SCHEME
    for start, rest in _KNOWN:
        if start in text:
            boundary = "" if "/" in start else r"\b"
            yield rf"(?P<value>{boundary}{re.escape(start)}{rest})"


def _looks_random(token: str) -> bool:
    """Tell a key from words: it changes between lower case, upper case and digits all the time."""
    kinds = [next(index for index, case in enumerate(_CASES) if case(character))
             for character in token if character.isalnum()]
    changes = sum(before != after for before, after in pairwise(kinds))
    return len(kinds) >= 16 and changes >= len(kinds) / 4


def _merged(ranges: list[Range]) -> tuple[Range, ...]:
    merged: list[Range] = []
    for current in sorted(found for found in ranges if found.end > found.start):
        if merged and current.start <= merged[-1].end:
            merged[-1] = Range(merged[-1].start, max(merged[-1].end, current.end))
        else:
            merged.append(current)
    return tuple(merged)
