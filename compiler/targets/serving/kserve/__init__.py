"""KServe 0.16 and later: the model server as a ServingRuntime, the model as an InferenceService.

Nothing serves as long as no model was promoted: then there is nothing to render.

The modes are called `Knative` and `Standard` since 0.16. The older names, `Serverless` and
`RawDeployment`, are still understood, but the webhook replaces them: an object in Git that
holds them differs from the one in the cluster for good, and Argo CD applies it without end.

In mode `knative` the pods ask for features that Knative has switched off unless the platform
switches them on: `kubernetes.podspec-nodeselector` and `kubernetes.podspec-tolerations`, for
accelerators and interruptible machines.
"""

from collections.abc import Iterator

from compiler.artifact.artifact import Artifact
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.plan import ReleasePlan
from compiler.ir.service import ServedModel, Service
from compiler.targets.interface import Target
from compiler.targets.kubernetes.disruption import disruption_budget
from compiler.targets.serving.kserve.inference_service import inference_service, pod_labels
from compiler.targets.serving.kserve.parameters import KserveParameters, Settings, settings
from compiler.targets.serving.kserve.refusals import NAME, foreign_tags, refusals
from compiler.targets.serving.kserve.scaling import needs_keda, scaled_object
from compiler.targets.serving.kserve.serving_runtime import serving_runtime


def render(plan: ReleasePlan) -> Iterator[Artifact | Diagnostic]:
    """Yield the server, the model it serves, how it scales and how many pods may go at once."""
    service = plan.service
    if service is None:
        return
    chosen = settings(service)
    refused = tuple(refusals(service, chosen))
    yield from refused
    if refused or service.model is None:
        return
    yield from _served(plan, service, service.model, chosen)
    if needs_keda(service, chosen):
        yield scaled_object(plan, service, chosen)
    if service.scaling.minimum > 1:
        yield disruption_budget(plan, service, pod_labels(plan))


def _served(plan: ReleasePlan, service: Service, model: ServedModel,
            chosen: Settings) -> Iterator[Artifact | Diagnostic]:
    runtime = serving_runtime(plan, service, chosen)
    yield from foreign_tags(runtime, ("spec", "containers"))
    yield runtime
    predictor = inference_service(plan, service, model, chosen)
    yield from foreign_tags(predictor, ("spec", "predictor", "model"))
    yield predictor


TARGET = Target(NAME, render, KserveParameters)
