"""Which REST path serves a kind: the server's own answer, asked once."""

from dataclasses import dataclass

from tests.judges.rest import Rest, path_segment

# One answer for all groups, instead of one request for each version of each group.
ACCEPT = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"


@dataclass(frozen=True, slots=True)
class Resource:
    """Where the objects of one kind live."""

    root: str
    plural: str
    is_namespaced: bool

    def collection(self, namespace: str | None) -> str:
        if self.is_namespaced:
            return f"{self.root}/namespaces/{path_segment(namespace or 'default')}/{self.plural}"
        return f"{self.root}/{self.plural}"

    def item(self, name: str, namespace: str | None) -> str:
        return f"{self.collection(namespace)}/{path_segment(name)}"


class Discovery:
    """The kinds that a server serves; asks again for one that it has not met."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest
        self._resources: dict[tuple[str, str], Resource] = {}

    def find(self, api_version: str, kind: str) -> Resource | None:
        """Return where objects of the kind live, or None if it is not served."""
        if (api_version, kind) not in self._resources:
            self.refresh()
        return self._resources.get((api_version, kind))

    def refresh(self) -> frozenset[tuple[str, str]]:
        """Ask the server; return every (apiVersion, kind) that it serves."""
        self._resources = {**self._ask("/api"), **self._ask("/apis")}
        return frozenset(self._resources)

    def _ask(self, path: str) -> dict[tuple[str, str], Resource]:
        answer = self._rest.send("GET", path, accept=ACCEPT)
        if answer.is_refusal:
            raise RuntimeError(f"discovery of {path} failed: {answer.message}")
        return {
            key: resource
            for group in answer.body["items"]
            for version in group["versions"]
            for key, resource in _resources_of(
                path, group["metadata"].get("name", ""), version).items()
        }


def _resources_of(path: str, group: str, version: dict) -> dict[tuple[str, str], Resource]:
    api_version = f"{group}/{version['version']}" if group else version["version"]
    return {
        (api_version, resource["responseKind"]["kind"]): Resource(
            root=f"{path}/{api_version}",
            plural=resource["resource"],
            is_namespaced=resource["scope"] == "Namespaced",
        )
        for resource in version.get("resources", ())
    }
