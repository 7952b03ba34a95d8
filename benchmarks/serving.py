"""Hold our model server against its peers: the same model, the same row, one run, each in its own environment.

  python benchmarks/serving.py                      three rounds of every server
  python benchmarks/serving.py --rounds 1 --seconds 2 --only ours kserve
  python benchmarks/serving.py --json               for machines

It needs wrk (Debian: apt install wrk). The first run installs the peers outside the clone. It judges
nothing and exits 0 whatever the figures are; read benchmarks/README.md before quoting one.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.peers import PeerError
from benchmarks.servers import PROGRAMS, ROOT, SERVERS, FailedServerError, Running, Server

CLIENTS = (1, 8, 64)
_WARM_SECONDS = 1
SESSION_RUN = "session.run alone"


class Load(NamedTuple):
    """What some clients got in some seconds: requests a second, milliseconds, and what the server paid for each."""

    rps: float
    p50: float
    p95: float
    p99: float
    cpu_microseconds: float
    errors: int


class Measured(NamedTuple):
    """One server in one round: a load for each number of clients, and its memory after them."""

    loads: Mapping[int, Load]
    memory_mib: float


class Promise(NamedTuple):
    """One number of ours held against that of the KServe SDK: a factor (at least), or a share (at most)."""

    title: str
    ratio: Callable[[Measured, Measured], float]
    must: float
    is_factor: bool

    def holds(self, ratio: float) -> bool:
        """Tell whether the promise is kept."""
        return ratio >= self.must if self.is_factor else ratio <= self.must


PROMISES = (
    Promise("requests/s at 8 clients, times KServe's",
            lambda ours, peer: ours.loads[8].rps / peer.loads[8].rps, 5, is_factor=True),
    Promise("p99 at 1 client, share of KServe's",
            lambda ours, peer: ours.loads[1].p99 / peer.loads[1].p99, 1 / 3, is_factor=False),
    Promise("memory, share of KServe's", lambda ours, peer: ours.memory_mib / peer.memory_mib, 1 / 3, is_factor=False),
)


def measure(server: Server, scratch: Path, seconds: float) -> Measured:
    """Start a server, ask it with each number of clients, and stop it."""
    with Running(server, scratch) as running:
        _load(running, 8, _WARM_SECONDS)
        loads = {clients: _load(running, clients, seconds) for clients in CLIENTS}
        return Measured(loads, running.memory_mib())


def _load(running: Running, clients: int, seconds: float) -> Load:
    before = running.cpu_seconds()
    done = subprocess.run(
        ["wrk", "-t1", f"-c{clients}", f"-d{seconds:g}s", "--timeout", "10s", "-s", str(PROGRAMS / "report.lua"),
         running.url], env={**os.environ, "BODY": str(running.scratch / f"{running.server.body}.json")},
        check=True, capture_output=True, text=True)
    cpu_seconds = running.cpu_seconds() - before
    found = json.loads(done.stdout.splitlines()[-1])
    answered = max(1, found["requests"])
    return Load(found["requests"] / found["seconds"], found["p50"], found["p95"], found["p99"],
                cpu_seconds / answered * 1e6, found["errors"])


def session_run(scratch: Path, seconds: float) -> Measured:
    """Return what ONNX Runtime alone does in one thread: what no server can be quicker than."""
    done = subprocess.run([sys.executable, str(PROGRAMS / "session_run.py"), str(scratch / "bundle/model.onnx"),
                           str(seconds)], check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    load = Load(found["rps"], found["p50"], found["p95"], found["p99"], 1e6 / found["rps"], 0)
    return Measured({1: load}, found["pss_mib"])


def middle(rounds: list[Measured]) -> Measured:
    """Return the median of each number."""
    loads = {clients: Load(*(statistics.median(values) for values in zip(
        *(each.loads[clients] for each in rounds), strict=True))) for clients in rounds[0].loads}
    return Measured(loads, statistics.median(each.memory_mib for each in rounds))


def run(options: Namespace, scratch: Path) -> tuple[dict[str, list[Measured]], dict[str, str]]:
    """Return what was measured of each server in each round, and why others are missing."""
    found: dict[str, list[Measured]] = {}
    notes: dict[str, str] = {}
    for number in range(options.rounds):
        found.setdefault(SESSION_RUN, []).append(session_run(scratch, options.seconds))
        for server in SERVERS:
            if server.name in notes or (options.only and server.name not in options.only):
                continue
            print(f"  round {number + 1}: {server.title} ...", file=sys.stderr, flush=True)
            try:
                found.setdefault(server.title, []).append(measure(server, scratch, options.seconds))
            except (PeerError, FailedServerError, subprocess.CalledProcessError) as failure:
                notes[server.name] = f"{server.title}: skipped: {failure}"
    return {title: rounds for title, rounds in found.items() if rounds}, notes


def table(found: Mapping[str, list[Measured]]) -> str:
    """Return the medians, one line a server and number of clients."""
    lines = [("server", "clients", "requests/s", "p50 ms", "p95 ms", "p99 ms", "CPU us/request", "errors", "PSS MiB")]
    for title, rounds in found.items():
        measured = middle(rounds)
        lines += [(title, str(clients), f"{load.rps:,.0f}", *(f"{each:.3f}" for each in (load.p50, load.p95, load.p99)),
                   f"{load.cpu_microseconds:.0f}", f"{load.errors:.0f}", f"{measured.memory_mib:.1f}")
                  for clients, load in measured.loads.items()]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join("  ".join([line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(
        line[1:], widths[1:], strict=True))]) for line in lines)


def promises(found: Mapping[str, list[Measured]]) -> str:
    """Return how ours stands to the KServe SDK: the median of the rounds, and the ends."""
    ours, peer = found.get("mlproject serve"), found.get("KServe SDK")
    if not ours or not peer:
        return ""
    lines = []
    for promise in PROMISES:
        ratios = sorted(promise.ratio(a, b) for a, b in zip(ours, peer, strict=True))
        ratio = statistics.median(ratios)
        bound = f"{'>=' if promise.is_factor else '<='} {promise.must:.3g}"
        lines.append(f"{promise.title}: {ratio:.3g} ({ratios[0]:.3g}..{ratios[-1]:.3g}), must {bound}: "
                     f"{'met' if promise.holds(ratio) else 'missed'}")
    return "\n".join(lines)


def _options(argv: list[str]) -> Namespace:
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="rounds of all servers (default: 3)")
    parser.add_argument("--seconds", type=float, default=4, metavar="S", help="seconds of each load (default: 4)")
    parser.add_argument("--only", nargs="*", default=[], choices=[server.name for server in SERVERS],
                        help="some servers")
    parser.add_argument("--json", action="store_true", help="print every measurement as JSON")
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    """Measure and print."""
    options = _options(argv)
    if shutil.which("wrk") is None:
        print("wrk is not there: apt install wrk", file=sys.stderr)
        return 4
    with tempfile.TemporaryDirectory(prefix="mlproject-serving-") as folder:
        scratch = Path(folder)
        subprocess.run([sys.executable, "-W", "ignore", "-m", "benchmarks.programs.serving.make_model", folder],
                       check=True, cwd=ROOT)
        found, notes = run(options, scratch)
    if options.json:
        print(json.dumps({title: [{"memory_mib": each.memory_mib, "loads": {
            clients: load._asdict() for clients, load in each.loads.items()}} for each in rounds]
            for title, rounds in found.items()}, indent=2))
        return 0
    print(table(found), promises(found), *notes.values(), sep="\n\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
