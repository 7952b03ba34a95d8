"""Install a folder of CRDs into an API server, and wait until they are served."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.judges.discovery import Discovery
from tests.judges.rest import Rest

SERVED_SECONDS = 180
PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"


def install_crds(rest: Rest, folder: Path) -> None:
    """Create every CRD under folder; return when the server serves all of them."""
    with ThreadPoolExecutor(max_workers=8) as pool:
        kinds = {kind
                 for created in pool.map(lambda path: _create(rest, path), crd_files(folder))
                 for kind in created}
    _wait_until_served(Discovery(rest), kinds)


def crd_files(folder: Path) -> list[Path]:
    """Return the CRD files under folder, sorted; folders named `_...` hold other things."""
    return sorted(
        path
        for path in folder.rglob("*.yaml")
        if not any(part.startswith("_") for part in path.relative_to(folder).parts)
        and "\nkind: CustomResourceDefinition\n" in path.read_text()
    )


def _create(rest: Rest, path: Path) -> list[tuple[str, str]]:
    # Created, not applied: that needs no name, so nobody parses these megabytes
    # of YAML here.  PyYAML could not: it refuses the enum value `=` of some.
    answer = rest.send("POST", PATH, body=path.read_text(), content_type="application/yaml")
    if answer.is_refusal:
        raise RuntimeError(f"{path.name} is no CRD for this API server: {answer.message}")
    return list(_served_kinds(answer.body["spec"]))


def _served_kinds(spec: dict) -> Iterator[tuple[str, str]]:
    for version in spec["versions"]:
        if version["served"]:
            yield f"{spec['group']}/{version['name']}", spec["names"]["kind"]


def _wait_until_served(discovery: Discovery, kinds: set[tuple[str, str]]) -> None:
    # The server lists a kind only after its CRD is Established.
    deadline = time.monotonic() + SERVED_SECONDS
    while missing := kinds - discovery.refresh():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not served after {SERVED_SECONDS} s: {sorted(missing)}")
        time.sleep(0.3)
