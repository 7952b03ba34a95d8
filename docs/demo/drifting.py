"""Let production's data become that of later years, then of people who are eight years older; run the drift monitor.

The real years are stable. The last window is the one thing here that is made up: it shows the monitor fire.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

from commands import FOLDER, REPOSITORY, ROOT, run
from ruamel.yaml import YAML
from training import ENVIRONMENT, SPEC, Trained

SOURCE = "s3://labour-lake/curated/acs-employment-ma/"
WINDOWS = ROOT / ".data/windows/acs-employment-ma"


class Window(NamedTuple):
    """What the monitor said of one window."""

    name: str
    has_drifted: bool
    report: dict[str, Any]

    @property
    def lines(self) -> list[str]:
        """Return one line for each monitor: its largest value beside its limit."""
        return [_line(monitor) for monitor in self.report["monitors"]]


def watch(_trained: Trained) -> list[Window]:
    """Run the monitor's workflow over each window."""
    return [_watch(folder) for folder in sorted(WINDOWS.iterdir())]


def _watch(folder: Path) -> Window:
    _put_in_place(folder)
    name = f"drift-{folder.name}"
    run("run", SPEC, "--env", ENVIRONMENT, "--workflow", "drift", "--name", _free(name), cwd=REPOSITORY)
    reports = FOLDER.glob(f"{name}-*/nodes/drift-*/volume-work/outputs/report")
    report = json.loads(max(reports, key=lambda path: path.stat().st_mtime).read_text())
    window = Window(folder.name, report["verdict"] == "drift", report)
    print(f"  {window.name}: {report['verdict']}\n" + "".join(f"    {line}\n" for line in window.lines), flush=True)
    return window


def _put_in_place(folder: Path) -> None:
    """Say in specs/local.yaml that production's newest data are those of the window."""
    yaml = YAML()
    path = REPOSITORY / "specs/local.yaml"
    local = yaml.load(path)
    local["locations"][SOURCE] = f".data/windows/acs-employment-ma/{folder.name}/"
    with path.open("w", encoding="utf-8") as stream:
        yaml.dump(local, stream)


def _free(name: str) -> str:
    taken = len(list(FOLDER.glob(f"{name}*")))
    return f"{name}-{taken + 1}"


def _line(monitor: dict[str, Any]) -> str:
    if not monitor["values"]:
        return f"{monitor['name']}: not measured"
    worst = max(monitor["values"], key=lambda value: (value["is_beyond"], value["value"]))
    return f"{monitor['name']}: {worst['column']} {worst['value']:.4g}{' FIRES' if worst['is_beyond'] else ''}"
