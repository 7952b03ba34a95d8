"""Install a folder of CRDs into an API server, and wait until they are served."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.judges.discovery import Discovery
from tests.judges.rest import Answer, Rest

SERVED_SECONDS = 180
PATIENCE = 5
PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"


def install_crds(rest: Rest, folder: Path) -> None:
    """Create every CRD under folder; return when the server serves all of them."""
    install_files(rest, crd_files(folder))


def install_files(rest: Rest, files: Sequence[Path]) -> None:
    """Create the CRD in each of the files; return when the server serves all of them."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        kinds = {kind
                 for created in pool.map(lambda path: _create(rest, path), files)
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
    answer = _post(rest, path.read_text())
    if answer.is_refusal:
        raise RuntimeError(f"{path.name} is no CRD for this API server: {answer.message}")
    return list(_served_kinds(answer.body["spec"]))


def _post(rest: Rest, text: str) -> Answer:
    """Create; a server that is too busy to answer in its own time is asked again, and may have done it before."""
    for _ in range(PATIENCE):
        answer = rest.send("POST", PATH, body=text, content_type="application/yaml")
        if answer.status == 409 and isinstance(answer.body, dict):
            return rest.send("GET", f"{PATH}/{answer.body['details']['name']}")
        if answer.status != 504:
            return answer
    return answer


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
