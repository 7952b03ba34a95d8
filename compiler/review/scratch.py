"""A folder of our own for what has to be files, gone when it is no longer needed.

`tempfile` would do, and imports every archive format and a random generator on the way: a tenth of a plan.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def scratch(below: str) -> Iterator[str]:
    """Yield a new folder that nobody else may enter."""
    folder = os.path.join(below, f"mlproject-plan-{os.urandom(12).hex()}")
    os.mkdir(folder, 0o700)
    try:
        yield folder
    finally:
        try:
            os.rmdir(folder)
        except OSError:
            from shutil import rmtree

            rmtree(folder, ignore_errors=True)
