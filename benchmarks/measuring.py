"""What one run of a command costs, and how two commands compare when they take turns."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from resource import struct_rusage
from typing import NamedTuple

UNWANTED = ("PYTHON", "OPA_", "COVERAGE")
"""Variables that change what is measured: where byte code is read, which engine judges."""


class Command(NamedTuple):
    """Something that a user would type, as processes that may run at the same time.

    `line` returns the processes of one run; its argument is a folder that does not exist yet.
    """

    name: str
    line: Callable[[str], Sequence[Sequence[str]]]
    folder: str


class Cost(NamedTuple):
    """What a run took: time at the wall, user and system time of all processes, memory of the largest process."""

    wall_seconds: float
    cpu_seconds: float
    peak_mib: float


class FailedRunError(Exception):
    """A command that is being measured did not exit with 0."""


class Ratio(NamedTuple):
    """One number of several pairs: the middle one, and the ends."""

    median: float
    least: float
    most: float

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.least:.2f}..{self.most:.2f})"


class Pairing(NamedTuple):
    """The costs of two commands that took turns."""

    ours: tuple[Cost, ...]
    theirs: tuple[Cost, ...]

    def ratio(self, quantity: str) -> Ratio:
        """Return ours divided by theirs, of each pair alone: what slows the machine slows both of a pair."""
        return spread(getattr(a, quantity) / getattr(b, quantity) for a, b in zip(self.ours, self.theirs, strict=True))

    def speedup(self, quantity: str) -> Ratio:
        """Return theirs divided by ours, of each pair alone."""
        return Pairing(self.theirs, self.ours).ratio(quantity)


def spread(values: Iterable[float]) -> Ratio:
    """Return the median and the ends of at least one value."""
    known = sorted(values)
    return Ratio(statistics.median(known), known[0], known[-1])


def paired(ours: Command, theirs: Command, *, runs: int, scratch: str) -> Pairing:
    """Run A B A B ... after one run of each that does not count: the first one reads the disk."""
    costs: dict[str, list[Cost]] = {"ours": [], "theirs": []}
    for index in range(runs + 1):
        for side, command in (("ours", ours), ("theirs", theirs)):
            cost = measure(command, os.path.join(scratch, f"{theirs.name}-{side}-{index}".replace(" ", "-")))
            costs[side] += [cost] if index else []
    return Pairing(tuple(costs["ours"]), tuple(costs["theirs"]))


def measure(command: Command, fresh: str) -> Cost:
    """Run a command once. As many of its processes run at a time as there are cores."""
    processes = command.line(fresh)
    variables = {name: value for name, value in os.environ.items() if not name.startswith(UNWANTED)}
    begin = time.perf_counter()
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        usages = list(pool.map(lambda argv: _run(command, argv, variables), processes))
    wall_seconds = time.perf_counter() - begin
    cpu_seconds = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    return Cost(wall_seconds, cpu_seconds, max(usage.ru_maxrss for usage in usages) / 1024)


def _run(command: Command, argv: Sequence[str], variables: dict[str, str]) -> struct_rusage:
    """Run a process and return its usage: its own time and that of every child it waited for, and the larger memory."""
    process = subprocess.Popen(argv, cwd=command.folder, env=variables, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if status:
        raise FailedRunError(f"`{command.name}` exited with {process.returncode}")
    return usage
