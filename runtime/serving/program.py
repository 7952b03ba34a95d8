"""`python -m runtime serve`: load what may be served, listen, end in good order."""

import gc
import logging
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from runtime.contract import EXIT_ENVIRONMENT, EXIT_OK, EXIT_REFUSED, EXIT_USAGE
from runtime.logs import logger
from runtime.serving.loading import LoadError, attempt, open_model, verify
from runtime.serving.memory import give_back
from runtime.serving.options import OptionError, Options, read_options

if TYPE_CHECKING:
    from runtime.serving.model import Model

# Libraries of linear algebra make a thread and a buffer for each core when they are loaded; none is used here.
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def main(argv: Sequence[str]) -> int:
    """Serve until SIGTERM, and return the exit code."""
    log = logger(program="serve")
    for variable in _THREADS:
        os.environ.setdefault(variable, "1")
    try:
        options = read_options(argv)
        models = _load(options, log)
    except OptionError as failure:
        log.error("%s", failure)
        return EXIT_USAGE
    except LoadError as failure:
        log.error("refused: %s", failure)
        return EXIT_REFUSED
    # What is loaded stays: the collector need not look at it again.
    gc.collect()
    gc.freeze()
    give_back()
    try:
        _run(options, models, log)
    except OSError as failure:
        log.error("cannot listen at %s:%s: %s", options.host, options.port, failure.strerror)
        return EXIT_ENVIRONMENT
    return EXIT_OK


def _load(options: Options, log: logging.Logger) -> "list[Model]":
    """Return the models. Children come first: ONNX Runtime has threads, and a process with threads does not fork."""
    tried = []
    for source in options.sources:
        verified = verify(source, options.trust)
        seconds = attempt(source, verified, device=options.device)
        tried.append((source, verified, seconds))
    models = []
    for source, verified, seconds in tried:
        model = open_model(source, verified, device=options.device, threads=options.threads, seconds=seconds)
        log.info("serves %s version %s", source.name, source.version, extra={
            "digest": verified.digest, "signed_by": verified.key, "provider": model.provider})
        models.append(model)
    return models


def _run(options: Options, models: "list[Model]", log: logging.Logger) -> None:
    import uvloop

    from runtime.serving.application import Application
    from runtime.serving.metrics import Metrics
    from runtime.serving.repository import Repository
    from runtime.serving.server import Server

    application = Application(Repository(models), Metrics(options.objectives_milliseconds),
                              most_in_flight=options.most_in_flight, batch_rows=options.batch_rows)
    server = Server(application, options.limits, options.timing)

    async def serve() -> None:
        grpc_server = None

        async def started(port: int) -> None:
            nonlocal grpc_server
            grpc_port = None
            if options.grpc_port >= 0:
                from runtime.serving.grpc_server import GrpcServer

                grpc_server = GrpcServer(application, options.limits)
                grpc_port = await grpc_server.start(options.host, options.grpc_port)
            log.info("listening", extra={"host": options.host, "port": port, "grpc_port": grpc_port})

        async def stopped(seconds: float) -> None:
            if grpc_server is not None:
                await grpc_server.stop(seconds)

        await server.serve(options.host, options.port, started=started, stopped=stopped)
        log.info("stopped")

    uvloop.run(serve())
