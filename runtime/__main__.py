"""`python -m runtime STEP ...` runs one step; `python -m runtime PROGRAM ...` one of the long-running programs."""

import sys
from collections.abc import Sequence
from importlib import import_module

PROGRAMS = {
    "serve": "runtime.serving.program",
    "fetch": "runtime.serving.fetching",
    "fork-server": "runtime.fork_server",
    "lineage": "runtime.registry.lineage",
    "papers": "runtime.registry.papers",
    "verify-bundle": "runtime.bundle.program",
    "past-models": "runtime.past_models",
}
"""Programs beside the steps: a module with `main(argv) -> int` each."""


def main(argv: Sequence[str]) -> int:
    """Dispatch to a program or a step; return the exit code."""
    if argv and argv[0] in PROGRAMS:
        code: int = import_module(PROGRAMS[argv[0]]).main(argv[1:])
        return code
    from runtime.running import run_step

    return run_step(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
