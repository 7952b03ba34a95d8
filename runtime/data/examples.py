"""The table of examples with what is joined to it, the same for training and for what watches production."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from runtime.data.joins import joined
from runtime.data.tables import read_rows


def read_examples(folder: Path, settings: Mapping[str, Any], log: logging.Logger) -> pd.DataFrame:
    """Return the declared columns that are there (all of them where none is declared), and the joined ones."""
    rows = read_rows(folder, settings["source"])
    declared = [column for column in settings["columns"] if column in rows.columns]
    rows = rows[declared] if declared else rows
    for join in settings["features"].get("joins", ()):
        before = set(rows.columns)
        rows = joined(rows, settings["time_column"], read_rows(folder, join["source"]), join)
        added = [column for column in rows.columns if column not in before]
        found = float(rows[added].notna().any(axis=1).mean()) if added and len(rows) else 0.0
        log.info("joined %s", join["source"], extra={"columns": added, "share_found": found})
    return rows
