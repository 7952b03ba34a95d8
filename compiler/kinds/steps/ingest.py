"""Read the sources at the revision that training uses, and write down where they came from."""

from compiler.ir.pipeline import Step
from compiler.kinds.hardware import for_rows
from compiler.kinds.interface import KindOf, StepKind
from compiler.kinds.references import source_secrets
from compiler.kinds.sources import lower_sources
from compiler.kinds.step_building import build_step
from compiler.spec.resolved import ResolvedProject


def lower(project: ResolvedProject, kind_of: KindOf) -> Step:
    """Return the step that reads every source."""
    return build_step(project, "ingest", reads={}, settings={"sources": lower_sources(project, kind_of)},
                      resources=for_rows(project), secrets=source_secrets(project), origin=("data", "sources"))


KIND = StepKind("ingest", lower)
