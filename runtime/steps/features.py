"""Join, split, learn the transforms on the training rows, and apply them to both parts.

Beside the features, `rows.parquet` holds the same rows as they were: target, protected columns and
whatever else slices and groups are made of.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from runtime.data.examples import read_examples
from runtime.data.splits import held_out
from runtime.data.tables import columns_of, types_of, write_table
from runtime.features.columns import ColumnError
from runtime.features.fitting import FitError, fit
from runtime.features.transform import FittedTransform, class_labels
from runtime.outcome import Context, Outcome, Refused

BUILT_IN = "built-in"


def run(context: Context) -> Outcome:
    """Write training rows, held-out rows and the fitted transform."""
    settings = context.settings
    if settings["features"]["with"] != BUILT_IN:
        raise Refused(f"features with {settings['features']['with']} need its client, which this runtime does not "
                      "have: materialise them as a source and join it, or use `with: built-in`")
    rows = read_examples(context.inputs["data"], settings, context.log)
    every_row = len(rows)
    rows = rows[rows[settings["target"]].notna()].reset_index(drop=True) if settings["target"] else rows
    if every_row > len(rows):
        context.log.info("rows without a target are left out", extra={"rows": every_row - len(rows)})
    mask = held_out(rows, settings["split"], settings["time_column"])
    train, holdout = rows[~mask].reset_index(drop=True), rows[mask].reset_index(drop=True)
    try:
        fitted = _fitted(train, settings)
        for name, part in (("train", train), ("holdout", holdout)):
            _write(context.outputs[name], part, fitted)
    except (FitError, ColumnError) as failure:
        raise Refused(str(failure)) from failure
    fitted.save(context.outputs["transform"])
    return Outcome({"rows.train": len(train), "rows.holdout": len(holdout), "features": len(fitted.names),
                    "rows.without_target": every_row - len(rows)})


def _fitted(train: pd.DataFrame, settings: Mapping[str, Any]) -> FittedTransform:
    target = settings["target"]
    hidden = [*settings["protected"], *([target] if target else [])]
    types = types_of(train, settings["columns"])
    return fit(columns_of(train, list(types)), types, transforms=settings["features"]["transforms"], hidden=hidden,
               time_column=settings["time_column"], classes=_classes(train, settings))


def _classes(train: pd.DataFrame, settings: Mapping[str, Any]) -> list[Any] | None:
    """Return the labels of the target, in the order of the contract; None where it is a number."""
    if settings["task"] != "classification" or not settings["target"]:
        return None
    labels = class_labels(columns_of(train, [settings["target"]])[settings["target"]], settings["classes"])
    if len(labels) < 2:
        raise Refused(f"the target `{settings['target']}` has one class in the training rows, and there is nothing "
                      "to tell apart")
    return labels


def _write(folder: Path, rows: pd.DataFrame, fitted: FittedTransform) -> None:
    matrix = fitted.apply(columns_of(rows, list(fitted.columns)))
    write_table(folder, "features", pd.DataFrame(matrix, columns=list(fitted.names)), None)
    write_table(folder, "rows", rows, None)
