"""`python -m runtime fetch`: put a model into a folder before the server starts, where no serving tool does it.

It checks nothing: what serves verifies digest and signature of every byte.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from runtime.contract import EXIT_ENVIRONMENT, EXIT_OK, EXIT_USAGE
from runtime.logs import logger
from runtime.outcome import Refused, Unavailable

URI, FOLDER = "MLPROJECT_MODEL_URI", "MLPROJECT_MODEL_FOLDER"


def main(argv: Sequence[str]) -> int:
    """Fetch the model that the environment names, and return the exit code."""
    log = logger(program="fetch")
    uri, folder = os.environ.get(URI, ""), os.environ.get(FOLDER, "")
    if argv or not uri or not folder:
        log.error("it takes no arguments, and %s and %s from the environment", URI, FOLDER)
        return EXIT_USAGE
    from runtime.stores import fetch

    try:
        fetch(uri, Path(folder))
    except (Refused, Unavailable, OSError) as failure:
        log.error("cannot fetch the model: %s", failure)
        return EXIT_ENVIRONMENT
    log.info("fetched")
    return EXIT_OK
