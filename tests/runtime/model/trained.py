"""One small model on real data (Wisconsin breast cancer, in scikit-learn), for every test that judges one."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pyarrow
from pyarrow import parquet

from runtime.evaluation.evaluating import by_part, with_intervals
from runtime.features.fitting import fit
from runtime.models.checkpoints import Checkpoints
from runtime.models.keeping import save_model
from runtime.models.scikit_learn import ScikitLearnModel, build
from runtime.models.scikit_learn import fit as fit_estimator

METRICS = ("accuracy", "roc_auc", "calibration_error", "recall")


def write_examples(folder: Path) -> dict[str, Path]:
    """Write `train`, `holdout` and `transform` as the step `features` does."""
    from sklearn.datasets import load_breast_cancer

    table = load_breast_cancer(as_frame=True).frame.iloc[:, [0, 1, 2, 3, 4, -1]]
    table.columns = [name.replace(" ", "_") for name in table.columns]
    table["side"] = np.where(np.arange(len(table)) % 3 == 0, "left", "right")
    table.loc[table.index[-3:], "side"] = "middle"
    types = dict.fromkeys(table.columns[:5], "float64") | {"target": "int8", "side": "category"}
    columns = {name: table[name].to_numpy() for name in types}
    transform = fit(columns, types, transforms=[], hidden=["target"], classes=[0, 1])
    transform.save(folder / "transform.json")
    for name, rows in (("train", table.iloc[:400]), ("holdout", table.iloc[400:])):
        (folder / name).mkdir()
        matrix = transform.apply({column: rows[column].to_numpy() for column in transform.columns})
        parquet.write_table(pyarrow.table(dict(zip(transform.names, matrix.T, strict=True))),
                            folder / name / "features.parquet")
        rows.to_parquet(folder / name / "rows.parquet", index=False)
    return {name: folder / name for name in ("train", "holdout")} | {"transform": folder / "transform.json"}


def write_model(folder: Path, given: dict[str, Path], algorithm: str = "gradient-boosting", **parameters: Any) -> Path:
    """Fit a classifier and write the model artifact."""
    from runtime.features import load_transform
    from runtime.models.examples import load_examples

    examples = load_examples(given["train"], load_transform(given["transform"]), "target")
    estimator = fit_estimator(build("classification", algorithm, parameters, 0), examples.features, examples.target)
    training = {"task": "classification", "framework": "scikit-learn", "algorithm": algorithm, "seed": 0,
                "parameters": parameters, "target": "target", "rows": 400, "libraries": {}}
    save_model(ScikitLearnModel(estimator, "classification"), folder, transform=given["transform"], training=training)
    return folder


def evaluation_of(answers: Any, rows: pandas.DataFrame) -> dict[str, Any]:
    """Return what the step `evaluate` writes."""
    found = {"task": "classification", "metrics": with_intervals(METRICS, answers, seed=0),
             "slices": {"side": by_part("side", METRICS, answers, rows, minimum=20)}, "groups": {}}
    return dict(json.loads(json.dumps(found)))


NO_CHECKPOINTS = Checkpoints(None, 0, {})
