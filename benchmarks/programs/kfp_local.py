"""Run chains of steps that do nothing under kfp.local's SubprocessRunner, and print what each took, as JSON.

  python benchmarks/programs/kfp_local.py SCRATCH LENGTH...

Steps share kfp's own environment: a virtual environment for each of them, which is its default, costs it
many seconds more.
"""

import json
import logging
import os
import resource
import sys
import time
from collections.abc import Callable

from kfp import dsl, local


@dsl.component
def step(status: str) -> str:
    """Be told of an end that nobody is to hear of."""
    print("nobody is told")
    return status


def chain(length: int) -> Callable[[], object]:
    """Return a pipeline of steps, each after the one before."""

    @dsl.pipeline(name=f"chain-{length}")
    def pipeline(status: str = "nothing") -> None:
        for _ in range(length):
            status = step(status=status).output

    return pipeline


def run(length: int) -> dict[str, float]:
    """Run one chain and return its time at the wall and of the processor."""
    pipeline = chain(length)
    begin, used = time.perf_counter(), _used()
    pipeline()
    return {"length": length, "wall_seconds": time.perf_counter() - begin, "cpu_seconds": _used() - used}


def _used() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    local.init(runner=local.SubprocessRunner(use_venv=False), pipeline_root=os.path.join(sys.argv[1], "kfp"))
    shown = os.dup(1)
    # The steps print to the terminal of whoever started the pipeline.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    costs = [run(int(length)) for length in sys.argv[2:]]
    os.write(shown, json.dumps(costs).encode())
