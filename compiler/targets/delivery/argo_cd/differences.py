"""Fields that controllers fill in or take over.

With `RespectIgnoreDifferences` such a field keeps its live value at every sync. So only fields
that no target writes are named here; a test holds all targets to it.
"""

from typing import Any


def differences() -> list[dict[str, Any]]:
    """Return what Argo CD must not take for a drift."""
    return [
        # KServe's webhook names the container of a model; it speaks in the name of whoever applied.
        {"group": "serving.kserve.io", "kind": "InferenceService",
         "jqPathExpressions": [".spec.predictor.model.name", ".spec.predictor.canaryTrafficPercent"]},
        # The store's operator fills in the defaults of each key.
        {"group": "external-secrets.io", "kind": "ExternalSecret",
         "jqPathExpressions": [f".spec.data[]?.remoteRef.{field}"
                               for field in ("conversionStrategy", "decodingStrategy", "metadataPolicy")]},
        # Replicas belong to the autoscaler once it has set them, and to Git before.
        {"group": "apps", "kind": "Deployment", "managedFieldsManagers": ["kube-controller-manager"]},
        {"group": "argoproj.io", "kind": "CronWorkflow", "managedFieldsManagers": ["workflow-controller"]},
    ]
