"""Ask promtool what it thinks of rules, and what Prometheus would do with them."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from compiler.emit.yaml_writer import to_stream
from compiler.ir.plan import ReleasePlan
from compiler.targets.monitoring.prometheus import TARGET
from tests.judges import require
from tests.targets.rendering import found


def check(plan: ReleasePlan, folder: Path) -> str:
    """Return what promtool says against the rules of a plan; nothing when it agrees."""
    said = _promtool(folder, "check", "rules", _rule_file(plan, folder))
    return "" if "SUCCESS" in said and "duplicate" not in said else said


def fires(plan: ReleasePlan, folder: Path, *, series: Mapping[str, str], at: Mapping[str, Sequence[str]]) -> str:
    """Return how far from the expected what fires is; nothing when it is just that.

    `series` are in promtool's notation, one sample a minute; `at` maps a time to the names
    of all alerts that must fire then.
    """
    test = {
        "rule_files": [_rule_file(plan, folder)], "evaluation_interval": "1m",
        "tests": [{
            "interval": "1m", "input_series": [{"series": name, "values": values} for name, values in series.items()],
            "promql_expr_test": [
                {"expr": 'group by (alertname) (ALERTS{alertstate="firing"})', "eval_time": time,
                 "exp_samples": [{"labels": f'{{alertname="{name}"}}', "value": 1} for name in names]}
                for time, names in at.items()]}]}
    (folder / "test.yaml").write_text(json.dumps(test), encoding="utf-8")
    said = _promtool(folder, "test", "rules", "test.yaml")
    return "" if "SUCCESS" in said else said


def _promtool(folder: Path, *arguments: str) -> str:
    judged = subprocess.run([require("promtool"), *arguments], cwd=folder, capture_output=True, text=True, check=False)
    return judged.stdout + judged.stderr


def _rule_file(plan: ReleasePlan, folder: Path) -> str:
    spec: Any = found(TARGET, plan, "PrometheusRule").body["spec"]
    (folder / "rules.yaml").write_text(to_stream([spec]), encoding="utf-8")
    return "rules.yaml"
