"""A limit on quarantined rows goes with a contract that quarantines.

    contract: {on_violation: reject, maximum_quarantined: 0.01}        # wrong: nothing is set aside
    contract: {on_violation: quarantine, maximum_quarantined: 0.01}    # right
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.spec.resolved import ResolvedProject

CODE = "data/quarantine"


def quarantine(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield limits that nothing can reach."""
    for index, source in enumerate(project.spec["data"]["sources"]):
        contract = source.get("contract", {})
        if "maximum_quarantined" in contract and contract.get("on_violation", "reject") != "quarantine":
            yield error(CODE, "rows are rejected, and a share of quarantined rows is allowed",
                        at=("data", "sources", index, "contract", "maximum_quarantined"),
                        help="set on_violation: quarantine, or remove the share")


CHECK = Check(CODE, quarantine)
