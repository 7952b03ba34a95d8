"""Hold one cold compile against its peers: ratios of pairs that took turns on this machine, now.

  python benchmarks/compile.py                 ten pairs a peer
  python benchmarks/compile.py --runs 3        a quick look
  python benchmarks/compile.py --json          for machines

It judges nothing and exits 0 whatever the ratios are; read benchmarks/README.md before quoting one.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.commands import RENDERS_OUR_OBJECTS, AbsentPeerError, ours, peer
from benchmarks.figures import FIGURES, Figure
from benchmarks.measuring import Command, Cost, FailedRunError, Pairing, measure, paired

EQUAL_WORK = str(Path(__file__).with_name("equal_work.py"))
HEADER = ("figure", "ours", "peer", "ratio (least..most)", "of CPU time", "must", "aim", "verdict")


class Row(NamedTuple):
    """One line of the table; a peer that is not there has a note and no numbers."""

    figure: Figure
    pairing: Pairing | None
    note: str = ""


class Bench:
    """One run: the scratch folder, our commands, and the pairings made so far."""

    def __init__(self, options: Namespace, scratch: str) -> None:
        self.runs: int = options.runs
        self.scratch = scratch
        self.work = os.path.join(scratch, "work")
        self.published = os.path.join(scratch, "published")
        self.ours = ours(options.mlproject, self.published)
        self.pairings: dict[tuple[str, str], Pairing] = {}
        self.notes: dict[str, str] = {}

    def prepare(self) -> int:
        """Compile once, write the same objects as the projects of the peers, and return how many there are."""
        measure(self.ours["again"], self.published)
        done = subprocess.run([sys.executable, EQUAL_WORK, "write", self.published, self.work], check=True,
                              capture_output=True, text=True)
        return int(done.stdout)

    def row(self, figure: Figure) -> Row:
        """Return a figure with its measurement; two figures of one pair share it."""
        key = figure.ours, figure.peer
        if figure.peer not in self.notes and key not in self.pairings:
            self._pair(figure)
        return Row(figure, self.pairings.get(key), self.notes.get(figure.peer, ""))

    def _pair(self, figure: Figure) -> None:
        print(f"  {figure.ours} beside {figure.peer} ...", file=sys.stderr, flush=True)
        try:
            other = self.ours.get(figure.peer) or peer(figure.peer, self.work)
            if figure.peer in RENDERS_OUR_OBJECTS:
                self._compare(figure.peer, other)
            self.pairings[figure.ours, figure.peer] = paired(
                self.ours[figure.ours], other, runs=self.runs, scratch=self.scratch)
        except (AbsentPeerError, FailedRunError) as failure:
            self.notes[figure.peer] = f"skipped: {failure}"

    def _compare(self, name: str, command: Command) -> None:
        out = os.path.join(self.scratch, f"{name}-compared")
        measure(command, out)
        if subprocess.run([sys.executable, EQUAL_WORK, "same", self.published, out], check=False).returncode:
            raise FailedRunError(f"the objects of `{command.name}` are not those that we wrote")

    def files_written_again(self) -> int:
        """Return how many files of the published folder a second compile of the same spec touches."""
        before = _stamps(self.published)
        measure(self.ours["again"], self.published)
        return len(before.items() ^ _stamps(self.published).items())


def _stamps(folder: str) -> dict[str, tuple[int, int, int]]:
    names = (os.path.join(top, name) for top, folders, files in os.walk(folder) for name in (*folders, *files))
    stats = {name: os.stat(name) for name in names}
    return {name: (stat.st_ino, stat.st_mtime_ns, stat.st_size) for name, stat in stats.items()}


def _table(rows: list[Row], objects: int, written: int, runs: int) -> str:
    lines: list[tuple[str, ...]] = [HEADER]
    for figure, pairing, note in rows:
        if pairing is None:
            lines.append((figure.title, note, *[""] * 6))
            continue
        ratio = figure.ratio(pairing)
        cpu = "" if figure.quantity == "peak_mib" else f"{figure.ratio(pairing, 'cpu_seconds').median:.2f}"
        lines.append((figure.title, _middle(pairing.ours, figure.quantity), _middle(pairing.theirs, figure.quantity),
                      str(ratio), cpu, _bound(figure, figure.must), _bound(figure, figure.aim),
                      figure.verdict(ratio.median)))
    lines.append(("no change, files written", str(written), "", "", "", "0", "0", "aimed" if not written else "missed"))
    widths = [max(len(line[column]) for line in lines if line[2] or not column) for column in range(8)]
    text = "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
                     for line in lines)
    return f"One spec, three environments, {objects} objects; {runs} pairs.\n\n{text}"


def _middle(costs: tuple[Cost, ...], quantity: str) -> str:
    middle: float = statistics.median(getattr(cost, quantity) for cost in costs)
    return f"{middle:.0f} MiB" if quantity == "peak_mib" else f"{middle * 1000:.0f} ms"


def _bound(figure: Figure, bound: float | None) -> str:
    if bound is None:
        return "-"
    return f"{'>=' if figure.is_speedup else '<='} {bound:g}"


def _json(rows: list[Row], objects: int, written: int, runs: int) -> str:
    return json.dumps({"objects": objects, "pairs": runs, "files_written_again": written,
                       "figures": [_record(row) for row in rows]}, indent=2)


def _record(row: Row) -> dict[str, object]:
    figure, pairing, note = row
    record: dict[str, object] = {**figure._asdict(), "note": note}
    if pairing is None:
        return record
    ratio = figure.ratio(pairing)
    return record | {"ratio": ratio._asdict(), "cpu_ratio": figure.ratio(pairing, "cpu_seconds")._asdict(),
                     "verdict": figure.verdict(ratio.median), "costs": {
                         side: [cost._asdict() for cost in costs] for side, costs in pairing._asdict().items()}}


def _options(argv: list[str]) -> Namespace:
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=10, metavar="N", help="pairs a peer (default: 10)")
    parser.add_argument("--json", action="store_true", help="print every measurement as JSON")
    parser.add_argument("--mlproject", default=str(Path(sys.executable).with_name("mlproject")), metavar="FILE",
                        help="the command to measure (default: the one beside this Python)")
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    """Measure and print. Only a compile that does not work at all is a failure."""
    options = _options(argv)
    if shutil.which(options.mlproject) is None:
        print(f"{options.mlproject} is not there; `make demo` installs it", file=sys.stderr)
        return 4
    with tempfile.TemporaryDirectory(prefix="mlproject-benchmark-") as scratch:
        bench = Bench(options, scratch)
        try:
            objects = bench.prepare()
        except FailedRunError as failure:
            print(failure, file=sys.stderr)
            return 4
        rows = [bench.row(figure) for figure in FIGURES]
        show = _json if options.json else _table
        print(show(rows, objects, bench.files_written_again(), options.runs))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
