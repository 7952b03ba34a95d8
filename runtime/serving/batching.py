"""Answer requests that wait together in one inference. A request that nobody waits with is run at once.

What is gained is large for a model whose cost hardly grows with the rows (a network on an accelerator),
and nothing for small trees: off unless asked for.
"""

import asyncio
from collections import deque
from concurrent.futures import Executor

import numpy as np

from runtime.serving.catalogue import Refusal
from runtime.serving.datatypes import Array
from runtime.serving.model import Model

_Waiting = tuple[Array, "asyncio.Future[list[Array]]"]


class Batcher:
    """The queue of one model: while an inference runs, what comes is kept for the next."""

    def __init__(self, model: Model, pool: Executor, *, most_rows: int) -> None:
        """Start with nobody waiting."""
        self._model, self._pool, self._most_rows = model, pool, most_rows
        self._waiting: deque[_Waiting] = deque()
        self._is_running = False

    async def run(self, matrix: Array) -> list[Array]:
        """Return the outputs for the rows of a matrix."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[Array]] = loop.create_future()
        self._waiting.append((matrix, answer))
        if not self._is_running:
            self._is_running = True
            self._next(loop)
        return await answer

    def _next(self, loop: asyncio.AbstractEventLoop) -> None:
        batch = self._take()
        if not batch:
            self._is_running = False
            return
        running = loop.run_in_executor(self._pool, self._together, [matrix for matrix, _ in batch])
        running.add_done_callback(lambda done: self._done(loop, batch, done))

    def _take(self) -> list[_Waiting]:
        """Return who is next: at least one, and no more rows than a batch may have."""
        batch: list[_Waiting] = []
        rows = 0
        while self._waiting and (not batch or rows + len(self._waiting[0][0]) <= self._most_rows):
            batch.append(self._waiting.popleft())
            rows += len(batch[-1][0])
        return batch

    def _together(self, matrices: list[Array]) -> list[list[Array] | Refusal]:
        if len(matrices) > 1:
            try:
                outputs = self._model.run(np.concatenate(matrices))
            except Refusal:
                # One request's values must not cost the others their answer.
                return [self._alone(matrix) for matrix in matrices]
            ends = np.cumsum([len(matrix) for matrix in matrices])[:-1]
            pieces = [np.split(output, ends) for output in outputs]
            return [list(each) for each in zip(*pieces, strict=True)]
        return [self._alone(matrices[0])]

    def _alone(self, matrix: Array) -> list[Array] | Refusal:
        try:
            return self._model.run(matrix)
        except Refusal as refusal:
            return refusal

    def _done(self, loop: asyncio.AbstractEventLoop, batch: list[_Waiting],
              done: "asyncio.Future[list[list[Array] | Refusal]]") -> None:
        self._next(loop)
        failure = done.exception()
        results = [Refusal("internal")] * len(batch) if failure else done.result()
        for (_, answer), result in zip(batch, results, strict=True):
            if answer.done():
                continue
            if isinstance(result, Refusal):
                answer.set_exception(result)
            else:
                answer.set_result(result)
