"""How many replicas, and who decides: Knative, the autoscaler that KServe makes, or KEDA."""

from typing import Any

from compiler.artifact.artifact import Manifest
from compiler.ir.plan import ReleasePlan
from compiler.ir.service import Service
from compiler.targets.kubernetes import keda
from compiler.targets.kubernetes.metadata import object_name
from compiler.targets.serving.kserve.parameters import Settings


def replicas(service: Service, chosen: Settings) -> dict[str, Any]:
    """Return the bounds of the replicas, and the target where KServe itself reaches it."""
    scaling = service.scaling
    body: dict[str, Any] = {"minReplicas": scaling.minimum, "maxReplicas": scaling.maximum}
    if not needs_keda(service, chosen):
        body |= {"scaleTarget": int(scaling.value), "scaleMetric": scaling.metric}
    if chosen.is_knative:
        body["containerConcurrency"] = chosen.concurrency_limit
    return body


def knative_annotations() -> dict[str, str]:
    """Return annotations that make Knative take the target for what one replica carries, not for a ceiling."""
    # It aims at 70 percent of the target unless told otherwise.
    return {"autoscaling.knative.dev/target-utilization-percentage": "100"}


def needs_keda(service: Service, chosen: Settings) -> bool:
    """Tell whether replicas follow requests with no Knative to count them."""
    return not chosen.is_knative and service.scaling.metric in keda.METRICS


def autoscaler_class(service: Service) -> str:
    """Return who scales in mode `standard`: `hpa`, made by KServe, or `external`, so that it makes none."""
    return "external" if service.scaling.metric in keda.METRICS else "hpa"


def scaled_object(plan: ReleasePlan, service: Service, chosen: Settings) -> Manifest:
    """Return the ScaledObject of the Deployment that KServe makes for the predictor."""
    return keda.scaled_object(plan, service.scaling, deployment=f"{object_name(plan)}-predictor",
                              prometheus=chosen.prometheus)
