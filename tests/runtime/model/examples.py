"""Real data sets that come with scikit-learn, brought to the artifacts that the model's steps read."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from sklearn.datasets import load_breast_cancer, load_diabetes, load_wine

from runtime.data.tables import write_table
from runtime.steps.features import run as make_features
from tests.runtime.contexts import context


class Prepared(NamedTuple):
    """What the step `features` made of a data set."""

    task: str
    target: str
    train: Path
    holdout: Path
    transform: Path


def prepare(folder: Path, task: str, rows: pd.DataFrame, target: str) -> Prepared:
    """Run the step `features` over the rows."""
    write_table(folder / "data", "examples", rows, None)
    made = Prepared(task, target, folder / "train", folder / "holdout", folder / "transform")
    settings = {"source": "examples", "columns": {}, "protected": [], "target": target, "task": task, "classes": None,
                "time_column": None, "features": {"with": "built-in", "joins": [], "transforms": []},
                "split": {"test": 0.3, "by": "random", "column": None, "seed": 1}}
    make_features(context("features", settings, folder, inputs={"data": folder / "data"}, outputs={
        "train": made.train, "holdout": made.holdout, "transform": made.transform}))
    return made


def tumours() -> pd.DataFrame:
    """Return two classes, and a column of groups for slices."""
    found = load_breast_cancer(as_frame=True).frame.iloc[:, [0, 1, 2, 3, 4, 30]]
    return found.assign(ward=np.where(np.arange(len(found)) % 3 == 0, "north", "south"))


def wines() -> pd.DataFrame:
    """Return three classes."""
    return load_wine(as_frame=True).frame


def patients() -> pd.DataFrame:
    """Return a number to predict."""
    return load_diabetes(as_frame=True).frame


def settings_of(prepared: Prepared, framework: str = "scikit-learn", algorithm: str | None = "logistic-regression",
                **changed: Any) -> dict[str, Any]:
    """Return the settings of the step `train`."""
    return {"task": prepared.task, "framework": framework, "algorithm": algorithm, "entry_point": None,
            "parameters": {}, "seed": 3, "target": prepared.target, "tuning": None, "checkpoint_seconds": None,
            "nodes": 1, **changed}
