"""Search for better parameters: one run for each trial."""

from compiler.ir.pipeline import FanOut, Step
from compiler.kinds.columns import examples
from compiler.kinds.hardware import spot_key, training_resources
from compiler.kinds.interface import KindOf, StepKind
from compiler.kinds.step_building import build_step
from compiler.kinds.training_settings import split_settings, training_settings, tuning_settings
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import seconds


def lower(project: ResolvedProject, _kind_of: KindOf) -> Step | None:
    """Return the step that tries parameters; None when the spec asks for no search."""
    training = project.spec["training"]
    tuning = training.get("tuning")
    if tuning is None:
        return None
    # A trial is judged on rows that it set aside as the project's own split does, never on those of the gates.
    settings = {**training_settings(project), "tuning": tuning_settings(tuning), "split": split_settings(project),
                "time_column": examples(project).get("time_column")}
    step = build_step(project, "tune", settings=settings,
                      reads={"train": ("features", "train"), "transform": ("features", "transform")},
                      resources=training_resources(project), timeout_seconds=seconds(training["timeout"]),
                      origin=("training", "tuning"))
    return step._replace(spot_key=spot_key(project, training["hardware"]),
                         fan_out=FanOut(tuple(range(tuning["trials"])), tuning.get("parallel", 1)))


KIND = StepKind("tune", lower)
