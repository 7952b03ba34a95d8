"""Several nodes need something that spreads training over them.

    hardware: {nodes: 4}                                        # wrong
    hardware: {nodes: 4, distributed_with: kubeflow-trainer}    # right
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.spec.resolved import ResolvedProject

CODE = "quantities/nodes"


def nodes(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield several nodes without a tool, and a server on several nodes."""
    training = project.spec["training"]["hardware"]
    if training["nodes"] > 1 and "distributed_with" not in training:
        yield error(CODE, f"{training['nodes']} nodes and nothing that trains on all of them",
                    at=("training", "hardware", "nodes"),
                    help="set training.hardware.distributed_with: kubeflow-trainer or ray")
    if project.spec["deployment"]["hardware"]["nodes"] > 1:
        yield error(CODE, "a replica runs on one node", at=("deployment", "hardware", "nodes"),
                    help="raise deployment.scaling.minimum for more replicas")


CHECK = Check(CODE, nodes)
