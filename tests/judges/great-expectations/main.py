"""great-expectations SUITE.json ROWS.csv: load a suite, hold rows against it, print what each expectation says.

Columns of classes are read as texts. Exit code 0 where all of them hold, 1 where one does not, 2 where the suite
cannot be loaded.
"""

import json
import os
import sys

os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
import pandas as pd
from great_expectations.core import ExpectationSuite
from great_expectations.data_context.types.base import ProgressBarsConfig


def main(arguments):
    if arguments == ["--version"]:
        print(gx.__version__)
        return 0
    suite_path, rows_path = arguments
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    with open(suite_path, encoding="utf-8") as file:
        said = json.load(file)
    try:
        suite = context.suites.add(ExpectationSuite(**said))
    except Exception as failure:
        print(f"the suite cannot be loaded: {failure}", file=sys.stderr)
        return 2
    batch = (context.data_sources.add_pandas("rows").add_dataframe_asset("rows")
             .add_batch_definition_whole_dataframe("all").get_batch({"dataframe": pd.read_csv(rows_path, dtype={
                 "kind": "str"})}))
    judged = batch.validate(suite)
    print(json.dumps([{"type": result.expectation_config.type, "success": bool(result.success),
                       "unexpected": result.result.get("unexpected_count")} for result in judged.results]))
    return 0 if judged.success else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
