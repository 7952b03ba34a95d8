"""One small model on real data (Wisconsin breast cancer, in scikit-learn), for every test that judges one."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas

from runtime.evaluation.evaluating import by_part, with_intervals
from runtime.models.checkpoints import Checkpoints
from runtime.models.keeping import save_model
from runtime.models.scikit_learn import ScikitLearnModel, build
from runtime.models.scikit_learn import fit as fit_estimator
from tests.runtime.model.examples import prepare, tumours

METRICS = ("accuracy", "roc_auc", "calibration_error", "recall")


def write_examples(folder: Path) -> dict[str, Path]:
    """Write `train`, `holdout` and `transform`, with a column of two large groups and a small one."""
    rows = tumours().drop(columns="ward").rename(columns=lambda name: name.replace(" ", "_"))
    sides = np.where(np.arange(len(rows)) % 3 == 0, "left", "right").astype(object)
    sides[-10:] = "middle"
    made = prepare(folder, "classification", rows.assign(side=sides), "target")
    return {"train": made.train, "holdout": made.holdout, "transform": made.transform}


def write_model(folder: Path, given: dict[str, Path], algorithm: str = "gradient-boosting", **parameters: Any) -> Path:
    """Fit a classifier and write the model artifact."""
    from runtime.features import load_transform
    from runtime.models.examples import load_examples

    examples = load_examples(given["train"], load_transform(given["transform"]), "target")
    estimator = fit_estimator(build("classification", algorithm, parameters, 0), examples.features, examples.target)
    training = {"task": "classification", "framework": "scikit-learn", "algorithm": algorithm, "seed": 0,
                "parameters": parameters, "target": "target", "rows": len(examples.features), "libraries": {}}
    save_model(ScikitLearnModel(estimator, "classification"), folder, transform=given["transform"], training=training)
    return folder


def evaluation_of(answers: Any, rows: pandas.DataFrame) -> dict[str, Any]:
    """Return what the step `evaluate` writes."""
    found = {"task": "classification", "metrics": with_intervals(METRICS, answers, seed=0),
             "slices": {"side": by_part("side", METRICS, answers, rows, minimum=20)}, "groups": {}}
    return dict(json.loads(json.dumps(found)))


NO_CHECKPOINTS = Checkpoints(None, 0, {})
