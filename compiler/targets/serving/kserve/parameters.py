"""What may stand beside `with: kserve`, and what it means where nothing does."""

from typing import Literal, Required, TypedDict

from compiler.ir.service import Service
from compiler.records import NamedTuple
from compiler.spec.units import seconds
from compiler.spec.words import Duration, HttpsUrl, NonNegative

# `with` is a word of Python, so this one key is written as a call.
_Kserve = TypedDict("_Kserve", {"with": Required[Literal["kserve"]]}, total=False)


class KserveParameters(_Kserve, total=False):
    """Serve with KServe 0.16 or later."""

    deployment_mode: Literal["knative", "standard"]
    """`knative` scales by requests, down to zero; `standard` is a plain Deployment. `knative` unless said."""
    protocol: Literal["v2", "v1"]
    """Inference protocol of the server; v2, the open one, unless said."""
    timeout: Duration
    """Longest time of one request; 60s unless said."""
    concurrency_limit: NonNegative
    """Most requests that one replica takes at the same time; 0, no limit, unless said. Mode `knative` only."""
    prometheus: HttpsUrl
    """Prometheus that KEDA asks, to scale by requests in mode `standard`."""


class Settings(NamedTuple):
    """The parameters with what they mean where nothing was said."""

    mode: Literal["Knative", "Standard"]
    protocol: str
    timeout_seconds: int
    concurrency_limit: int
    prometheus: str

    @property
    def is_knative(self) -> bool:
        """Tell whether Knative runs the pods."""
        return self.mode == "Knative"


def settings(service: Service) -> Settings:
    """Return the settings of a service that KServe serves."""
    given = service.settings
    return Settings(
        mode="Standard" if given.get("deployment_mode") == "standard" else "Knative",
        protocol=given.get("protocol", "v2"),
        timeout_seconds=seconds(given.get("timeout", "60s")),
        concurrency_limit=given.get("concurrency_limit", 0),
        prometheus=given.get("prometheus", ""))
