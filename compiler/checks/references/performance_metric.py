"""A performance monitor watches a metric that is computed.

A metric that no evaluation computes has no value in production either: the alert never fires.

    performance: [{metric: recal, minimum: 0.8}]     # wrong
    performance: [{metric: recall, minimum: 0.8}]    # right
"""

from collections.abc import Iterator

from compiler.checks.interface import Check
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.diagnostics.suggest import suggest
from compiler.spec.metrics import computed_metrics
from compiler.spec.resolved import ResolvedProject

CODE = "references/performance-metric"


def performance_metric(project: ResolvedProject) -> Iterator[Diagnostic]:
    """Yield monitors of metrics that nothing computes."""
    known = tuple(computed_metrics(project))
    for index, monitor in enumerate(project.spec["monitoring"]["performance"]):
        if monitor["metric"] not in known:
            meant = suggest(monitor["metric"], known)
            yield error(CODE, f"`{monitor['metric']}` is not computed for {project.spec['training']['task']}",
                        at=("monitoring", "performance", index, "metric"),
                        help=f"did you mean `{meant}`?" if meant else f"known metrics: {', '.join(sorted(known))}")


CHECK = Check(CODE, performance_metric)
