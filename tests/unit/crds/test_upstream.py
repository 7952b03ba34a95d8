"""Definitions of real operators are imported, and judge the good project as the strict upstream schemas do."""

from pathlib import Path
from typing import Any

import pytest

from compiler.crds.importing import Imported, import_crds
from compiler.passes.verify import verify
from compiler.verify.defaults import with_defaults
from compiler.verify.json_schema import violations
from compiler.verify.served import imported_schemas
from tests.judges import require_crds
from tests.unit.verify.changes import changed, places_of
from tests.unit.verify.project import good_bodies, manifests
from tests.unit.verify.upstream import upstream

GROUPS = ("argoproj.io", "serving.kserve.io", "monitoring.coreos.com", "keda.sh", "external-secrets.io")
NEW: tuple[Any, ...] = (-1, 0.5, "", "A", [], ["a"], {"a": "b"})


FOLDERS = ("argo-cd", "argo-workflows", "external-secrets", "keda", "kserve", "prometheus-operator")


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Imported]:
    folders = [str(require_crds() / name) for name in FOLDERS]
    repository = str(tmp_path_factory.mktemp("repository"))
    return repository, import_crds(folders, repository)


def test_every_definition_is_imported(tmp_path: Path) -> None:
    folders = [str(path) for path in sorted(require_crds().iterdir()) if path.is_dir() and path.name[0] != "_"]
    result = import_crds(folders, str(tmp_path))
    assert [one for one in result.diagnostics if one.severity == "error"] == []
    assert len(result.kinds) > 80
    # The definitions are 38 MB; what is kept can be committed.
    assert sum(path.stat().st_size for path in tmp_path.rglob("*.json")) < 4_000_000


def test_the_good_project_fits_them(imported: tuple[str, Imported]) -> None:
    repository, _ = imported
    assert verify(manifests(good_bodies()), extra_schemas=imported_schemas(repository)) == ()


def custom_bodies() -> list[Any]:
    return [
        pytest.param(item, id=f"{item['kind']} {item['metadata']['name']}")
        for item in good_bodies()
        if item["apiVersion"].partition("/")[0] in GROUPS
    ]


@pytest.mark.parametrize("body", custom_bodies())
def test_they_refuse_what_the_strict_schemas_refuse(imported: tuple[str, Imported], body: Any) -> None:
    (served,) = imported_schemas(imported[0])
    schema = served.schema(body["apiVersion"], body["kind"])
    theirs = upstream(require_crds() / "_schemas", body)
    for place in places_of(body["spec"], ("spec",)):
        for new in NEW:
            other = changed(body, place, new)
            ours = not violations(schema, with_defaults(schema, other))
            assert ours == (not violations(theirs, other)), (place, new)
