"""What a plan takes from the project's owner, its environment and the platform."""

from compiler.ir.common import Environment, Identity
from compiler.ir.plan import Access, Delivery, Metrics, Quota
from compiler.kinds.naming import prefix
from compiler.spec.resolved import ResolvedProject
from compiler.spec.units import cpu_millis, memory_bytes, seconds


def lower_identity(project: ResolvedProject) -> Identity:
    """Return whose project it is."""
    metadata = project.spec["metadata"]
    contacts = {channel: str(address) for channel, address in sorted(metadata["contacts"].items())}
    return Identity(project.name, metadata["team"], metadata["tier"], metadata["description"], contacts,
                    prefix(project), ("metadata",))


def lower_environment(project: ResolvedProject) -> Environment:
    """Return the environment that the plan is for."""
    settings = project.spec["environment"]
    return Environment(project.environment, settings["mode"], project.namespace, settings.get("promotes_from"),
                       settings["approvals"], ("environment",))


def lower_access(project: ResolvedProject) -> Access:
    """Return identity, network and limits of the namespace."""
    platform = project.spec["platform"]
    quota = platform["quota"]
    return Access(
        annotations=dict(sorted(platform["service_account_annotations"].items())),
        gateway_namespace=platform["cluster"]["gateway_namespace"],
        monitoring_namespace=platform["prometheus"]["namespace"],
        quota=Quota(cpu_millis(quota["cpu"]), memory_bytes(quota["memory"]), quota["accelerators"], quota["pods"],
                    ("platform", "quota")),
        origin=("platform",),
    )


def lower_metrics(project: ResolvedProject) -> Metrics:
    """Return how metrics are collected."""
    prometheus = project.spec["platform"]["prometheus"]
    return Metrics(dict(sorted(prometheus["rule_labels"].items())), seconds(prometheus["scrape_interval"]),
                   ("platform", "prometheus"), prometheus["pushgateway"])


def lower_delivery(project: ResolvedProject) -> Delivery:
    """Return where the rendered objects go."""
    platform = project.spec["platform"]
    repository = platform["repository"]
    return Delivery(platform["delivery"], repository["url"], repository["revision"],
                    f"generated/{project.environment}/{project.name}", platform["cluster"]["server"],
                    ("platform", "repository"))
