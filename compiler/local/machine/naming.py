"""The name of a run: its workflow and the moment, as the cluster adds a suffix of its own."""

import os
import time

_MAXIMUM = 63


def run_name(template: str, runs: str) -> str:
    """Return a name that no run has."""
    stem = f"{template[:_MAXIMUM - 18]}-{time.strftime('%Y%m%d-%H%M%S')}"
    name, number = stem, 1
    while os.path.exists(os.path.join(runs, name)):
        number += 1
        name = f"{stem}-{number}"
    return name


def started_now() -> float:
    """Return the seconds since the epoch."""
    return time.time()
