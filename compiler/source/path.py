"""Field paths: the only way to name a place in a spec, in Python and in Rego."""

import re

FieldPath = tuple[str | int, ...]

_PART = r"\.?([A-Za-z_][A-Za-z0-9_-]*)|\[(\d+)\]|\[\"((?:[^\"\\]|\\.)*)\"\]"


def dotted(path: FieldPath) -> str:
    """Return path as a person writes it: `deployment.strategy.steps[1].weight`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif _is_plain(part):
            text += f".{part}" if text else part
        else:
            text += '["' + part.replace("\\", "\\\\").replace('"', '\\"') + '"]'
    return text


def parse_dotted(text: str) -> FieldPath | None:
    """Return the path that `dotted` would write as text, or None when text is not one."""
    parts: list[str | int] = []
    position = 0
    pattern = re.compile(_PART)
    while position < len(text):
        match = pattern.match(text, position)
        if match is None:
            return None
        key, index, quoted = match.groups()
        if key is not None:
            parts.append(key)
        elif index is not None:
            parts.append(int(index))
        else:
            parts.append(re.sub(r"\\(.)", r"\1", quoted))
        position = match.end()
    return tuple(parts)


def _is_plain(key: str) -> bool:
    return key.isascii() and key.replace("-", "_").isidentifier() and key[0] != "-"
