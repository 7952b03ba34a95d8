"""Release plans for the tests of targets, written by hand: no spec, no lowering, no defaults.

Variants are made with `_replace`; what a test asserts on stands in the test.
"""

from typing import Any

from compiler.ir.common import Accelerator, Environment, Identity, Resources, Schedule, SecretKey
from compiler.ir.monitors import Alert, DriftMonitor, Objective, PerformanceMonitor
from compiler.ir.pipeline import FanOut, Gate, Input, Pipeline, Retry, Step
from compiler.ir.plan import Access, BatchJob, Delivery, Metrics, Quota, ReleasePlan, Secrets, Watch
from compiler.ir.service import Analysis, Rollout, Scaling, ServedModel, Service, TrafficStep
from runtime.contract import STEPS

GIB = 2**30
DIGEST = "sha256:" + "1f" * 32
IMAGE = f"ghcr.io/acme/train@{DIGEST}"
SERVER_IMAGE = f"ghcr.io/acme/serve@{DIGEST}"
SPOT = "example.com/spot"
LAKE = SecretKey("risk-lake-reader", "risk/lake", "reader", ("data", "sources", 0, "credentials"))
NO_RETRY = Retry(0, 0, ("training", "retry"))
GPU = Accelerator("nvidia-a100-40gb", "nvidia.com/gpu", 1, {"nvidia.com/gpu.product": "NVIDIA-A100-SXM4-40GB"},
                  ("training", "hardware", "accelerator"))
CPU = Resources(2000, 4 * GIB, 10 * GIB, None, ("training", "hardware"))
GPU_NODE = Resources(8000, 32 * GIB, 50 * GIB, GPU, ("training", "hardware"))


def minimal() -> ReleasePlan:
    """Return a development plan of a project that trains on demand and serves nothing yet."""
    steps = (step("ingest"), step("train", after=("ingest",), inputs={"train": ("ingest", "data")}))
    return ReleasePlan(
        identity=Identity("iris", "botany", "experimental", "Names flowers.", {}, "dev-", ("metadata",)),
        environment=Environment("dev", "development", "iris-dev", None, 0, ("environments", "dev")),
        pipeline=Pipeline("dev-iris-training", steps, None, (), None, 3600, ("training",)),
        service=None, batch=None, monitors=(), alerts=(),
        access=Access({}, "gateway", "monitoring", Quota(32000, 64 * GIB, 0, 40, ("platform", "quota")), ("platform",)),
        secrets=Secrets("vault", "SecretStore", 3600, (), ("platform", "secret_store")),
        metrics=Metrics({"release": "prometheus"}, 30, ("platform", "prometheus")),
        delivery=Delivery("argo-cd", "https://git.example.com/ml/gitops.git", "main", "generated/dev/iris",
                          "https://kubernetes.default.svc", ("platform", "repository")),
        orchestrator="argo-workflows")


def full() -> ReleasePlan:
    """Return a production plan with everything: GPU on spot machines, tuning, gates, canary, batch, alerts."""
    return ReleasePlan(
        identity=Identity("card-fraud", "risk", "critical", "Scores card transactions online.",
                          {"slack": "#risk-ml", "pagerduty": "risk-ml"}, "", ("metadata",)),
        environment=Environment("production", "production", "card-fraud-production", "staging", 2,
                                ("environments", "production")),
        pipeline=pipeline(), service=service(), batch=batch(),
        monitors=(
            Objective("availability", "availability", 99.9, None, 30 * 86400, ("monitoring", "slos", 0)),
            Objective("latency", "latency", 99.0, 50, 30 * 86400, ("monitoring", "slos", 1)),
            DriftMonitor("drift-data", "data", "psi", 0.2, 3600, ("amount", "country"), ("monitoring", "drift", 0)),
            PerformanceMonitor("recall", "recall", 0.8, None, 14 * 86400, ("monitoring", "performance", 0))),
        alerts=(
            Alert("latency", "latency", "critical", 300, ("pagerduty", "slack"), None,
                  "https://runbooks.example.com/card-fraud/latency", ("alerts", "rules", 0)),
            Alert("drift-data", "drift-data", "warning", 1800, ("slack",), "retrain",
                  "https://runbooks.example.com/card-fraud/drift-data", ("alerts", "rules", 1)),
            Alert("gate-failed", "gate.failed", "warning", 0, ("slack",), None,
                  "https://runbooks.example.com/card-fraud/gate-failed", ("alerts", "rules", 2))),
        access=Access({"eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/card-fraud"},
                      "gateway", "monitoring", Quota(200000, 800 * GIB, 8, 100, ("platform", "quota")), ("platform",)),
        secrets=Secrets("vault", "ClusterSecretStore", 3600, (LAKE,), ("platform", "secret_store")),
        metrics=Metrics({"release": "prometheus"}, 30, ("platform", "prometheus")),
        delivery=Delivery("argo-cd", "https://git.example.com/ml/gitops.git", "main", "generated/production/card-fraud",
                          "https://production.example.com:6443", ("platform", "repository")),
        orchestrator="argo-workflows")


def step(program: str, *, after: tuple[str, ...] = (), inputs: dict[str, tuple[str, str]] | None = None,
         **changes: Any) -> Step:
    """Return a step on CPU with the outputs of its contract; inputs maps a name to the step and output it reads."""
    plain = Step(name=program, program=program, image=IMAGE, after=after,
                 inputs=tuple(Input(name, *source) for name, source in (inputs or {}).items()),
                 outputs=STEPS[program].outputs, settings={"seed": 7}, resources=CPU, retry=NO_RETRY,
                 timeout_seconds=1800, spot_key="", secrets=(), origin=("training",),
                 image_origin=("training", "image"))
    return plain._replace(**changes)


def pipeline() -> Pipeline:
    """Return the whole training pipeline, weekly, with eight trials on GPUs of spot machines."""
    retry = Retry(2, 300, ("training", "retry"))
    on_gpu: dict[str, Any] = {"resources": GPU_NODE, "spot_key": SPOT, "retry": retry, "timeout_seconds": 14400}
    steps = (
        step("ingest", secrets=(LAKE,), retry=retry, settings={"uri": "s3://acme-lake/curated/transactions/"}),
        step("validate", after=("ingest",), inputs={"data": ("ingest", "data")}),
        step("profile", after=("validate",), inputs={"data": ("validate", "data")}),
        step("features", after=("validate",), inputs={"data": ("validate", "data")}),
        step("tune", after=("features",), inputs={"train": ("features", "train")},
             fan_out=FanOut(tuple(range(8)), 4), **on_gpu),
        step("train", after=("features", "tune"), **on_gpu, inputs={
            "train": ("features", "train"), "transform": ("features", "transform"), "trials": ("tune", "trials")}),
        step("evaluate", after=("train",), inputs={"model": ("train", "model"), "holdout": ("features", "holdout")}),
        step("gates", after=("evaluate",), origin=("validation", "gates"), settings={"dataset": "holdout"}, inputs={
            "model": ("train", "model"), "holdout": ("features", "holdout"), "evaluation": ("evaluate", "evaluation")}),
        step("export", after=("gates",), only_if="gates",
             inputs={"model": ("train", "model"), "holdout": ("features", "holdout")}),
        step("sign", after=("export",), inputs={"onnx": ("export", "onnx")}),
        step("register", after=("sign", "profile"), inputs={
            "bundle": ("sign", "bundle"), "evaluation": ("evaluate", "evaluation"), "verdict": ("gates", "verdict"),
            "lineage": ("ingest", "lineage"), "profile": ("profile", "profile")}),
        step("promote", after=("register",), inputs={"version": ("register", "version")}))
    gates = (
        Gate("roc_auc", "metric", "block", {"metric": "roc_auc", "minimum": 0.94}, ("validation", "gates", 0)),
        Gate("calibration", "metric", "warn", {"metric": "calibration_error", "maximum": 0.05},
             ("validation", "gates", 1)))
    schedule = Schedule("0 3 * * 1", "Europe/Berlin", False, ("training", "triggers", "schedule"))
    return Pipeline("card-fraud-training", steps, step("notify", origin=("alerts",)), gates, schedule, 43200,
                    ("training",))


def service() -> Service:
    """Return an online service behind a canary."""
    return Service(
        name="card-fraud", tool="kserve", settings={}, image=SERVER_IMAGE,
        model=ServedModel("17", "s3://acme-models/card-fraud/17/", DIGEST, True, ("model",)),
        resources=Resources(2000, 4 * GIB, 2 * GIB, None, ("deployment", "hardware")), spot_key="",
        scaling=Scaling(2, 20, "concurrency", 50.0, ("deployment", "scaling")), rollout=canary(),
        is_public=False, origin=("deployment",))


def direct() -> Rollout:
    """Return a rollout in which the new model takes over at once."""
    return Rollout("direct", (), (), "rollback", {}, ("deployment", "strategy"))


def canary() -> Rollout:
    """Return a rollout in three steps, judged by latency and drift."""
    at = ("deployment", "strategy")
    steps = tuple(TrafficStep(weight, hold, (*at, "steps", index))
                  for index, (weight, hold) in enumerate(((5, 600), (25, 1800), (100, 0))))
    analysis = (Analysis("latency", None, (*at, "analysis", 0)), Analysis("drift-data", 0.2, (*at, "analysis", 1)))
    return Rollout("canary", steps, analysis, "rollback", {}, at)


def watch() -> Watch:
    """Return an hourly measurement of drift."""
    steps = (step("ingest", secrets=(LAKE,), settings={"read": "production"}),
             step("drift", inputs={"data": ("ingest", "data")}, after=("ingest",)))
    return Watch("card-fraud-drift", steps, Schedule("7 * * * *", "Etc/UTC", False, ("monitoring", "drift", 0)), 3600,
                 ("monitoring",))


def batch() -> BatchJob:
    """Return a nightly prediction with the pinned model."""
    predict = step("batch-predict", secrets=(LAKE,), origin=("deployment",),
                   settings={"model": {"uri": "s3://acme-models/card-fraud/17/", "digest": DIGEST}})
    return BatchJob("card-fraud-batch", predict, Schedule("30 1 * * *", "UTC", False, ("deployment", "schedule")), 7200,
                    ("deployment",))
