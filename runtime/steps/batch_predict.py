"""Predict for every row of the newest data with the pinned model.

    OUTPUT/run=RUN/predictions.parquet    one row for each that kept the contract
    OUTPUT/_quarantine/run=RUN.parquet    rows that did not, with what they break; readers of tables pass it by

The artifact says where they are, how many, and of what. A run that is tried again writes the same files.
"""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from runtime.batch.pinned import PinnedModel, read_pinned
from runtime.batch.predicting import PLACE, predictions_of
from runtime.batch.writing import write_parquet
from runtime.data.joins import joined
from runtime.data.sources import Table, read_production
from runtime.data.tables import columns_of
from runtime.features import ColumnError
from runtime.outcome import Context, Outcome, Refused
from runtime.validation.judging import judge, refusal

if TYPE_CHECKING:
    import pandas


def run(context: Context, now: datetime | None = None) -> Outcome:
    """Write predictions, rows that were set aside, and the artifact."""
    settings, now = context.settings, now or datetime.now(UTC)
    pinned = read_pinned(settings["model"], settings["task"])
    context.log.info("model verified", extra={"version": pinned.version, "digest": pinned.digest, "key": pinned.key})
    tables = [read_production(source, context.log) for source in settings["sources"]]
    rows, aside = _held_against_contract(context, tables[0], now)
    answers = pinned.model.predict(_features(pinned, _joined(context, rows, tables)))
    made = predictions_of(rows, _recognised_by(context), answers, pinned, tables[0].origin, run=context.run, now=now)
    output = settings["output"].rstrip("/")
    place = write_parquet(made, f"{output}/run={context.run}/predictions.parquet")
    if len(aside):
        write_parquet(aside, f"{output}/_quarantine/run={context.run}.parquet")
    context.outputs["predictions"].write_text(json.dumps({
        "uri": place, "rows": len(made), "quarantined": len(aside), "model": dict(settings["model"]),
        "sources": [table.origin.to_json() for table in tables]}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    context.log.info("predicted", extra={"rows": len(made), "quarantined": len(aside), "place": place})
    return Outcome({"rows": float(len(made)), "quarantined": float(len(aside)),
                    "fallbacks": float(sum(table.origin.fallback_used for table in tables))})


def _held_against_contract(context: Context, table: Table,
                           now: datetime) -> tuple["pandas.DataFrame", "pandas.DataFrame"]:
    """Return the rows to predict for, and those that break the contract; no target is expected of them."""
    settings, rows = context.settings, table.rows.reset_index(drop=True)
    contract = settings["contract"]
    if contract is None:
        return rows.assign(**{PLACE: np.arange(len(rows))}), rows.iloc[:0]
    source = settings["sources"][0]
    judgement = judge(rows.assign(**{PLACE: np.arange(len(rows))}), contract, name=source["name"], now=now,
                      time_column=source["time_column"], modified=table.origin.modified,
                      without=[settings["target"]] if settings["target"] else [])
    reason = refusal(judgement, contract, source["name"])
    if reason:
        raise Refused(reason)
    return judgement.kept, judgement.offending


def _joined(context: Context, rows: "pandas.DataFrame", tables: list[Table]) -> "pandas.DataFrame":
    by_name = {table.origin.name: table.rows for table in tables}
    for join in context.settings["joins"]:
        rows = joined(rows, context.settings["sources"][0]["time_column"], by_name[join["source"]], join)
    return rows


def _features(pinned: PinnedModel, rows: "pandas.DataFrame") -> Any:
    missing = [name for name in pinned.transform.columns if name not in rows.columns]
    if missing:
        raise Refused(f"the data has no column `{missing[0]}`, which version {pinned.version} reads")
    try:
        return pinned.transform.apply(columns_of(rows, list(pinned.transform.columns)))
    except ColumnError as failure:
        raise Refused(f"version {pinned.version} cannot read the data: {failure}") from failure


def _recognised_by(context: Context) -> list[str]:
    """Return the columns by which a reader knows a row again: its time, and whatever is unique. No other is copied."""
    contract = context.settings["contract"] or {"columns": {}}
    time = context.settings["sources"][0]["time_column"]
    return [*([time] if time else []), *(name for name, column in contract["columns"].items() if column["unique"])]
