"""What becomes one workflow: the training pipeline, the batch prediction, the measurement of drift."""

from collections.abc import Iterator

from compiler.ir.common import Schedule
from compiler.ir.pipeline import Gate, Step
from compiler.ir.plan import ReleasePlan
from compiler.records import NamedTuple
from compiler.source.path import FieldPath
from compiler.targets.kubernetes.metadata import object_name

NAME = "argo-workflows"
DRIFT = "drift"
"""The program whose metrics somebody has to take."""
GATES = "gates"
"""The program that judges the gates."""


class Run(NamedTuple):
    """Steps that run together. `component` names the objects, the labels and the service account."""

    plan: ReleasePlan
    component: str
    concern: str
    steps: tuple[Step, ...]
    at_exit: Step | None
    gates: tuple[Gate, ...]
    schedule: Schedule | None
    timeout_seconds: int
    origin: FieldPath

    @property
    def name(self) -> str:
        """Return the name of the WorkflowTemplate and of the CronWorkflow."""
        return object_name(self.plan, self.component)

    @property
    def plan_name(self) -> str:
        """Return the name of the ConfigMap that holds the plan file."""
        return object_name(self.plan, f"{self.component}-plan")

    @property
    def every_step(self) -> tuple[Step, ...]:
        """Return the steps, the one that runs at the exit last."""
        return self.steps if self.at_exit is None else (*self.steps, self.at_exit)


def runs(plan: ReleasePlan) -> Iterator[Run]:
    """Yield what the plan wants to have run; nothing where it neither trains, nor predicts in batch, nor watches."""
    if plan.pipeline is not None:
        training = plan.pipeline
        yield Run(plan, "training", "pipeline", training.steps, training.at_exit, training.gates, training.schedule,
                  training.timeout_seconds, training.origin)
    if plan.batch is not None:
        batch = plan.batch
        yield Run(plan, "batch", "batch", (batch.step,), None, (), batch.schedule, batch.timeout_seconds, batch.origin)
    if plan.watch is not None:
        watch = plan.watch
        yield Run(plan, "drift", "drift", watch.steps, None, (), watch.schedule, watch.timeout_seconds, watch.origin)
