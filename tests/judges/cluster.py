"""A real Kubernetes API server as a judge: everything that it refuses is wrong."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.judges import require
from tests.judges.control_plane import control_plane
from tests.judges.crd_install import install_crds
from tests.judges.discovery import Discovery, Resource
from tests.judges.rest import Answer, Rest

APPLY = "application/apply-patch+yaml"
STRICT = {"fieldManager": "judges", "fieldValidation": "Strict"}
DRY = {"dryRun": "All"}


class RefusedError(Exception):
    """The API server refused to store objects; one line for each."""


class Cluster:
    """An API server without machines: it judges and stores, nothing runs."""

    def __init__(self, rest: Rest, *, kubeconfig: Path) -> None:
        self.rest = rest
        self.kubeconfig = kubeconfig
        self._discovery = Discovery(rest)

    def dry_run(self, objects: Iterable[Mapping]) -> list[str]:
        """Return one message for each object that the server would refuse.

        The namespaces of the objects are created for real: without them the
        server refuses everything.
        """
        return self._apply_all(tuple(objects), DRY)[1]

    def apply(self, objects: Iterable[Mapping]) -> list[dict]:
        """Store the objects and return them as stored; raise RefusedError if one is refused."""
        stored, refusals = self._apply_all(tuple(objects), {})
        if refusals:
            raise RefusedError("\n".join(refusals))
        return stored

    def get(
        self, api_version: str, kind: str, name: str, *, namespace: str | None = None,
    ) -> dict | None:
        """Return a stored object, or None if there is none of that name."""
        answer = self.rest.send("GET", self._served(api_version, kind).item(name, namespace))
        if answer.status == 404:
            return None
        return _accepted(answer)

    def get_all(
        self, api_version: str, kind: str, *, namespace: str | None = None,
    ) -> list[dict]:
        """Return the stored objects of a kind in one namespace, sorted by name."""
        path = self._served(api_version, kind).collection(namespace)
        return _accepted(self.rest.send("GET", path))["items"]

    def delete(
        self, api_version: str, kind: str, name: str, *, namespace: str | None = None,
    ) -> None:
        """Delete an object; it is no mistake if there is none."""
        path = self._served(api_version, kind).item(name, namespace)
        answer = self.rest.send("DELETE", path)
        if answer.status != 404:
            _accepted(answer)

    def create_namespace(self, name: str) -> str | None:
        """Create a namespace unless it exists; return why the server refuses."""
        answer = self.rest.send("POST", "/api/v1/namespaces", body={
            "apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})
        if not answer.is_refusal or answer.status == 409:
            return None
        return f"Namespace {name}: {answer.message}"

    def _served(self, api_version: str, kind: str) -> Resource:
        resource = self._discovery.find(api_version, kind)
        if resource is None:
            raise LookupError(f"the API server serves no {kind} of {api_version}")
        return resource

    def _apply_all(
        self, objects: Sequence[Mapping], query: Mapping[str, str],
    ) -> tuple[list[dict], list[str]]:
        refusals = [refusal for name in self._namespaces(objects)
                    if (refusal := self.create_namespace(name))]
        stored = []
        for document in objects:
            answer = self._apply_one(document, query)
            if answer.is_refusal:
                refusals.append(f"{_title(document)}: {answer.message}")
            else:
                stored.append(answer.body)
        return stored, refusals

    def _namespaces(self, objects: Sequence[Mapping]) -> list[str]:
        return sorted({
            document["metadata"]["namespace"]
            for document in objects
            if document.get("metadata", {}).get("namespace")
            and (resource := self._resource_of(document)) and resource.is_namespaced
        })

    def _resource_of(self, document: Mapping) -> Resource | None:
        return self._discovery.find(document.get("apiVersion", ""), document.get("kind", ""))

    def _apply_one(self, document: Mapping, query: Mapping[str, str]) -> Answer:
        resource = self._resource_of(document)
        if resource is None:
            return Answer(404, "the API server serves no such kind")
        metadata = document.get("metadata", {})
        namespace = metadata.get("namespace")
        if metadata.get("name"):
            path = resource.item(metadata["name"], namespace)
            return self.rest.send("PATCH", path, body=document, content_type=APPLY,
                                  query={**STRICT, "force": "true", **query})
        # Server-side apply needs a name; an object with generateName is created.
        path = resource.collection(namespace)
        return self.rest.send("POST", path, body=document, query={**STRICT, **query})


@contextmanager
def api_server(crds: Path | None) -> Iterator[Cluster]:
    """Run an API server that knows the CRDs under a folder until the block ends."""
    with control_plane(require("etcd"), require("kube-apiserver")) as plane:
        if crds is not None:
            install_crds(plane.rest, crds)
        yield Cluster(plane.rest, kubeconfig=plane.kubeconfig)


def _title(document: Mapping) -> str:
    metadata = document.get("metadata", {})
    names = metadata.get("namespace"), metadata.get("name") or metadata.get("generateName")
    where = "/".join(name for name in names if name)
    return f"{document.get('apiVersion')} {document.get('kind')} {where}".rstrip()


def _accepted(answer: Answer) -> dict:
    if answer.is_refusal:
        raise RefusedError(answer.message)
    return answer.body
