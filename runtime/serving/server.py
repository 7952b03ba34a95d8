"""Sockets, signals, and an end in good order."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from runtime.serving.application import Application
from runtime.serving.connection import Connection, Shared
from runtime.serving.limits import Limits

_SWEEP_SECONDS = 0.5
_STEP_SECONDS = 0.05


class Timing(NamedTuple):
    """How long the end takes at most, in seconds."""

    linger: float = 5.0
    """Not ready, but still answering: load balancers hear of an end a little late."""
    drain: float = 30.0
    """For what was begun."""


class Server:
    """Listens, and answers until it is told to stop."""

    def __init__(self, application: Application, limits: Limits, timing: Timing) -> None:
        """Prepare; nothing listens yet."""
        self._application, self._timing = application, timing
        self._shared = Shared(application, limits)
        self._stopping = asyncio.Event()

    async def serve(self, host: str, port: int, *, started: Callable[[int], Awaitable[None]],
                    stopped: Callable[[float], Awaitable[None]]) -> None:
        """Answer until SIGTERM or SIGINT; `started` is told the port, `stopped` how long it may take."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        listener = await loop.create_server(lambda: Connection(self._shared), host, port, backlog=1024)
        sweeper = loop.create_task(self._sweep())
        await started(listener.sockets[0].getsockname()[1])
        await self._stopping.wait()
        self._application.is_ready = False
        await asyncio.sleep(self._timing.linger)
        listener.close()
        await asyncio.gather(self._drain(), stopped(self._timing.drain))
        sweeper.cancel()
        self._application.close()

    def stop(self) -> None:
        """Begin the end; a second time, end at once."""
        if self._stopping.is_set():
            self._timing = Timing(0, 0)
        self._stopping.set()

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            self._shared.sweep()

    async def _drain(self) -> None:
        """Close what waits, let end what was begun, and cut off what takes longer than it may."""
        self._shared.is_stopping = True
        deadline = asyncio.get_running_loop().time() + self._timing.drain
        while self._shared.connections:
            for connection in tuple(self._shared.connections):
                connection.stop()
            if asyncio.get_running_loop().time() > deadline:
                for connection in tuple(self._shared.connections):
                    connection.abort()
                return
            await asyncio.sleep(_STEP_SECONDS)

