"""Fit the model: with the best parameters of the search when there was one, from a checkpoint when there is one."""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from runtime.features import load_transform
from runtime.models import lightgbm, scikit_learn, xgboost
from runtime.models.checkpoints import Checkpoints
from runtime.models.examples import Examples, load_examples
from runtime.models.keeping import save_model
from runtime.models.predicting import Model
from runtime.models.queries import by_query
from runtime.outcome import Context, Outcome, Refused

_IDENTITY = ("algorithm", "entry_point", "parameters", "seed")
_LIBRARIES = {"scikit-learn": ("scikit-learn",), "lightgbm": ("lightgbm",), "xgboost": ("xgboost-cpu",), "custom": ()}


def run(context: Context) -> Outcome:
    """Write `model`."""
    settings = with_best_parameters(context)
    transform = load_transform(context.inputs["transform"])
    examples = load_examples(context.inputs["train"], transform, settings["target"])
    checkpoints = _checkpoints(context, settings, examples)
    model = fit(settings, examples, classes=len(transform.classes or ()), checkpoints=checkpoints)
    training = {key: settings[key] for key in ("task", "framework", "algorithm", "parameters", "seed", "target")}
    save_model(model, context.outputs["model"], transform=context.inputs["transform"],
               training={**training, "rows": len(examples.features), "libraries": libraries(settings["framework"])})
    checkpoints.clear()
    return Outcome({"rows": float(len(examples.features)), "features": float(len(examples.names))})


def fit(settings: Mapping[str, Any], examples: Examples, *, classes: int, checkpoints: Checkpoints) -> Model:
    """Return the model that the settings ask for, fitted."""
    if settings["task"] == "classification" and classes < 2:
        raise Refused("the target has one class only: there is nothing to tell apart")
    if settings["framework"] == "custom":
        from runtime.models.entry_point import fit as fit_custom

        return fit_custom(settings, examples, checkpoint_folder=checkpoints.folder)
    if settings["framework"] == "scikit-learn":
        estimator = scikit_learn.build(settings["task"], settings["algorithm"], settings["parameters"],
                                       settings["seed"])
        return scikit_learn.ScikitLearnModel(
            scikit_learn.fit(estimator, examples.features, examples.target), settings["task"])
    if examples.target is None:
        raise Refused(f"{settings['framework']} learns from a target, and the data has none")
    booster = lightgbm if settings["framework"] == "lightgbm" else xgboost
    groups = None
    if settings["task"] == "ranking":
        examples, groups = by_query(examples, settings["query"])
    model: Model = booster.fit(
        settings, examples.features, examples.target, classes=classes, checkpoints=checkpoints, groups=groups)
    return model


def with_best_parameters(context: Context) -> Mapping[str, Any]:
    """Return the settings; after a search the parameters of its best trial stand before those of the spec."""
    settings = context.settings
    if "trials" not in context.inputs:
        return settings
    from runtime.tuning.choosing import best_parameters

    best = best_parameters(context.inputs["trials"], settings["tuning"])
    context.log.info("best trial", extra={"parameters": best})
    return {**settings, "parameters": {**settings["parameters"], **best}}


def libraries(framework: str) -> dict[str, str]:
    """Return the versions of what fitted the model."""
    return {name: version(name) for name in (*_LIBRARIES[framework], "numpy")}


def _checkpoints(context: Context, settings: Mapping[str, Any], examples: Examples) -> Checkpoints:
    seconds = settings.get("checkpoint_seconds")
    identity = {"run": context.run, "settings": {key: settings[key] for key in _IDENTITY},
                "shape": list(examples.features.shape)}
    return Checkpoints(settings.get("checkpoints") if seconds else None, seconds or 0, identity)
