"""Print files while they grow."""

import os
import time
from collections.abc import Callable, Iterable

_PAUSE_SECONDS = 0.3


def follow(files: Callable[[], Iterable[tuple[str, str]]], is_over: Callable[[], bool],
           out: Callable[[str], None]) -> None:
    """Print what is in the files, and what comes to them, each under its title, until all is over."""
    read: dict[str, int] = {}
    last = ""
    while True:
        ended = is_over()
        for title, path in files():
            text = _more(path, read)
            if text and path != last:
                out(f"==> {title}\n")
                last = path
            out(text)
        if ended:
            return
        time.sleep(_PAUSE_SECONDS)


def _more(path: str, read: dict[str, int]) -> str:
    if not os.path.isfile(path):
        return ""
    with open(path, "rb") as file:
        file.seek(read.get(path, 0))
        content = file.read()
    read[path] = read.get(path, 0) + len(content)
    return content.decode("utf-8", "replace")
