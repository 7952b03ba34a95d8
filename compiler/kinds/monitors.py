"""Names of monitors: the words that alerts and analyses use."""

from compiler.spec.resolved import ResolvedProject


def monitor_words(project: ResolvedProject) -> tuple[str, ...]:
    """Return the word of each monitor, in the order objectives, drift, performance; several may share one."""
    monitoring = project.spec["monitoring"]
    return (*(f"slo.{slo['name']}" for slo in monitoring["slos"]),
            *(f"drift.{drift['kind']}" for drift in monitoring["drift"]),
            *(f"performance.{performance['metric']}" for performance in monitoring["performance"]))


def is_watched(project: ResolvedProject) -> bool:
    """Tell whether the environment has monitors: where nothing is deployed, there is nothing to watch."""
    return project.spec["monitoring"]["enabled"] and project.spec["deployment"]["enabled"]
