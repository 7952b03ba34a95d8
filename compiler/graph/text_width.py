"""How wide text is, near enough for boxes: nobody knows the font of whoever looks at it."""

_NARROW = frozenset("ijlI|!.,:;'`()[]{}/\\ ftr-")
_WIDE = frozenset("mwMW@%—")


def text_width(text: str, *, size: float) -> float:
    """Return the width of text in a sans-serif font of that size."""
    return size * sum(map(_width, text))


def _width(character: str) -> float:
    if character in _NARROW:
        return 0.34
    if character in _WIDE:
        return 0.9
    if character.isupper():
        return 0.72
    # Letters of most other alphabets are no wider than the widest of ours; ideographs fill the square.
    return 0.58 if character < "\u0250" else 1.0
