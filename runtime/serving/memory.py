"""Give memory back that only the start needed.

Loading libraries and a model touches pages of program text that no request ever runs, and leaves
freed memory with the allocator. A hundred small model servers on one machine pay for that a hundred
times. Text is unmapped, not lost: what is needed again comes back from the page cache.
"""

import ctypes
import re
from pathlib import Path

_DONTNEED = 4
_MAPPING = re.compile(r"([0-9a-f]+)-([0-9a-f]+) (\S{4}) \S+ \S+ \d+ +(/.*)\n")


def give_back() -> None:
    """Return freed memory and untouched program text to the system; do nothing where it is not Linux."""
    try:
        libc = ctypes.CDLL(None)
        libc.malloc_trim(0)
        regions = _text_regions(Path("/proc/self/smaps").read_text(encoding="utf-8", errors="replace"))
    except (OSError, AttributeError):
        return
    libc.madvise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    for begin, end in regions:
        libc.madvise(begin, end - begin, _DONTNEED)


def _text_regions(smaps: str) -> list[tuple[int, int]]:
    """Return mappings of files that hold nothing but what the file holds: read-only, without a page of their own."""
    found: list[tuple[int, int]] = []
    candidate: tuple[int, int] | None = None
    for line in smaps.splitlines(keepends=True):
        mapping = _MAPPING.fullmatch(line)
        if mapping is not None:
            begin, end, mode, _ = mapping.groups()
            candidate = (int(begin, 16), int(end, 16)) if mode in ("r-xp", "r--p") else None
        elif line.startswith("Anonymous:") and int(line.split()[1]) == 0 and candidate is not None:
            found.append(candidate)
            candidate = None
        elif re.match(r"[0-9a-f]+-", line):
            candidate = None
    return found
