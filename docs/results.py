"""Write docs/results.md from the newest run of each example: what was measured, and what the gates said.

  mlproject run specs/digits --env dev        and the others; then
  python docs/results.py
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RUNS = (("employment", "dev"), ("credit-default", "dev"), ("flight-delay", "dev"),
        ("digits", "dev"))
HEAD = """# Results of the examples

Measured by running the rendered workflow of each example on one machine, on the real data that `make data` brings:
`mlproject run specs/NAME --env ENV`, then `python docs/results.py`. Metrics are of rows that training did not see,
with 95 % bootstrap intervals. Data, split, training and bootstrap are seeded, so that another run finds the same
numbers; latency and memory are those of the machine.
"""


def main() -> int:
    """Write the page; return 1 when an example has no run."""
    found = {run: _newest(*run) for run in RUNS}
    missing = [" ".join(run) for run, folder in found.items() if folder is None]
    if missing:
        print(f"no run of {', '.join(missing)} came as far as its gates: mlproject run specs/NAME --env ENV",
              file=sys.stderr)
        return 1
    parts = [line for run, folder in found.items() if folder is not None for line in _part(*run, folder)]
    (ROOT / "docs/results.md").write_text("\n".join([HEAD, *parts]), encoding="utf-8")
    return 0


def _newest(project: str, environment: str) -> Path | None:
    prefix = project if environment == "production" else f"{environment}-{project}"
    done = [run for run in sorted((ROOT / "runs").glob(f"{prefix}-training-*")) if _artifact(run, "gates", "verdict")]
    return done[-1] if done else None


def _artifact(run: Path, step: str, name: str) -> Path | None:
    found = sorted(run.glob(f"nodes/{step}-*/volume-work/outputs/{name}"))
    return found[-1] if found else None


def _read(run: Path, step: str, name: str) -> Any:
    path = _artifact(run, step, name)
    return json.loads(path.read_text(encoding="utf-8")) if path else None


def _part(project: str, environment: str, run: Path) -> Iterator[str]:
    evaluation, verdict = _read(run, "evaluate", "evaluation"), _read(run, "gates", "verdict")
    training = json.loads((_artifact(run, "train", "model") or run).joinpath("training.json").read_text("utf-8"))
    yield f"## {project} ({environment}): {verdict['verdict']}\n"
    said = ", ".join(f"{name} {value:.4g}" if isinstance(value, float) else f"{name} {value}"
                     for name, value in sorted(training["parameters"].items())) or "the library's own parameters"
    yield (f"{training['framework']}, {training['algorithm']}, {said}; {training['rows']:,} rows to train on, "
           f"{evaluation['rows']:,} held out.\n")
    yield "| Metric | Value | 95 % interval |\n|---|---|---|"
    for name, one in sorted(evaluation["metrics"].items()):
        yield f"| {name} | {_number(one['value'])} | {_number(one['low'])} to {_number(one['high'])} |"
    yield "\n| Gate | Mode | Outcome | Number | Value | Limit |\n|---|---|---|---|---|---|"
    for gate in verdict["gates"]:
        for number in gate["numbers"]:
            limit = f"{number['relation']} {_number(number['limit'])}" if number["relation"] else "–"
            yield (f"| {gate['name']} | {gate['mode']} | {gate['outcome']} | {number['name']} | "
                   f"{_number(number['value'])} | {limit} |")
    yield ""
    yield from (f"- {gate['name']}: {note}" for gate in verdict["gates"] for note in gate["notes"]
                if not note.startswith("95 %"))
    yield from _export(run)


def _export(run: Path) -> Iterator[str]:
    results = sorted(run.glob("nodes/export-*/volume-work/result.json"))
    if not results:
        return
    numbers = json.loads(results[-1].read_text("utf-8"))["numbers"]
    differences = ", ".join(f"{name.replace('_', ' ')} at most {numbers[name]:.1e}"
                            for name in ("probability_difference", "score_difference") if name in numbers)
    labels = f", {numbers['different_labels']:.0f} labels differ" if "different_labels" in numbers else ""
    yield (f"- ONNX: {numbers['bytes'] / 1024:,.0f} KiB; against the trained model on {numbers['rows']:,.0f} rows: "
           f"{differences}{labels}\n")


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}" if abs(value) < 10_000 else f"{value:,.0f}"


if __name__ == "__main__":
    sys.exit(main())
