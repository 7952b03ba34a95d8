"""A team's own function is called as documented; what it returns is a model or is refused by name."""

import sys
from types import ModuleType

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from runtime.models.exporting import to_onnx
from runtime.models.keeping import load_model
from runtime.models.lightgbm import LightGbmModel
from runtime.models.onnx_model import OnnxModel
from runtime.models.scikit_learn import ScikitLearnModel
from runtime.outcome import Refused, Unavailable
from runtime.steps.train import run
from tests.runtime.contexts import context
from tests.runtime.model.examples import settings_of


class ForeignEstimator(LogisticRegression):
    """An estimator of the team's own type: its code is not where the model is loaded."""


@pytest.fixture
def train(binary, tmp_path, monkeypatch):
    def call(function, name="acme_train:fit", **changed):
        module = ModuleType("acme_train")
        module.fit = function
        monkeypatch.setitem(sys.modules, "acme_train", module)
        settings = settings_of(binary, "custom", None, entry_point=name, parameters={"C": 0.5}, **changed)
        run(context("train", settings, tmp_path, outputs={"model": tmp_path / "model"},
                    inputs={"train": binary.train, "transform": binary.transform}))
        return load_model(tmp_path / "model")

    return call


def pipeline(features, target, *, parameters, seed, task, checkpoint_folder):
    return make_pipeline(StandardScaler(), LogisticRegression(random_state=seed, **parameters)).fit(features, target)


def as_onnx(features, target, **given):
    fitted = pipeline(features, target, **given)
    return to_onnx(ScikitLearnModel(fitted, given["task"]), task=given["task"], features=features.shape[1])


def booster(features, target, *, parameters, seed, task, checkpoint_folder):
    import lightgbm

    return lightgbm.train({"objective": "binary", "verbosity": -1, "num_threads": 1},
                          lightgbm.Dataset(features, target), 3)


@pytest.mark.parametrize(("function", "kind"), [
    pytest.param(pipeline, ScikitLearnModel, id="an estimator"),
    pytest.param(booster, LightGbmModel, id="a booster"),
    pytest.param(as_onnx, OnnxModel, id="an ONNX model"),
])
def test_what_a_function_returns_is_kept(train, function, kind):
    trained = train(function)
    assert type(trained.model) is kind
    assert trained.training["parameters"] == {"C": 0.5}
    answers = trained.model.predict(np.zeros((2, len(trained.transform.names)), np.float32))
    assert answers.probabilities.shape == (2, 2)


def test_a_function_is_called_as_documented(train):
    def fit(features, target, *, parameters, seed, task, checkpoint_folder):
        assert features.dtype == np.float32
        assert set(np.unique(target)) == {0, 1}
        assert (parameters, seed, task, checkpoint_folder) == ({"C": 0.5}, 3, "classification", None)
        return LogisticRegression().fit(features[:, :1], target)

    train(fit)


def _raises(failure):
    def fit(features, target, *, parameters, seed, task, checkpoint_folder):
        raise failure

    return fit


def _returns(make):
    def fit(features, target, *, parameters, seed, task, checkpoint_folder):
        return make(features, target)

    return fit


@pytest.mark.parametrize(("function", "message"), [
    pytest.param(lambda features, target: None, r"must take \(features, target, \*, parameters", id="signature"),
    pytest.param(7, "is int, expected a function", id="no function"),
    pytest.param(_raises(KeyError("C")), "raised KeyError: 'C'", id="their mistake"),
    pytest.param(_returns(lambda *_: None), "returned NoneType", id="nothing"),
    pytest.param(_returns(lambda *_: b"\x80\x04pickle"), "no ONNX model", id="bytes of something else"),
    pytest.param(_returns(lambda x, y: LinearRegression().fit(x, y)), "with probabilities", id="no probabilities"),
    pytest.param(_returns(lambda x, y: ForeignEstimator().fit(x[:, :1], y)), "ForeignEstimator, which is no type",
                 id="a type of their own"),
])
def test_what_is_refused(train, function, message):
    with pytest.raises(Refused, match=message):
        train(function)


def test_an_onnx_model_that_cannot_be_asked_like_ours_is_refused(train):
    from skl2onnx import to_onnx as convert

    with pytest.raises(Refused, match="reads X and answers label, probabilities, expected one float32 `input`"):
        train(_returns(lambda x, y: convert(LogisticRegression().fit(x[:, :1], y), x[:1, :1], target_opset=15,
                                            options={"zipmap": False}).SerializeToString()))


@pytest.mark.parametrize("name", ["acme_absent:fit", "acme_train:other"])
def test_an_entry_point_that_is_not_there(train, name):
    with pytest.raises(Refused, match="is not in this image"):
        train(pipeline, name)


def test_storage_that_fails_is_tried_again(train):
    with pytest.raises(Unavailable):
        train(_raises(Unavailable("the store is away")))
