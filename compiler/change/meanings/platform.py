"""Platform: where everything runs, and from where it is applied."""

from collections.abc import Iterator, Mapping

from compiler.change.grades import Grade
from compiler.change.meaning import Between, Meaning
from compiler.change.sides import Change

_ELSEWHERE = frozenset(("secret_store", "service_account_annotations"))
_GRADES: Mapping[str, Grade] = {
    "cluster": "critical",
    "repository": "critical",
    "orchestrator": "critical",
    "delivery": "critical",
    "mlflow": "high",
    "prometheus": "high",
    "quota": "medium",
    "accelerators": "medium",
}
_NETWORK = (("platform", "cluster", "gateway_namespace"), ("platform", "prometheus", "namespace"))
_LOW = (("platform", "prometheus", "scrape_interval"), ("platform", "cluster", "spot_toleration"))


def platform(change: Change) -> Iterator[Meaning]:
    """Yield every setting of the platform that other families do not speak of."""
    for leaf in change.below(("platform",)):
        section = str(leaf.path[1])
        if section in _ELSEWHERE or leaf.path in _NETWORK:
            continue
        grade = "low" if leaf.path in _LOW else _GRADES.get(section, "low")
        yield change.says(f"platform/{section.replace('_', '-')}", grade, f"platform: {leaf.words}", at=leaf.path)


FAMILY = Between("platform", platform)
