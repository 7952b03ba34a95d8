"""Measure the model on the held-out rows."""

import json

import numpy as np

from runtime.evaluation.curves import curves_of
from runtime.evaluation.evaluating import by_part, numbers_of, with_intervals
from runtime.evaluation.metrics import METRICS, Answers
from runtime.models.examples import Examples, load_examples
from runtime.models.keeping import TrainedModel, load_model
from runtime.outcome import Context, Outcome, Refused

VERSION = 1


def run(context: Context) -> Outcome:
    """Write `evaluation`."""
    settings = context.settings
    trained = load_model(context.inputs["model"])
    holdout = load_examples(context.inputs["holdout"], trained.transform, settings["target"])
    if not len(holdout.features):
        raise Refused("there are no held-out rows to judge the model on")
    answers = answers_of(trained, holdout, query=settings.get("query"))
    names = [name for name in settings["metrics"] if settings["target"] is not None or name == "anomaly_rate"]
    unknown = sorted(set(names) - set(METRICS))
    if unknown:
        raise Refused(f"`{unknown[0]}` is no metric of this runtime")
    overall = with_intervals(names, answers, seed=settings["seed"])
    minimum = settings["minimum_group_size"]
    evaluation = {
        "version": VERSION, "task": settings["task"], "dataset": settings["dataset"], "rows": len(holdout.features),
        "metrics": overall,
        "slices": {column: by_part(column, names, answers, holdout.rows, minimum=minimum)
                   for column in settings["slices"]},
        "groups": {column: by_part(column, names, answers, holdout.rows, minimum=minimum)
                   for column in settings["groups"]},
        "curves": curves_of(answers, trained.transform.classes) if settings["target"] is not None else {},
    }
    context.outputs["evaluation"].write_text(json.dumps(evaluation, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return Outcome(numbers_of(overall))


def answers_of(trained: TrainedModel, examples: Examples, *, query: str | None = None) -> Answers:
    """Return what is true and what the model answers for the examples."""
    target = examples.target if examples.target is not None else np.zeros(len(examples.features))
    queries = examples.rows[query].astype(str).to_numpy() if query else None
    return Answers(target, trained.model.predict(examples.features), len(trained.transform.classes or ()), queries)
