"""An accelerator is one that the platform offers, and one node has as many as are asked for.

A pod that asks for what no node has stays pending for ever, and says so only in its events.

    accelerator: {type: nvidia-a1000, count: 16}       # wrong
    accelerator: {type: nvidia-a100-40gb, count: 8}    # right
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.diagnostics.suggest import one_of, suggest
from compiler.spec.resolved import ResolvedProject

CODE = "quantities/accelerator"


def accelerator(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield unknown accelerators and impossible counts."""
    offered = project.spec["platform"]["accelerators"]
    for section in ("training", "deployment"):
        wanted = project.at((section, "hardware")).get("accelerator")
        if wanted is None:
            continue
        at = (section, "hardware", "accelerator")
        if wanted["type"] not in offered:
            meant = suggest(wanted["type"], tuple(offered))
            yield error(CODE, f"the platform has no accelerator `{wanted['type']}`", at=(*at, "type"),
                        help=f"did you mean `{meant}`?" if meant else one_of(tuple(sorted(offered))))
            continue
        most = offered[wanted["type"]].get("maximum_per_node")
        if most is not None and wanted.get("count", 1) > most:
            yield error(CODE, f"{wanted['count']} accelerators on one node, `{wanted['type']}` nodes have {most}",
                        at=(*at, "count"), help="spread training over `nodes`")


CHECK = Check(CODE, accelerator)
