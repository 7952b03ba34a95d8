"""Try the parameters of one trial: fit on a part of the training rows, measure on the rest of them.

The held-out rows have no part in it: a choice that was made by looking at them would be judged by
itself. The rest is taken as the project's own split takes it, so that a model of tomorrow is not
chosen by its answers about yesterday.
"""

from runtime.data.splits import held_out
from runtime.evaluation.metrics import Answers, compute
from runtime.features import load_transform
from runtime.models.checkpoints import Checkpoints
from runtime.models.examples import Examples, load_examples
from runtime.models.predicting import Array
from runtime.outcome import Context, Outcome, Refused
from runtime.steps.train import fit
from runtime.tuning.choosing import TRIAL, VALUE
from runtime.tuning.sampling import parameters_of


def run(context: Context) -> Outcome:
    """Return the value of the trial, and none for parameters that the algorithm does not take together."""
    settings = context.settings
    trial = context.item
    if trial is None:
        raise Refused("a trial needs --item, its number")
    tried = parameters_of(trial, settings["tuning"])
    transform = load_transform(context.inputs["transform"])
    examples = load_examples(context.inputs["train"], transform, settings["target"])
    judging = held_out(examples.rows, settings["split"], settings["time_column"])
    classes = len(transform.classes or ())
    context.log.info("trial %d", trial, extra={"parameters": tried})
    try:
        model = fit({**settings, "parameters": {**settings["parameters"], **tried}}, _part(examples, ~judging),
                    classes=classes, checkpoints=Checkpoints(None, 0, {}))
    except Refused as failure:
        context.log.warning("trial %d: %s", trial, failure)
        return Outcome({TRIAL: trial})
    rest = _part(examples, judging)
    assert rest.target is not None
    query = settings.get("query")
    answers = Answers(rest.target, model.predict(rest.features), classes,
                      rest.rows[query].astype(str).to_numpy() if query else None)
    return Outcome({TRIAL: trial, VALUE: compute(settings["tuning"]["metric"], answers)})


def _part(examples: Examples, rows: Array) -> Examples:
    return Examples(examples.features[rows], examples.names, examples.rows[rows].reset_index(drop=True),
                    None if examples.target is None else examples.target[rows])
