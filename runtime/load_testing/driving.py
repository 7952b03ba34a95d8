"""Drive a server for some time and count.

The loop is closed: each of the `concurrency` clients waits for its answer before it asks again. A server that
stalls is asked less while it does, so the percentiles are of the requests that were made, not of
those that a crowd would have made meanwhile.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Any, NamedTuple

import numpy as np

from runtime.load_testing.connection import Connection, Target

PERCENTILES = (50, 95, 99)
_REQUEST_SECONDS = 30.0


class Load(NamedTuple):
    """How hard, and for how long or how many requests: whichever ends first."""

    concurrency: int
    seconds: float
    requests: int | None = None


class Measured(NamedTuple):
    """What was seen: the time of each answer that was right, and how many of each kind were not."""

    concurrency: int
    elapsed_seconds: float
    latencies_seconds: tuple[float, ...]
    failures: dict[str, int]

    def to_json(self) -> dict[str, Any]:
        """Return the row of the report."""
        failed = sum(self.failures.values())
        answered = len(self.latencies_seconds)
        row: dict[str, Any] = {
            "concurrency": self.concurrency, "requests": answered + failed, "failed": failed,
            "failures": dict(sorted(self.failures.items())),
            "error_rate": failed / (answered + failed) if answered + failed else 1.0,
            "requests_per_second": answered / self.elapsed_seconds if self.elapsed_seconds else 0.0}
        if answered:
            values = np.percentile(np.array(self.latencies_seconds) * 1000, PERCENTILES)
            row |= {f"p{percentile}_milliseconds": round(float(value), 4)
                    for percentile, value in zip(PERCENTILES, values, strict=True)}
        return row


async def drive(target: Target, request: bytes, load: Load) -> Measured:
    """Send request by `concurrency` clients at once."""
    latencies: list[float] = []
    failures: Counter[str] = Counter()
    begun = time.perf_counter()
    turns = _turns(begun + load.seconds, load.requests)
    await asyncio.gather(*(_client(target, request, turns, latencies, failures) for _ in range(load.concurrency)))
    return Measured(load.concurrency, time.perf_counter() - begun, tuple(latencies), dict(failures))


def _turns(until: float, requests: int | None) -> Iterator[int]:
    """Yield one turn for each request that may still be made; the clients share them."""
    for turn in count() if requests is None else range(requests):
        if time.perf_counter() >= until:
            return
        yield turn


async def _client(target: Target, request: bytes, turns: Iterator[int], latencies: list[float],
                  failures: Counter[str]) -> None:
    connection = Connection(target)
    for _ in turns:
        sent = time.perf_counter()
        try:
            answer = await asyncio.wait_for(connection.ask(request), _REQUEST_SECONDS)
        except (OSError, EOFError, ValueError, TimeoutError, asyncio.LimitOverrunError) as failure:
            failures[type(failure).__name__] += 1
            await connection.close()
            continue
        if answer.status == 200:
            latencies.append(time.perf_counter() - sent)
        else:
            failures[f"status {answer.status}"] += 1
    await connection.close()
