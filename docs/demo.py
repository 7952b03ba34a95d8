"""What `make demo` does once everything is installed: compile the example projects, and say where to look."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = ROOT / ".venv/bin/mlproject"


def run(*arguments: str) -> None:
    """Run one command of ours, showing it as a person would type it; stop where it fails."""
    print(f"\n$ mlproject {' '.join(arguments)}", flush=True)
    finished = subprocess.run([COMMAND, *arguments], cwd=ROOT, check=False)
    if finished.returncode != 0:
        sys.exit(finished.returncode)


def summarise() -> None:
    """Print what stands in generated/, by environment and project."""
    print("\nWhat is there now:")
    for index in sorted((ROOT / "generated").glob("*/*/index.json")):
        files = json.loads(index.read_text())["files"]
        kinds = Counter(line.split()[1] for name in files if name.endswith(".yaml")
                        for line in (index.parent / name).read_text().splitlines() if line.startswith("kind: "))
        folder = index.parent.relative_to(ROOT)
        print(f"  {folder!s:<38} {sum(kinds.values()):>2} objects in {', '.join(sorted(files))}")


def main() -> None:
    """Check, compile, explain, and point at the places to look."""
    run("check")
    run("compile")
    run("compile", "--check")
    run("explain", "specs/employment", "production", "deployment.scaling.minimum")
    summarise()
    print("\nWhere to look:")
    print("  specs/employment/mlproject.yaml                 one spec")
    print("  generated/production/employment/                what it compiles to")
    print("  mlproject graph specs/employment production     the pipeline, as Mermaid")
    print("  mlproject policy list                           the built-in policies")
    print("  mlproject explain promotion/chain               the page of a diagnostic")
    print("The command is .venv/bin/mlproject; README.md goes on from here.")


if __name__ == "__main__":
    main()
