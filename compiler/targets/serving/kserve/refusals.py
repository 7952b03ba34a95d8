"""What KServe cannot say, or would leave aside without a word."""

from collections.abc import Iterator
from typing import Any

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.ir.service import Scaling, ServedModel, Service
from compiler.source.path import FieldPath
from compiler.targets.interface import unsupported
from compiler.targets.kubernetes.keda import METRICS as REQUEST_METRICS
from compiler.targets.serving.kserve.parameters import Settings

NAME = "kserve"
SCHEMES = ("gs://", "s3://", "hdfs://", "webhdfs://", "https://", "http://", "oci://", "pvc://")
"""Where KServe's own storage initializer fetches models from."""
_MOST_SECONDS = 600
"""Longest request that Knative takes unless the platform raised `max-revision-timeout-seconds`."""
_LARGEST_TARGET = 2**31 - 1
_STANDARD = "set `deployment_mode: standard` beside `with: kserve`"
_KNATIVE = "set `deployment_mode: knative` beside `with: kserve`"


def refusals(service: Service, chosen: Settings) -> Iterator[Diagnostic]:
    """Yield what cannot be rendered as the plan asks for it."""
    yield from _rollout(service, chosen)
    yield from _scaling(service.scaling, chosen)
    if chosen.is_knative and chosen.timeout_seconds > _MOST_SECONDS:
        yield unsupported(NAME, f"requests of {chosen.timeout_seconds}s in mode `knative`, which ends them after "
                          f"{_MOST_SECONDS}s", at=service.origin, help=_STANDARD)
    if not chosen.is_knative and chosen.concurrency_limit:
        yield unsupported(NAME, "a concurrency limit in mode `standard`", at=service.origin, help=_KNATIVE)
    if service.model is not None:
        yield from _model(service.model)


def _rollout(service: Service, chosen: Settings) -> Iterator[Diagnostic]:
    kind = service.rollout.kind
    if kind == "direct":
        return
    helps = {
        "canary": "nothing moves `canaryTrafficPercent` from one step to the next"
                  if chosen.is_knative else "KServe ignores `canaryTrafficPercent` in mode `standard` (kserve#5335)",
        "shadow": "KServe mirrors no traffic (kserve#2978)",
    }
    reason = helps.get(kind, "an InferenceService knows one model and its predecessor")
    yield unsupported(NAME, f"strategy `{kind}`", at=service.rollout.origin,
                      help=f"{reason}: use `kind: direct`, in which the old model answers until the new one is ready")


def _scaling(scaling: Scaling, chosen: Settings) -> Iterator[Diagnostic]:
    by_requests = scaling.metric in REQUEST_METRICS
    if chosen.is_knative and not by_requests:
        yield unsupported(NAME, f"scaling by `{scaling.metric}` in mode `knative`", at=scaling.origin,
                          help=f"scale by `concurrency` or `rps`, or {_STANDARD}")
        return
    if not chosen.is_knative and scaling.minimum == 0:
        yield unsupported(NAME, "scaling to zero in mode `standard`", at=scaling.origin,
                          help=f"set a minimum of at least 1, or {_KNATIVE}")
    if not chosen.is_knative and by_requests and not chosen.prometheus:
        yield unsupported(NAME, f"scaling by `{scaling.metric}` in mode `standard` without knowing Prometheus",
                          at=scaling.origin, help="set `prometheus` beside `with: kserve` to the address that KEDA "
                          f"asks, scale by `cpu` or `memory`, or {_KNATIVE}")
    if scaling.metric == "concurrency" and 0 < chosen.concurrency_limit < scaling.value:
        yield unsupported(NAME, f"a target of {scaling.value:g} above the concurrency limit of "
                          f"{chosen.concurrency_limit}", at=scaling.origin)
    yield from _target(scaling, chosen)


def _target(scaling: Scaling, chosen: Settings) -> Iterator[Diagnostic]:
    value, metric = scaling.value, scaling.metric
    if metric in REQUEST_METRICS and not chosen.is_knative:
        if value <= 0:
            yield unsupported(NAME, f"a target of {value:g} for `{metric}`", at=scaling.origin)
        return
    most = _LARGEST_TARGET if metric in REQUEST_METRICS else 100
    if value != int(value) or not 1 <= value <= most:
        unit = "a whole number of at least 1" if metric in REQUEST_METRICS else "whole percents from 1 to 100"
        yield unsupported(NAME, f"a target of {value:g} for `{metric}`, expected {unit}", at=scaling.origin)


def _model(model: ServedModel) -> Iterator[Diagnostic]:
    if not model.uri.startswith(SCHEMES):
        yield unsupported(NAME, "a model that is at none of " + ", ".join(f"`{scheme}`" for scheme in SCHEMES),
                          at=model.origin)


def foreign_tags(manifest: Manifest, containers: FieldPath) -> Iterator[Diagnostic]:
    """Yield a refusal of every text of a container that KServe or Kubernetes would evaluate.

    KServe takes a container for a template of Go. Kubernetes replaces `$(NAME)` in arguments,
    among which is the address of the model, and in environment variables.
    """
    body: Any = manifest.body
    for part in containers:
        body = body[part]
    places: list[FieldPath] = []
    _collect_evaluated(body, containers, places)
    for place in places:
        yield unsupported(NAME, f"`{{{{` or `$(` in `{place[-1]}` of a container, which it would evaluate",
                          at=manifest.cause(place))


def _collect_evaluated(value: Any, place: FieldPath, places: list[FieldPath]) -> None:
    """Add to places those of the texts, keys included, that would be evaluated."""
    if isinstance(value, str):
        if "{{" in value or "$(" in value:
            places.append(place)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _collect_evaluated(key, (*place, key), places)
            _collect_evaluated(inner, (*place, key), places)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            _collect_evaluated(inner, (*place, index), places)
