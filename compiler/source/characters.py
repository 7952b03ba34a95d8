"""Characters that no spec may hold: they hide, reorder or split what a reviewer sees."""

from collections.abc import Iterator

from compiler.records import NamedTuple
from compiler.source.codes import CHARACTER, NOT_NFC

_PLAIN_ASCII = bytes(range(0x20, 0x7F)) + b"\t\n"

_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_SEPARATORS = "\u2028\u2029"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Zero-width, soft hyphen, Mongolian vowel separator, Hangul fillers, interlinear marks, tag characters.
_HIDDEN = "\u00ad\u180e\u200b-\u200d\u2060-\u2064\u206a-\u206f\ufeff\u115f\u1160\u3164\uffa0\ufff9-\ufffb" \
          "\U000e0000-\U000e007f"
_SURROGATES = "\ud800-\udfff"
_NONCHARACTERS = "\ufffe\uffff"


class Flaw(NamedTuple):
    """A character that is refused, at an offset of the text it was found in."""

    offset: int
    length: int
    code: str
    message: str
    help: str


def flaws(text: str) -> Iterator[Flaw]:
    """Yield what is wrong with the characters of a file, first to last of each kind.

    A carriage return is fine in front of a line feed, where an editor put it.
    """
    if text.isascii() and not text.encode().translate(None, _PLAIN_ASCII):
        return
    yield from _refused(text.replace("\r\n", " \n"), "")
    if not text.isascii():
        yield from _denormalised(text)


def value_flaws(text: str) -> Iterator[Flaw]:
    r"""Yield what is wrong with the characters of a value that was written with escapes (`"\u202e"`)."""
    if text.isascii() and not text.encode().translate(None, _PLAIN_ASCII):
        return
    yield from _refused(text, ", written as an escape,")
    if not text.isascii():
        yield from _denormalised(text)


def _refused(text: str, how: str) -> Iterator[Flaw]:
    import re
    pattern = f"[{_CONTROL}{_SEPARATORS}{_BIDI}{_HIDDEN}{_SURROGATES}{_NONCHARACTERS}]"
    for match in re.finditer(pattern, text):
        point = ord(match.group())
        message = f"{_kind(match.group())} U+{point:04X}{how} is not allowed here"
        yield Flaw(match.start(), 1, CHARACTER, message, "remove it; an editor can show invisible characters")


def _kind(character: str) -> str:
    import re
    kinds = {_SEPARATORS: "the line separator", _BIDI: "the text direction control",
             _HIDDEN: "the invisible character", _SURROGATES: "half of a surrogate pair",
             _NONCHARACTERS: "the noncharacter"}
    found = (name for members, name in kinds.items() if re.fullmatch(f"[{members}]", character))
    return next(found, "the control character")


def _denormalised(text: str) -> Iterator[Flaw]:
    from unicodedata import is_normalized, normalize
    if is_normalized("NFC", text):
        return
    start = 0
    for line in text.split("\n"):
        if not is_normalized("NFC", line):
            composed = normalize("NFC", line)
            offset = next((index for index, pair in enumerate(zip(line, composed, strict=False))
                           if pair[0] != pair[1]), 0)
            yield Flaw(start + offset, 1, NOT_NFC, "this text is not in Unicode normal form C",
                       "two texts that look the same must be the same bytes: save the file in NFC")
        start += len(line) + 1
