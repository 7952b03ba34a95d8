"""scikit-learn: the algorithms of the language, kept by skops, which holds types and numbers but no code."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from runtime.models.predicting import Array, Predictions
from runtime.outcome import Refused

FILE = "estimator.skops"
_ALGORITHMS: Mapping[str, Mapping[str, str]] = {
    "classification": {
        "ada-boost": "ensemble.AdaBoostClassifier", "decision-tree": "tree.DecisionTreeClassifier",
        "extra-trees": "ensemble.ExtraTreesClassifier", "gradient-boosting": "ensemble.GradientBoostingClassifier",
        "hist-gradient-boosting": "ensemble.HistGradientBoostingClassifier",
        "k-nearest-neighbours": "neighbors.KNeighborsClassifier",
        "logistic-regression": "linear_model.LogisticRegression", "mlp": "neural_network.MLPClassifier",
        "naive-bayes": "naive_bayes.GaussianNB", "random-forest": "ensemble.RandomForestClassifier", "svc": "svm.SVC"},
    "regression": {
        "ada-boost": "ensemble.AdaBoostRegressor", "decision-tree": "tree.DecisionTreeRegressor",
        "elastic-net": "linear_model.ElasticNet", "extra-trees": "ensemble.ExtraTreesRegressor",
        "gradient-boosting": "ensemble.GradientBoostingRegressor",
        "hist-gradient-boosting": "ensemble.HistGradientBoostingRegressor", "huber": "linear_model.HuberRegressor",
        "k-nearest-neighbours": "neighbors.KNeighborsRegressor", "lasso": "linear_model.Lasso",
        "linear-regression": "linear_model.LinearRegression", "mlp": "neural_network.MLPRegressor",
        "poisson": "linear_model.PoissonRegressor", "random-forest": "ensemble.RandomForestRegressor",
        "ridge": "linear_model.Ridge", "svr": "svm.SVR"},
    "anomaly-detection": {
        "isolation-forest": "ensemble.IsolationForest", "local-outlier-factor": "neighbors.LocalOutlierFactor",
        "one-class-svm": "svm.OneClassSVM"},
}
_FIXED: Mapping[str, Mapping[str, Any]] = {
    # Without probabilities there is nothing to calibrate, to threshold or to watch.
    "svc": {"probability": True},
    # Trained to be asked about rows that it has not seen.
    "local-outlier-factor": {"novelty": True},
}
_OWN_TYPES = ("sklearn.", "numpy.")
"""Modules whose types a kept model may hold: plain data structures of the two libraries that fitted it."""


class ScikitLearnModel:
    """An estimator of scikit-learn, or of a team's own with its interface."""

    def __init__(self, estimator: Any, task: str) -> None:
        """Take a fitted estimator."""
        self.estimator, self.task = estimator, task

    def predict(self, features: Array) -> Predictions:
        """Return the answers for a float32 matrix."""
        match self.task:
            case "classification":
                # Its own labels: an estimator with a threshold of its own does not answer with the most probable class.
                return Predictions(labels=np.asarray(self.estimator.predict(features)).astype(np.int64),
                                   probabilities=self.estimator.predict_proba(features))
            case "anomaly-detection":
                return Predictions(labels=(self.estimator.predict(features) < 0).astype(np.int64),
                                   scores=-self.estimator.decision_function(features))
            case _:
                return Predictions(scores=np.asarray(self.estimator.predict(features)).reshape(-1))


def build(task: str, algorithm: str, parameters: Mapping[str, Any], seed: int) -> Any:
    """Return an estimator that is not fitted yet, seeded where it takes a seed."""
    module, _, name = _ALGORITHMS[task][algorithm].partition(".")
    estimator = getattr(import_module(f"sklearn.{module}"), name)
    known = estimator().get_params()
    seeds = {"random_state": seed} if "random_state" in known else {}
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in parameters.items()}
    return estimator(**{**seeds, **_FIXED.get(algorithm, {}), **values})


def fit(estimator: Any, features: Array, target: Array | None) -> Any:
    """Return the fitted estimator; what it cannot be fitted with is a refusal."""
    try:
        return estimator.fit(features) if target is None else estimator.fit(features, target)
    except ValueError as failure:
        # The library checks parameters and data when it fits: what it says is about the spec or the data.
        raise Refused(f"{type(estimator).__name__} cannot be fitted: {failure}") from failure


def save(model: ScikitLearnModel, folder: Path) -> None:
    """Write the estimator."""
    from skops.io import dump

    dump(model.estimator, folder / FILE)


def load(folder: Path, task: str) -> ScikitLearnModel:
    """Return the estimator that `save` wrote; refuse one that holds types of anything else."""
    from skops.io import get_untrusted_types
    from skops.io import load as read

    held = get_untrusted_types(file=folder / FILE)
    _refuse_foreign(held)
    return ScikitLearnModel(read(folder / FILE, trusted=held), task)


def check_types(estimator: Any) -> None:
    """Refuse an estimator that `load` would refuse."""
    from skops.io import dumps, get_untrusted_types

    _refuse_foreign(get_untrusted_types(data=dumps(estimator)))


def _refuse_foreign(held: Sequence[str]) -> None:
    foreign = [name for name in held if not name.startswith(_OWN_TYPES)]
    if foreign:
        raise Refused(f"the model holds {', '.join(foreign[:3])}, which is no type of scikit-learn: "
                      "return an ONNX model from the entry point instead")
