"""What a step costs beyond its own work under the local runner, next to kfp.local on steps that do as little.

  python benchmarks/local_run.py              five rounds, about two minutes
  python benchmarks/local_run.py --rounds 1   a quick look
  python benchmarks/local_run.py --json       for machines

Each round runs every runner once, in turn: a chain of one step, then a longer one in the same process. What the
longer one takes more, divided by its further steps, is the cost of a step: what a runner needs once, such as
importing, is not in it. Ratios are taken within a round. It judges nothing and exits 0 whatever they are.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measuring import UNWANTED, Ratio, spread
from benchmarks.peers import PeerError, install

PROGRAMS = Path(__file__).resolve().parent / "programs"
AIM = 20
"""How many times less than kfp.local a forked step must cost."""
FORKED, ISOLATED, KFP = "ours, forked", "ours, isolated", "kfp.local, subprocess"
LENGTHS: Mapping[str, tuple[int, int]] = {FORKED: (1, 21), ISOLATED: (1, 6), KFP: (1, 4)}
QUANTITIES = ("wall_seconds", "cpu_seconds")


class StepCost(NamedTuple):
    """What one further step of a chain took."""

    wall_seconds: float
    cpu_seconds: float


def measure(command: Sequence[str], lengths: tuple[int, int]) -> StepCost:
    """Run both chains in one process and return what a further step of the longer one took."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith(UNWANTED)}
    with tempfile.TemporaryDirectory(prefix="mlproject-local-run-") as scratch:
        words = [word if word != "SCRATCH" else scratch for word in command]
        done = subprocess.run([*words, *map(str, lengths)], check=True, capture_output=True, text=True, env=variables)
    short, long = json.loads(done.stdout)
    further = lengths[1] - lengths[0]
    return StepCost(*((long[name] - short[name]) / further for name in QUANTITIES))


def commands() -> dict[str, list[str]]:
    """Return the runners; kfp's only where it can be installed."""
    chain = [sys.executable, str(PROGRAMS / "local_chain.py"), "SCRATCH"]
    found = {FORKED: [*chain, "fork"], ISOLATED: [*chain, "isolated"]}
    try:
        found[KFP] = [str(install("kfp") / "bin/python"), "-W", "ignore", str(PROGRAMS / "kfp_local.py"), "SCRATCH"]
    except PeerError as failure:
        print(f"{KFP}: skipped: {failure}", file=sys.stderr)
    return found


def rounds_of(count: int) -> dict[str, list[StepCost]]:
    """Return the costs of every runner, one of each a round; the first round reads the disk and does not count."""
    costs: dict[str, list[StepCost]] = {}
    for number in range(count + 1):
        for name, command in commands().items():
            print(f"  round {number}, {name} ...", file=sys.stderr, flush=True)
            cost = measure(command, LENGTHS[name])
            costs.setdefault(name, [])
            costs[name] += [cost] if number else []
    return costs


def table(costs: Mapping[str, Sequence[StepCost]]) -> str:
    """Return the costs for a person."""
    lines = [f"{'a step beyond its own work':<24} {'wall':>9} {'CPU':>9}   times less than kfp.local: wall, CPU"]
    for name, found in costs.items():
        middle = [statistics.median(getattr(cost, quantity) for cost in found) * 1000 for quantity in QUANTITIES]
        ratios = "" if name == KFP or KFP not in costs else ", ".join(
            str(_ratio(costs[KFP], found, quantity)) for quantity in QUANTITIES)
        lines.append(f"{name:<24} {middle[0]:>6.0f} ms {middle[1]:>6.0f} ms   {ratios}")
    if KFP in costs:
        ratio = _ratio(costs[KFP], costs[FORKED], "wall_seconds").median
        lines.append(f"\nforked, at least {AIM} times less: {'met' if ratio >= AIM else 'missed'}")
    return "\n".join(lines)


def _ratio(theirs: Sequence[StepCost], ours: Sequence[StepCost], quantity: str) -> Ratio:
    return spread(getattr(their, quantity) / getattr(our, quantity) for their, our in zip(theirs, ours, strict=True))


def _options(argv: list[str]) -> Namespace:
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="rounds that count (default: 5)")
    parser.add_argument("--json", action="store_true", help="print every measurement as JSON")
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    """Measure and print; a runner that does not work at all exits 4."""
    options = _options(argv)
    try:
        costs = rounds_of(options.rounds)
    except subprocess.CalledProcessError as failure:
        print(f"`{' '.join(failure.cmd[:4])}` failed:\n{failure.stderr[-2000:]}", file=sys.stderr)
        return 4
    print(json.dumps({name: [cost._asdict() for cost in found] for name, found in costs.items()}, indent=2)
          if options.json else table(costs))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
