"""Hold the data against its contracts, and set aside or refuse what breaks them."""

from compiler.ir.pipeline import Step
from compiler.kinds.contracts import lower_contract
from compiler.kinds.hardware import for_rows
from compiler.kinds.interface import KindOf, StepKind
from compiler.kinds.step_building import build_step
from compiler.spec.resolved import ResolvedProject


def lower(project: ResolvedProject, _kind_of: KindOf) -> Step:
    """Return the step that validates every source; one without a contract is passed on."""
    settings = {"sources": [
        {"name": source["name"], "time_column": source.get("time_column"),
         "contract": lower_contract(source.get("contract"))}
        for source in project.spec["data"]["sources"]]}
    return build_step(project, "validate", reads={"data": ("ingest", "data")}, settings=settings,
                      resources=for_rows(project), origin=("data", "sources"))


KIND = StepKind("validate", lower)
