"""The container of the model server: the same under every serving tool."""

from collections.abc import Mapping
from typing import Any, Final

from compiler.ir.monitors import Objective
from compiler.ir.plan import ReleasePlan
from compiler.ir.service import ServedModel, Service
from compiler.targets.kubernetes.pods import container_security, resources
from runtime.contract import PROGRAM, SERVE_PROGRAM

PORT: Final = 8080
"""Where the server answers requests, probes and Prometheus."""
METRICS_PATH: Final = "/metrics"
MODEL_FOLDER: Final = "/mnt/models"
FETCH_PROGRAM: Final = "fetch"
TRUSTED_KEYS: Final = "mlproject-trusted-keys"
TRUSTED_KEYS_FILE: Final = "keys.pem"
"""ConfigMap of the namespace, made by the platform, with the public keys whose signature counts."""
_LIVE: Final = "/v2/health/live"
_READY: Final = "/v2/health/ready"
_START_SECONDS: Final = 600
_PROBE_SECONDS: Final = 5


def server_container(plan: ReleasePlan, service: Service, *, name: str, protocol: str) -> dict[str, Any]:
    """Return the container that serves the model found in `MODEL_FOLDER`; which one, `model_environment` says."""
    return {
        "name": name, "image": service.image, "command": list(PROGRAM), "args": [SERVE_PROGRAM],
        "env": _server_environment(plan, protocol),
        "ports": [{"name": "http1", "containerPort": PORT, "protocol": "TCP"}],
        "resources": resources(service.resources),
        "startupProbe": _probe(_READY, failures=_START_SECONDS // _PROBE_SECONDS),
        "readinessProbe": _probe(_READY, failures=3),
        "livenessProbe": _probe(_LIVE, failures=6),
        "securityContext": container_security(),
        "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}]}


def fetch_container(service: Service, model: ServedModel) -> dict[str, Any]:
    """Return the container that puts a model into `MODEL_FOLDER` before the server starts."""
    return {
        "name": "fetch", "image": service.image, "command": list(PROGRAM), "args": [FETCH_PROGRAM],
        "env": _variables({"HOME": "/tmp", "MLPROJECT_MODEL_FOLDER": MODEL_FOLDER, "MLPROJECT_MODEL_URI": model.uri})
        + model_environment(model),
        # No accelerator: what only one container may have is the server's.
        "resources": resources(service.resources._replace(accelerator=None)),
        "securityContext": container_security(),
        "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}, {"name": "model", "mountPath": MODEL_FOLDER}]}


def model_environment(model: ServedModel) -> list[dict[str, Any]]:
    """Return what the server is told of a model: the content and the signature without which it does not start."""
    variables = _variables({"MLPROJECT_MODEL_DIGEST": model.digest, "MLPROJECT_MODEL_VERSION": model.version,
                       "MLPROJECT_MODEL_SIGNATURE": "required" if model.must_be_signed else "optional"})
    # Whom to trust is the platform's word, not the project's: a ConfigMap of the namespace.
    return [*variables, {"name": "MLPROJECT_TRUSTED_KEYS", "valueFrom": {"configMapKeyRef": {
        "name": TRUSTED_KEYS, "key": TRUSTED_KEYS_FILE, "optional": not model.must_be_signed}}}]


def _server_environment(plan: ReleasePlan, protocol: str) -> list[dict[str, str]]:
    thresholds = sorted({monitor.threshold_milliseconds for monitor in plan.monitors
                         if isinstance(monitor, Objective) and monitor.threshold_milliseconds is not None})
    values = {"HOME": "/tmp", "MLPROJECT_MODEL_FOLDER": MODEL_FOLDER, "MLPROJECT_MODEL_NAME": plan.identity.name,
              "MLPROJECT_PROTOCOL": protocol, "MLPROJECT_PORT": str(PORT)}
    if thresholds:
        # The server makes a bucket end at each of them: no other bucket says who was within it.
        values["MLPROJECT_LATENCY_MILLISECONDS"] = ",".join(map(str, thresholds))
    return _variables(values)


def _variables(values: Mapping[str, str]) -> list[dict[str, str]]:
    # Kubernetes replaces `$(NAME)` in a value; a doubled `$` stands for one.
    return [{"name": name, "value": value.replace("$", "$$")} for name, value in values.items()]


def temporary_volume() -> dict[str, Any]:
    """Return the volume behind `/tmp`, the only place where the server may write."""
    return {"name": "tmp", "emptyDir": {"sizeLimit": "64Mi"}}


def _probe(path: str, *, failures: int) -> dict[str, Any]:
    # Numbers that the API server would fill in are written: what is stored equals what is in Git.
    return {"httpGet": {"path": path, "port": PORT, "scheme": "HTTP"}, "periodSeconds": _PROBE_SECONDS,
            "timeoutSeconds": 2, "successThreshold": 1, "failureThreshold": failures}
