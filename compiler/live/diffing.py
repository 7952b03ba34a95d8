"""What a sync would change: each committed object is applied as a dry run, and compared with what is stored.

The server answers with its own defaults filled in, and removes what Git no longer names, because the field manager
is Argo CD's. So a field that differs is one that the sync would write. Nothing is stored.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from compiler.change.leaves import Leaf, leaves
from compiler.live.interface import MISSING, LiveError
from compiler.records import NamedTuple

MANAGER = "argocd-controller"
TRACKING = "argocd.argoproj.io/tracking-id"
_COUNTED = ("managedFields", "resourceVersion", "generation", "creationTimestamp", "uid")

State = Literal["add", "change", "unchanged", "refused"]


class Difference(NamedTuple):
    """One object: what a sync would do, the fields that it would write, or why the server refuses."""

    state: State
    title: str
    fields: tuple[Leaf, ...] = ()
    reason: str = ""


class Cluster:
    """A cluster as the API server shows it, known by a kubeconfig."""

    def __init__(self, kubeconfig: str | None, context: str | None) -> None:
        try:
            from kubernetes import config
            from kubernetes.dynamic import DynamicClient
        except ImportError as failure:
            raise LiveError(*MISSING) from failure
        try:
            api = config.new_client_from_config(config_file=kubeconfig, context=context)
            self._client = DynamicClient(api)
        except Exception as failure:
            raise LiveError(f"the cluster cannot be reached: {type(failure).__name__}",
                            "check --kubeconfig, --context and that you are logged in") from failure

    def differences(self, bodies: Iterable[Mapping[str, Any]]) -> Iterator[Difference]:
        """Yield what a sync would do to each of the objects, in their order."""
        for body in bodies:
            yield self._difference(body)

    def _difference(self, body: Mapping[str, Any]) -> Difference:
        from kubernetes.dynamic.exceptions import DynamicApiError, ResourceNotFoundError

        title = _title(body)
        try:
            resource = self._client.resources.get(api_version=body["apiVersion"], kind=body["kind"])
            live = self._live(resource, body)
            wanted = self._client.server_side_apply(
                resource, body=dict(body), name=body["metadata"]["name"], namespace=body["metadata"].get("namespace"),
                field_manager=MANAGER, force_conflicts=True, dry_run="All").to_dict()
        except ResourceNotFoundError:
            return Difference("refused", title, reason="the cluster serves no such kind")
        except DynamicApiError as failure:
            return Difference("refused", title, reason=_words(failure))
        if live is None:
            return Difference("add", title)
        fields = tuple(leaves(_comparable(live), _comparable(wanted)))
        return Difference("change" if fields else "unchanged", title, fields)

    def _live(self, resource: Any, body: Mapping[str, Any]) -> dict[str, Any] | None:
        from kubernetes.dynamic.exceptions import NotFoundError

        try:
            found: dict[str, Any] = self._client.get(
                resource, name=body["metadata"]["name"], namespace=body["metadata"].get("namespace")).to_dict()
        except NotFoundError:
            return None
        return found


def _comparable(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return an object without what the server counts and without its status, which no sync writes."""
    metadata = {key: value for key, value in body["metadata"].items() if key not in _COUNTED}
    # Argo CD adds it to every object that it applies; no file holds it.
    notes = {key: value for key, value in metadata.pop("annotations", {}).items() if key != TRACKING}
    metadata |= {"annotations": notes} if notes else {}
    return {key: value for key, value in body.items() if key != "status"} | {"metadata": metadata}


def _title(body: Mapping[str, Any]) -> str:
    metadata = body["metadata"]
    return f"{body['kind']} {'/'.join(part for part in (metadata.get('namespace'), metadata['name']) if part)}"


def _words(failure: Any) -> str:
    import json

    try:
        return str(json.loads(failure.body)["message"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP {failure.status}"
