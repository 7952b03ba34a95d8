"""What of a line may be printed: everything but what looks like a secret.

A secret that is invalid is still a secret: it must not reach a log because a check quoted its line.
"""

import re
from itertools import pairwise

from compiler.records import NamedTuple

MASK = "***"

_SENSITIVE_WORDS = frozenset({
    "password", "passwd", "passphrase", "passcode", "pwd", "pass", "secret", "secrets", "token", "tokens",
    "credential", "credentials", "key", "keys", "apikey", "accesskey", "secretkey", "privatekey", "auth",
    "authorization", "signature", "sig", "dsn", "webhook", "cookie", "bearer", "pem", "salt",
})
# The value is looked at and not taken, for it may hold the next assignment: `a: {token: x}`.
_ASSIGNMENT = re.compile(
    r"""(?<![\w.\-])(?P<key>[\w.\-]+)["']?\s*(?:=|:(?!//))\s*"""
    r"""(?=(?P<value>"(?:[^"\\]|\\.)*"?|'[^']*'?|[^\s,;&}\]"']+))""")
_MEMBER = re.compile(r"""^[\s\-?{\["']*(?P<key>\w[\w.\- ]*?)["']?\s*:\s+(?P<value>\S.*)$""")
_HARMLESS = re.compile(r"""["']?(secret://.*|true|false|null|~|[-+]?[0-9][0-9.,_]{0,8}|[|>][-+0-9]*|[{\[].*)["']?""")

_URI_PASSWORD = re.compile(r"(?<![A-Za-z0-9+.\-])[A-Za-z][A-Za-z0-9+.\-]*://[^\s/@:\"']*:(?P<value>[^\s/\"']+)@")
_URI_TOKEN = re.compile(r"(?<![A-Za-z0-9+.\-])[A-Za-z][A-Za-z0-9+.\-]*://(?P<value>[^\s/@:\"']{16,})@")
_PEM = re.compile(r"-----(BEGIN|END)[A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----(?P<value>[^\n]*)")
_SCHEME = re.compile(r"(?i)\b(bearer|basic)\s+(?P<value>[A-Za-z0-9+/=._~\-]{8,})")
_KNOWN = re.compile(
    r"(?P<value>\b(?:(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{12,}|gh[pousr]_\w{16,}|github_pat_\w{20,}|glpat-[\w\-]{16,}"
    r"|xox[a-z]-[\w\-]{8,}|xapp-[\w\-]{8,}|hf_\w{20,}|npm_\w{20,}|pypi-[\w\-]{16,}|sk-[\w\-]{16,}"
    r"|[sr]k_(?:live|test)_\w{8,}|AIza[\w\-]{30,}|ya29\.[\w\-]{16,}|SG\.[\w\-]{16,}[\w.\-]*|dapi[0-9a-f]{30,}|hvs\.[\w\-]{16,}|dop_v1_\w{16,}"
    r"|eyJ[\w\-]{8,}\.[\w\-]{4,}(?:\.[\w\-]*)?)|hooks\.slack\.com/\S+)")
_DIGEST = re.compile(r"\bsha(?:256|384|512)[:\-][0-9A-Za-z+/=]+")
_TOKEN = re.compile(r"[A-Za-z0-9+/_\-]{20,}={0,2}")
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
    member = _MEMBER.match(line)
    if member and is_sensitive(member["key"]) and not _HARMLESS.fullmatch(member["value"]):
        found.append(Range(*member.span("value")))
    for match in _ASSIGNMENT.finditer(line):
        if is_sensitive(match["key"]) and not _HARMLESS.fullmatch(match["value"]):
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
    patterns = (_URI_PASSWORD, _URI_TOKEN, _PEM, _SCHEME, _KNOWN)
    found = [Range(*match.span("value")) for pattern in patterns for match in pattern.finditer(text)]
    digests = [Range(*match.span()) for match in _DIGEST.finditer(text)]
    for match in _TOKEN.finditer(text):
        inside = any(digest.start <= match.start() < digest.end for digest in digests)
        if not inside and _looks_random(match.group()):
            found.append(Range(*match.span()))
    return found


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
