"""LightGBM: boosted trees, kept as its own text."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from runtime.models.checkpoints import Checkpoints
from runtime.models.predicting import Array, Predictions, from_probabilities
from runtime.outcome import Refused

FILE = "estimator.txt"
_BOOSTING = {"gradient-boosting": "gbdt", "dart": "dart"}
_TREES = 100
"""The library's own number of trees, where the spec names none."""


class LightGbmModel:
    """A booster."""

    def __init__(self, booster: Any, task: str) -> None:
        """Take a booster with trees."""
        self.booster, self.task = booster, task

    def predict(self, features: Array) -> Predictions:
        """Return the answers for a float32 matrix."""
        answers = np.asarray(self.booster.predict(features))
        if self.task != "classification":
            return Predictions(scores=answers)
        # For two classes it gives the probability of the second alone.
        return from_probabilities(np.column_stack([1 - answers, answers]) if answers.ndim == 1 else answers)


def fit(settings: Mapping[str, Any], features: Array, target: Array, *, classes: int, checkpoints: Checkpoints,
        groups: Array | None = None) -> LightGbmModel:
    """Return the fitted model; a checkpoint of the same settings is gone on from."""
    import lightgbm

    parameters = dict(settings["parameters"])
    rounds = int(parameters.pop("n_estimators", _TREES))
    fixed = {"objective": _objective(settings["task"], classes), "seed": settings["seed"], "deterministic": True,
             "force_row_wise": True, "verbosity": -1, "boosting": _BOOSTING[settings["algorithm"]],
             **({"num_class": classes} if classes > 2 and settings["task"] == "classification" else {})}
    state = checkpoints.read()
    begun = lightgbm.Booster(model_str=state.decode()) if state else None
    done = begun.current_iteration() if begun is not None else 0
    try:
        booster = lightgbm.train(
            {**_renamed(parameters), **fixed},
            lightgbm.Dataset(features, label=target, group=groups, free_raw_data=False), rounds - done,
            init_model=begun,
            callbacks=[lambda round_: checkpoints.write(lambda: round_.model.model_to_string().encode())])
    except lightgbm.basic.LightGBMError as failure:
        raise Refused(f"LightGBM cannot be fitted: {failure}") from failure
    return LightGbmModel(lightgbm.Booster(model_str=in_float32(booster.model_to_string())), settings["task"])


def in_float32(model: str) -> str:
    """Return the text of a model with each threshold as the next float32 below it.

    Features are float32, and ONNX keeps thresholds as float32. A threshold between two of them that rounds up
    to the upper one would send its rows the other way; the next one below sends every row as before.
    """
    # The table of sizes speaks of the text as it was; without it, the library reads tree by tree.
    return "\n".join(_below(line) for line in model.split("\n") if not line.startswith("tree_sizes="))


def _below(line: str) -> str:
    if not line.startswith("threshold="):
        return line
    wide = np.array(line.removeprefix("threshold=").split(), dtype=np.float64)
    narrow = wide.astype(np.float32)
    lower = np.where(narrow > wide, np.nextafter(narrow, np.float32(-np.inf)), narrow)
    return "threshold=" + " ".join(repr(float(value)) for value in lower)


def save(model: LightGbmModel, folder: Path) -> None:
    """Write the booster."""
    model.booster.save_model(str(folder / FILE))


def load(folder: Path, task: str) -> LightGbmModel:
    """Return the booster that `save` wrote."""
    import lightgbm

    return LightGbmModel(lightgbm.Booster(model_file=str(folder / FILE)), task)


def _objective(task: str, classes: int) -> str:
    match task:
        case "classification":
            return "multiclass" if classes > 2 else "binary"
        case "ranking":
            return "lambdarank"
        case _:
            return "regression"


def _renamed(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters by the names of the library's core: `class_weight` is known to its wrapper alone."""
    if "class_weight" not in parameters:
        return dict(parameters)
    rest = {key: value for key, value in parameters.items() if key != "class_weight"}
    if parameters["class_weight"] != "balanced":
        raise Refused("LightGBM takes `class_weight: balanced` and no weights of single classes")
    return {**rest, "is_unbalance": True}
