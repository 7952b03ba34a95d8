"""Describe the training data, column by column: the baseline that drift is measured against. It holds no row."""

import json

from runtime.data.tables import columns_of, read_rows, types_of
from runtime.drift.distributions import describe
from runtime.outcome import Context, Outcome

VERSION = 1


def run(context: Context) -> Outcome:
    """Write the profile of the table of examples."""
    settings = context.settings
    rows = read_rows(context.inputs["data"], settings["source"])
    types = settings["columns"] or types_of(rows, {})
    columns = columns_of(rows, list(types))
    profile = {"version": VERSION, "source": settings["source"], "target": settings["target"], "rows": len(rows),
               "columns": {name: describe(name, kind, columns[name]) for name, kind in types.items()}}
    context.outputs["profile"].write_text(json.dumps(profile, indent=1, allow_nan=False) + "\n", encoding="utf-8")
    return Outcome({"rows": len(rows), "columns": len(types)})
