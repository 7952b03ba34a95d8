"""XGBoost: boosted trees, kept as its own JSON."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from runtime.models.checkpoints import Checkpoints
from runtime.models.predicting import Array, Predictions, from_probabilities
from runtime.outcome import Refused

FILE = "estimator.json"
_TREES = 100
_HELD_OUT = 0.1
"""Share of the training rows on which early stopping decides."""


class XgboostModel:
    """A booster."""

    def __init__(self, booster: Any, task: str) -> None:
        """Take a booster with trees."""
        self.booster, self.task = booster, task

    def predict(self, features: Array) -> Predictions:
        """Return the answers for a float32 matrix."""
        answers = np.asarray(self.booster.inplace_predict(features))
        if self.task != "classification":
            return Predictions(scores=answers)
        return from_probabilities(np.column_stack([1 - answers, answers]) if answers.ndim == 1 else answers)


def fit(settings: Mapping[str, Any], features: Array, target: Array, *, classes: int, checkpoints: Checkpoints,
        groups: Array | None = None) -> XgboostModel:
    """Return the fitted model; a checkpoint of the same settings is gone on from."""
    import xgboost

    parameters = dict(settings["parameters"])
    rounds = int(parameters.pop("n_estimators", _TREES))
    patience = parameters.pop("early_stopping_rounds", None)
    fixed = {"objective": _objective(settings["task"], classes), "seed": settings["seed"],
             **({"num_class": classes} if classes > 2 and settings["task"] == "classification" else {})}
    learning, judging = _parts(features, target, groups, held_out=patience is not None, seed=settings["seed"])
    state = checkpoints.read()
    begun = xgboost.Booster(model_file=bytearray(state)) if state else None
    done = begun.num_boosted_rounds() if begun is not None else 0
    try:
        booster = xgboost.train({**parameters, **fixed}, learning, rounds - done, xgb_model=begun,
                                evals=[(judging, "judging")] if judging is not None else [], verbose_eval=False,
                                early_stopping_rounds=patience, callbacks=[_keeping(checkpoints)])
    except xgboost.core.XGBoostError as failure:
        raise Refused(f"XGBoost cannot be fitted: {failure}") from failure
    # What is kept is what is asked: without the cut, an exported model would answer with the trees of patience too.
    return XgboostModel(booster[: booster.best_iteration + 1] if patience is not None else booster, settings["task"])


def save(model: XgboostModel, folder: Path) -> None:
    """Write the booster."""
    model.booster.save_model(folder / FILE)


def load(folder: Path, task: str) -> XgboostModel:
    """Return the booster that `save` wrote."""
    import xgboost

    return XgboostModel(xgboost.Booster(model_file=folder / FILE), task)


def _objective(task: str, classes: int) -> str:
    match task:
        case "classification":
            return "multi:softprob" if classes > 2 else "binary:logistic"
        case "ranking":
            return "rank:ndcg"
        case _:
            return "reg:squarederror"


def _parts(features: Array, target: Array, groups: Array | None, *, held_out: bool, seed: int) -> tuple[Any, Any]:
    """Return what to learn from and, where training may stop early, what decides that."""
    import xgboost

    if not held_out:
        return xgboost.DMatrix(features, label=target, group=groups), None
    judging = np.random.default_rng(seed).random(len(features)) < _HELD_OUT
    return (xgboost.DMatrix(features[~judging], label=target[~judging]),
            xgboost.DMatrix(features[judging], label=target[judging]))


def _keeping(checkpoints: Checkpoints) -> Any:
    import xgboost

    class Keeping(xgboost.callback.TrainingCallback):
        """Write a checkpoint after a round when one is due."""

        def after_iteration(self, model: Any, epoch: int, evals_log: Any) -> bool:
            del epoch, evals_log
            checkpoints.write(lambda: bytes(model.save_raw("json")))
            return False

    return Keeping()
