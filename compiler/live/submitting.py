"""Start a rendered pipeline through Argo's server: the WorkflowTemplate that the cluster holds, by its name."""

from collections.abc import Mapping
from typing import Any

from compiler.live.interface import MISSING, LiveError

KIND = "WorkflowTemplate"


def submit(template: Mapping[str, Any], *, server: str, token: str) -> str:
    """Submit a template as it stands in the cluster; return the name of the workflow that began."""
    try:
        import argo_workflows
        from argo_workflows.api.workflow_service_api import WorkflowServiceApi
        from argo_workflows.model.io_argoproj_workflow_v1alpha1_workflow_submit_request import (
            IoArgoprojWorkflowV1alpha1WorkflowSubmitRequest as Request,
        )
    except ImportError as failure:
        raise LiveError(*MISSING) from failure
    metadata = template["metadata"]
    with argo_workflows.ApiClient(argo_workflows.Configuration(host=server)) as client:
        if token:
            client.default_headers["Authorization"] = token if " " in token else f"Bearer {token}"
        request = Request(namespace=metadata["namespace"], resource_kind=KIND, resource_name=metadata["name"],
                          _check_type=False)
        try:
            # The models of the client refuse what a newer server adds; only the name is read.
            begun = WorkflowServiceApi(client).submit_workflow(
                metadata["namespace"], request, _check_return_type=False)
        except argo_workflows.ApiException as failure:
            raise LiveError(f"the server says no: {_words(failure)}",
                            "check that the template is synced and the token may submit") from failure
        except Exception as failure:
            raise LiveError(f"the server cannot be reached: {type(failure).__name__}",
                            "check --server or ARGO_SERVER") from failure
    return str(begun["metadata"]["name"])


def _words(failure: Any) -> str:
    import json

    try:
        return str(json.loads(failure.body)["message"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP {failure.status}"
