"""Every algorithm of the language is fitted, kept, read again and exported, and answers the same each time."""

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import TunedThresholdClassifierCV

from compiler.kinds.frameworks.lightgbm import ALGORITHMS as LIGHTGBM
from compiler.kinds.frameworks.scikit_learn import ALGORITHMS as SCIKIT_LEARN
from compiler.kinds.frameworks.xgboost import ALGORITHMS as XGBOOST
from runtime.models import lightgbm, scikit_learn, xgboost
from runtime.models.checkpoints import Checkpoints
from runtime.models.exporting import to_onnx
from runtime.models.onnx_model import OnnxModel
from runtime.models.parity import check_parity
from runtime.models.predicting import Predictions
from runtime.models.scikit_learn import ScikitLearnModel
from runtime.outcome import Refused
from tests.runtime.model.trained import NO_CHECKPOINTS

pytestmark = [pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning"),
              pytest.mark.filterwarnings("ignore::FutureWarning"),
              pytest.mark.filterwarnings("ignore::UserWarning:lightgbm")]

X, CLASSES = load_breast_cancer(return_X_y=True)
X = ((X - X.mean(axis=0)) / X.std(axis=0)).astype(np.float32)[:, :8]
TRAIN, HOLDOUT = X[:400], X[400:]
TARGETS = {"classification": CLASSES, "regression": np.exp(X[:, 0] / 3) + np.abs(X[:, 1]), "anomaly-detection": None,
           "ranking": CLASSES}
SMALL = {"n_estimators": 10, "max_iter": 50, "hidden_layer_sizes": [8]}
# A point on the border of two neighbourhoods belongs to either, by rounding.
BY_ROUNDING = {("regression", "k-nearest-neighbours")}


def cases():
    for framework, tasks in (("scikit-learn", SCIKIT_LEARN), ("lightgbm", LIGHTGBM), ("xgboost", XGBOOST)):
        for task, algorithms in tasks.items():
            for algorithm, parameters in algorithms.items():
                if (task, algorithm) not in BY_ROUNDING:
                    small = {key: value for key, value in SMALL.items() if key in parameters}
                    yield pytest.param(framework, task, algorithm, small, id=f"{framework}: {algorithm} for {task}")


def fitted(framework, task, algorithm, parameters, checkpoints=NO_CHECKPOINTS):
    target = None if TARGETS[task] is None else TARGETS[task][:400]
    if framework == "scikit-learn":
        estimator = scikit_learn.build(task, algorithm, parameters, 3)
        return scikit_learn, ScikitLearnModel(scikit_learn.fit(estimator, TRAIN, target), task)
    module = lightgbm if framework == "lightgbm" else xgboost
    settings = {"task": task, "algorithm": algorithm, "parameters": parameters, "seed": 3}
    return module, module.fit(settings, TRAIN, target, classes=2, checkpoints=checkpoints,
                              groups=np.array([200, 200]) if task == "ranking" else None)


@pytest.mark.parametrize(("framework", "task", "algorithm", "parameters"), list(cases()))
def test_it_answers_the_same_when_kept_and_when_exported(tmp_path, framework, task, algorithm, parameters):
    module, model = fitted(framework, task, algorithm, parameters)
    answers = model.predict(HOLDOUT)
    module.save(model, tmp_path)
    for one, other in zip(answers, module.load(tmp_path, task).predict(HOLDOUT), strict=True):
        assert one is None or np.allclose(one, other, atol=1e-6)
    exported = OnnxModel(to_onnx(model, task=task, features=X.shape[1]), task)
    assert check_parity(answers, exported.predict(HOLDOUT))["rows"] == len(HOLDOUT)


@pytest.mark.parametrize("framework", ["lightgbm", "xgboost"])
def test_an_interrupted_training_goes_on_from_its_checkpoint(tmp_path, framework):
    uri = tmp_path.as_uri()
    ticks = iter(range(10_000))
    checkpoints = Checkpoints(uri, 0, {"seed": 3}, clock=lambda: float(next(ticks)))
    fitted(framework, "classification", "gradient-boosting", {"n_estimators": 4}, checkpoints)
    [kept] = tmp_path.iterdir()
    before = kept.read_bytes()
    again = Checkpoints(uri, 1e9, {"seed": 3}, clock=lambda: 0.0)
    _, resumed = fitted(framework, "classification", "gradient-boosting", {"n_estimators": 10}, again)
    _, whole = fitted(framework, "classification", "gradient-boosting", {"n_estimators": 10})
    rounds = "current_iteration" if framework == "lightgbm" else "num_boosted_rounds"
    assert getattr(resumed.booster, rounds)() == getattr(whole.booster, rounds)() == 10
    assert kept.read_bytes() == before
    assert Checkpoints(uri, 0, {"seed": 4}).read() is None
    again.clear()
    assert again.read() is None


def test_early_stopping_exports_the_trees_that_are_asked():
    _, model = fitted("xgboost", "classification", "gradient-boosting",
                      {"n_estimators": 200, "learning_rate": 1.0, "early_stopping_rounds": 3})
    assert model.booster.num_boosted_rounds() < 200
    exported = OnnxModel(to_onnx(model, task="classification", features=X.shape[1]), "classification")
    check_parity(model.predict(HOLDOUT), exported.predict(HOLDOUT))


def test_a_converter_that_drops_a_threshold_is_refused():
    tuned = TunedThresholdClassifierCV(LogisticRegression(), scoring="recall", random_state=0).fit(TRAIN, CLASSES[:400])
    model = ScikitLearnModel(tuned, "classification")
    exported = OnnxModel(to_onnx(model, task="classification", features=X.shape[1]), "classification")
    with pytest.raises(Refused, match="another label than the trained one"):
        check_parity(model.predict(HOLDOUT), exported.predict(HOLDOUT))


@pytest.mark.parametrize(("trained", "exported", "message"), [
    pytest.param(Predictions(scores=np.zeros(3)), Predictions(scores=np.full(3, np.nan)), "numbers", id="not a number"),
    pytest.param(Predictions(scores=np.zeros(3)), Predictions(scores=np.zeros(2)), "shape", id="fewer rows"),
    pytest.param(Predictions(probabilities=np.array([[0.4, 0.6]])), Predictions(probabilities=np.array([[0.5, 0.5]])),
                 "probabilities", id="other probabilities"),
])
def test_other_answers_are_refused(trained, exported, message):
    with pytest.raises(Refused, match=message):
        check_parity(trained, exported)


def test_a_kept_model_with_a_foreign_type_is_refused(tmp_path):
    from fractions import Fraction

    from skops.io import dump

    estimator = LogisticRegression().fit(TRAIN, CLASSES[:400])
    estimator.foreign = Fraction(1, 3)
    dump(estimator, tmp_path / scikit_learn.FILE)
    with pytest.raises(Refused, match=r"fractions\.Fraction"):
        scikit_learn.load(tmp_path, "classification")


def test_parameters_that_cannot_be_are_a_refusal_with_their_reason():
    with pytest.raises(Refused, match="n_estimators"):
        fitted("scikit-learn", "classification", "random-forest", {"n_estimators": -1})
