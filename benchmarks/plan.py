"""Hold a plan of many specs with one changed against the compile of that one: ratios of pairs that took turns.

  python benchmarks/plan.py                    1,000 specs, ten pairs
  python benchmarks/plan.py --specs 100 --runs 3

The aim is 1.5 at most. It judges nothing and exits 0 whatever the ratio is; measure on a quiet machine.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.commands import PROJECTS, SPEC
from benchmarks.measuring import Command, paired

AIM = 1.5


def main() -> int:
    """Measure and print."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="mlproject-benchmark-") as scratch:
        root = _repository(os.path.join(scratch, "repository"), options.specs)
        changed = f"{SPEC}-0"
        script = options.mlproject
        compiled = Command("mlproject compile", lambda out: [[script, "compile", changed, "--out", out]], root)
        for head, name in ((None, "of the working tree"), ("HEAD", "of two commits")):
            if head:
                _git(root, "commit", "-qam", "one changed")
            revisions = ["--base", "HEAD~1", "--head", head] if head else ["--base", "HEAD"]
            line = [script, "plan", *revisions]
            planned = Command(f"mlproject plan {name}", lambda _, line=line: [line], root)
            pairing = paired(planned, compiled, runs=options.runs, scratch=scratch)
            print(f"plan {name}, {options.specs} specs, one changed: {pairing.ratio('wall_seconds')} of a compile of "
                  f"that one, {pairing.ratio('cpu_seconds')} of its CPU time; aim {AIM}")
    return 0


def _repository(root: str, specs: int) -> str:
    """Return a Git repository of so many specs, compiled, with one of them changed and not committed."""
    shutil.copytree(PROJECTS, root)
    original = Path(root, SPEC, "mlproject.yaml")
    text = original.read_text()
    for number in range(specs):
        place = Path(root, f"{SPEC}-{number}", "mlproject.yaml")
        place.parent.mkdir()
        place.write_text(text.replace("name: employment\n", f"name: employment-{number}\n", 1))
    shutil.rmtree(original.parent)
    _git(root, "init", "-q", "-b", "main")
    _git(root, "add", "-A")
    _git(root, "commit", "-qm", "all of them")
    changed = Path(root, f"{SPEC}-0", "mlproject.yaml")
    changed.write_text(changed.read_text().replace("timeout: 2h", "timeout: 3h", 1))
    return root


def _git(root: str, *arguments: str) -> None:
    identity = ("-c", "user.name=benchmark", "-c", "user.email=benchmark@example.org")
    subprocess.run(["git", *identity, "-C", root, *arguments], check=True)


def _options() -> Namespace:
    parser = ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--specs", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--mlproject", default=str(Path(sys.executable).with_name("mlproject")))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
