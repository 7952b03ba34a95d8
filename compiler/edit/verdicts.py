"""The verdict file of the step `gates`: what it said, and its digest."""

import json
from typing import Any

from compiler.source.digests import sha256_hex
from compiler.source.files import read_file


def read_verdict(path: str) -> tuple[dict[str, Any], str]:
    """Return the entry that the lock keeps of a verdict file, or what is wrong with the file."""
    content, refusals = read_file(path)
    if content is None:
        return {}, f"{path}: {refusals[0].message}"
    try:
        said = json.loads(content)["verdict"]
    except (ValueError, KeyError, TypeError, RecursionError):
        said = None
    if said not in ("pass", "stop"):
        return {}, f"{path}: this is no verdict of the step `gates`"
    return {"verdict": said, "digest": f"sha256:{sha256_hex(content)}"}, ""
