"""The external secrets of a plan."""

from compiler.ir.common import SecretKey
from compiler.ir.pipeline import Pipeline
from compiler.ir.plan import BatchJob, Secrets, Watch
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import seconds


def lower_secrets(project: ResolvedProject, pipeline: Pipeline | None, batch: BatchJob | None,
                  watch: Watch | None) -> Secrets:
    """Return every secret that a step of the plan reads, once, by name; what no step reads is not fetched."""
    steps = (*(pipeline.steps if pipeline else ()), *((batch.step,) if batch else ()),
             *(watch.steps if watch else ()))
    keys: dict[str, SecretKey] = {key.name: key for step in steps for key in step.secrets}
    store = project.spec["platform"]["secret_store"]
    return Secrets(store["name"], store["kind"], seconds(store["refresh"]), tuple(keys[name] for name in sorted(keys)),
                   ("platform", "secret_store"))
