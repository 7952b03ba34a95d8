"""Build the judges: python3 tests/judges/build.py [--list] [TOOL...]"""

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

# Run as a script, Python puts this folder on the path instead of the repository.
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.judges import locate
from tests.judges.cache import RECIPES, binary_path, cache_root, known_tools
from tests.judges.recipes import BuildError, build_recipe

# The others are wanted first: this one builds longer than all of them together.
LAST = ("kube-apiserver",)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="build.py", description="build the judges")
    parser.add_argument("tools", nargs="*", metavar="TOOL", help="default: all of them")
    parser.add_argument("--list", action="store_true", help="show what is built, and where")
    options = parser.parse_args(arguments)
    if unknown := sorted(set(options.tools) - set(known_tools())):
        parser.error(f"no such judge: {', '.join(unknown)}; there are {', '.join(known_tools())}")
    chosen = options.tools or sorted(known_tools(), key=lambda tool: (tool in LAST, tool))
    if options.list:
        return list_tools(chosen)
    return build_tools(chosen)


def list_tools(tools: Iterable[str]) -> int:
    for tool in tools:
        print(f"{tool:22} {locate(tool) or 'not built'}")
    return 0


def build_tools(tools: Iterable[str]) -> int:
    failed = [tool for tool in tools if not build_or_report(tool)]
    if failed:
        print(f"not built: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def build_or_report(tool: str) -> bool:
    """Build one tool; on failure print why and return False."""
    if locate(tool):
        print(f"{tool}: already built", flush=True)
        return True
    print(f"{tool}: building", flush=True)
    start = time.monotonic()
    try:
        build_into_cache(tool)
    except BuildError as failure:
        print(f"{tool}: FAILED after {time.monotonic() - start:.0f} s: {failure}", flush=True)
        return False
    print(f"{tool}: built in {time.monotonic() - start:.0f} s", flush=True)
    return True


def build_into_cache(tool: str) -> None:
    """Build aside and rename, so that an interrupted build leaves nothing half."""
    target = binary_path(tool).parent
    cache_root().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".building-", dir=cache_root()) as aside:
        finished = Path(aside) / "finished"
        finished.mkdir()
        build_recipe(RECIPES / tool, finished / tool)
        try:
            os.rename(finished, target)
        except OSError:
            # Another build of the same recipe was quicker; its result is as good.
            if not locate(tool):
                raise


if __name__ == "__main__":
    # Python dies of SIGTERM without tidying up; an exception tidies up.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("interrupted; what was built stays")
