"""Rewrite what the golden cases are expected to compile to: `make golden`."""

import os
import shutil
import sys

from tests.golden.cases import CASES, FOLDER, compiled


def main() -> int:
    """Rewrite every case; in CI nobody reads the diff, so that it is refused there."""
    if "CI" in os.environ:
        print("golden files are not rewritten in CI: run `make golden` yourself and read the diff", file=sys.stderr)
        return 2
    for case in CASES:
        rewrite(case)
    print(f"rewrote {len(CASES)} cases of {os.path.relpath(FOLDER)}: read the diff")
    return 0


def rewrite(case: str) -> None:
    """Replace what is committed for a case, files that are no longer produced included."""
    outcome = compiled(case)
    place = FOLDER / case / "expected"
    shutil.rmtree(place, ignore_errors=True)
    for path, content in outcome.files.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(content)
    (FOLDER / case / "output.txt").write_text(outcome.output, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
