"""Hold every source against its contract: refuse what breaks it, or set the offending rows aside.

The report has the counts, and the contract as a suite of Great Expectations below
`great_expectations`. Rows that are set aside are kept as they came, with the rules they break.
"""

import json
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from runtime.data.tables import modified_of, read_rows, write_table
from runtime.outcome import Context, Outcome, Refused
from runtime.validation.expectations import suite
from runtime.validation.judging import SAMPLE, Judgement, judge, refusal


def run(context: Context, now: datetime | None = None) -> Outcome:
    """Write the rows that keep the contracts, those that do not, and the report; raise Refused after that."""
    now = now or datetime.now(UTC)
    reports: list[Mapping[str, Any]] = []
    suites: dict[str, Any] = {}
    reasons: list[str] = []
    numbers: dict[str, float] = {}
    for folder in ("data", "quarantine"):
        context.outputs[folder].mkdir(parents=True, exist_ok=True)
    for source in context.settings["sources"]:
        name, contract = source["name"], source["contract"]
        if contract is None:
            shutil.copyfile(context.inputs["data"] / f"{name}.parquet", context.outputs["data"] / f"{name}.parquet")
            context.log.info("source %s has no contract", name)
            reports.append({"name": name, "contract": False})
            continue
        judgement = _judged(context, source, now)
        reports.append(_report(name, judgement))
        suites[name] = suite(f"{context.project}.{name}", contract)
        reason = refusal(judgement, contract, name)
        reasons += [reason] if reason else []
        numbers |= {f"rows.{name}": float(len(judgement.kept)), f"quarantined.{name}": float(len(judgement.offending))}
    report = {"checked_at": now.isoformat(timespec="seconds"), "sources": reports, "great_expectations": suites,
              "refused": reasons}
    context.outputs["report"].write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if reasons:
        raise Refused("; ".join(reasons))
    return Outcome(numbers)


def _judged(context: Context, source: Mapping[str, Any], now: datetime) -> Judgement:
    name = source["name"]
    modified = modified_of(context.inputs["data"], name)
    judgement = judge(read_rows(context.inputs["data"], name), source["contract"], name=name, now=now,
                      time_column=source["time_column"], modified=modified)
    write_table(context.outputs["data"], name, judgement.kept, modified)
    if len(judgement.offending):
        write_table(context.outputs["quarantine"], name, judgement.offending, modified)
        context.log.warning("source %s: rows are set aside", name, extra={"rows": len(judgement.offending)})
    return judgement


def _report(name: str, judgement: Judgement) -> dict[str, Any]:
    violations = [
        {"rule": violation.rule, "column": violation.column or None, "count": len(violation.rows),
         "rows": list(violation.rows[:SAMPLE])} for violation in judgement.violations]
    sample = json.loads(judgement.offending.head(SAMPLE).to_json(orient="records", date_format="iso"))
    return {"name": name, "contract": True, "rows": judgement.rows, "kept": len(judgement.kept),
            "quarantined": len(judgement.offending), "violations": violations, "faults": list(judgement.faults),
            "sample": sample}
