"""Hold a table against its contract: rows that keep it, rows that break it, and what cannot be mended by rows."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import pandas as pd

from runtime.validation.rules import Violation, broken_rules
from runtime.validation.typed import typed

SAMPLE = 10
"""Rows of each violation that a message or a report shows."""


class Judgement(NamedTuple):
    """Rows that keep the contract, rows that do not (with what they break), and faults of the whole table."""

    kept: pd.DataFrame
    offending: pd.DataFrame
    violations: tuple[Violation, ...]
    faults: tuple[str, ...]
    rows: int

    @property
    def share(self) -> float:
        """Return the share of rows that break the contract."""
        return len(self.offending) / self.rows if self.rows else 0.0


def judge(rows: pd.DataFrame, contract: Mapping[str, Any], *, name: str, now: datetime, time_column: str | None = None,
          modified: datetime | None = None, without: Sequence[str] = ()) -> Judgement:
    """Return what the contract says of rows; columns in `without` are not asked for, as a target in production."""
    contract = _without(contract, without)
    missing = [column for column in contract["columns"] if column not in rows.columns]
    if missing:
        faults = tuple(f"source `{name}`: column `{column}` is missing" for column in missing)
        return Judgement(rows, rows.iloc[:0], (), faults, len(rows))
    made, untyped = rows.reset_index(drop=True).copy(), {}
    for column, rule in contract["columns"].items():
        made[column], untyped[column] = typed(made[column], rule["type"])
    violations = tuple(broken_rules(made, contract, untyped))
    broken = sorted({row for violation in violations for row in violation.rows})
    # The rows that are set aside stay as they came: whoever mends them has to see what was there.
    offending = rows.reset_index(drop=True).loc[broken].assign(violations=_labels(violations, broken))
    kept = made.drop(index=broken)
    newest = _newest(kept, time_column) if time_column else modified
    said_by = f"`{time_column}`" if time_column else "its files"
    faults = (*_few_rows(kept, contract, name), *_stale(newest, said_by, contract, name=name, now=now))
    return Judgement(kept.reset_index(drop=True), offending, violations, faults, len(rows))


def refusal(judgement: Judgement, contract: Mapping[str, Any], name: str) -> str | None:
    """Return why the pipeline must stop; None where it may go on with the rows that were kept."""
    reasons = list(judgement.faults)
    if judgement.violations and contract["on_violation"] == "reject":
        reasons += [f"source `{name}`: {described(violation)}" for violation in judgement.violations]
    elif judgement.share > contract["maximum_quarantined"]:
        reasons.append(f"source `{name}`: {len(judgement.offending)} of {judgement.rows} rows are quarantined "
                       f"({judgement.share:.2%}), expected at most {contract['maximum_quarantined']:.2%}: "
                       + ", ".join(described(violation) for violation in judgement.violations))
    return "; ".join(reasons) or None


def described(violation: Violation) -> str:
    """Return the violation with its count and its first rows."""
    shown = ", ".join(str(row) for row in violation.rows[:SAMPLE])
    more = ", ..." if len(violation.rows) > SAMPLE else ""
    count = len(violation.rows)
    return f"{violation.label} is broken by {count} {'row' if count == 1 else 'rows'} ({shown}{more})"


def _without(contract: Mapping[str, Any], without: Sequence[str]) -> Mapping[str, Any]:
    columns = {name: column for name, column in contract["columns"].items() if name not in without}
    rules = [rule for rule in contract["rules"]
             if {rule["left"], rule["right"].get("column", rule["left"])} <= set(columns)]
    return {**contract, "columns": columns, "rules": rules}


def _labels(violations: Sequence[Violation], broken: Sequence[int]) -> list[str]:
    labels: dict[int, list[str]] = {row: [] for row in broken}
    for violation in violations:
        for row in violation.rows:
            labels[row].append(f"{violation.rule}:{violation.column}" if violation.column else violation.rule)
    return ["; ".join(labels[row]) for row in broken]


def _few_rows(kept: pd.DataFrame, contract: Mapping[str, Any], name: str) -> list[str]:
    wanted = contract["minimum_rows"]
    return [f"source `{name}`: {len(kept)} rows keep the contract, expected at least {wanted}"] \
        if len(kept) < wanted else []


def _stale(newest: datetime | None, said_by: str, contract: Mapping[str, Any], *, name: str,
           now: datetime) -> list[str]:
    limit = contract["freshness_seconds"]
    if limit is None:
        return []
    if newest is None:
        return [f"source `{name}`: nothing says how old the data is, and its contract has a freshness"]
    age = now - newest
    if age <= timedelta(seconds=limit):
        return []
    return [f"source `{name}`: the newest of {said_by} is of {newest.isoformat(timespec='seconds')}, {age.days} days "
            f"old, expected at most {limit / 86400:g} days"]


def _newest(kept: pd.DataFrame, time_column: str) -> datetime | None:
    newest = kept[time_column].max()
    if pd.isna(newest):
        return None
    moment: datetime = newest.to_pydatetime()
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
