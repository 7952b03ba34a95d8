"""Issue 5, line 3: dev to staging to production with a real registry, and back: Git alone restores every byte."""

import io
import json
import tarfile
import warnings
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from compiler.provenance.evidence import packed
from runtime.bundle import manifest_digest
from runtime.registry.looking_up import client_of
from runtime.registry.record import to_tags
from tests.edit.conftest import Repository
from tests.repositories import ROOT

DAY = 86_400
START = 1_700_000_000


def registered(repository: Repository, tmp_path: Path, version: str) -> str:
    """Register a signed model in a real MLflow registry, as the step `register` does; return MODEL/VERSION."""
    said = json.loads(repository.model(version).read_text())
    card, verdict = tmp_path / f"{version}/model-card", tmp_path / f"{version}/verdict.json"
    card.mkdir(parents=True)
    (card / "README.md").write_text(f"# employment {version}\n")
    gates = [{"name": "roc_auc", "kind": "metric", "mode": "block", "outcome": "pass", "notes": [],
              "numbers": [{"name": "roc_auc", "value": 0.9, "relation": ">=", "limit": 0.88, "holds": True}]}]
    verdict.write_text(json.dumps({"version": 1, "verdict": "pass", "gates": gates}))
    record: dict[str, Any] = {
        **{name: said[name] for name in ("uri", "digest", "run", "revision")}, "project": "employment",
        "environment": "dev", "team": "labour-statistics", "image": "train", "verdict": "pass", "gates": gates,
        "key": "", "sources": [{"name": "survey", "uri": "s3://labour-lake/", "with": "dvc", "revision": "b" * 32,
                                "digest": f"sha256:{'d' * 64}", "rows": 10}]}
    client = client_of(f"sqlite:///{tmp_path}/mlflow.db")
    experiment = client.get_experiment_by_name("employment")
    place = experiment.experiment_id if experiment else client.create_experiment(
        "employment", artifact_location=str(tmp_path / "runs"))
    run = client.create_run(place, tags=to_tags(record)).info.run_id
    client.log_artifacts(run, str(card), artifact_path="model-card")
    client.log_artifact(run, str(verdict))
    if not client.search_registered_models("name='employment'"):
        client.create_registered_model("employment")
    made = client.create_model_version("employment", said["uri"], run, tags=to_tags(record))
    client.set_registered_model_alias("employment", "candidate", made.version)
    return f"employment/{made.version}"


def state(repository: Repository) -> tuple[str, dict[str, bytes]]:
    return repository.lock(), repository.generated()


@pytest.fixture
def release(repository: Repository) -> Any:
    def run(*arguments: str, at: int) -> str:
        result = repository.run(*arguments, at=at)
        assert result.returncode == 0, result.stderr
        return result.stdout

    return run


@pytest.mark.filterwarnings("ignore")
def test_a_release_and_its_return(repository: Repository, tmp_path: Path, release: Any) -> None:
    registry = f"--registry=sqlite:///{tmp_path}/mlflow.db"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        models = [registered(repository, tmp_path, version) for version in ("1", "2")]
    states = []
    for number, model in enumerate(models):
        at = START + number * 10 * DAY
        release("promote", "employment", "--to=dev", f"--from-registry={model}", registry, "--commit", at=at)
        release("promote", "employment", "--to=staging", "--commit", at=at + DAY)
        _approve(repository, release, at=at + 3 * DAY)
        states.append(state(repository))
        assert repository.run("compile", "--check").returncode == 0
    lock, generated = states[1]
    assert lock.count('version: "2"') == 3
    assert b"s3://mlproject-models/employment/2/" in generated["production/employment/serving.yaml"]
    digest = manifest_digest((repository.models / "employment/2/manifest.json").read_bytes())
    assert lock.count(digest) == 3

    _evidence(repository, tmp_path, registry)

    repository.git("revert", "--no-edit", "-m1", "HEAD", at=START + 20 * DAY)
    production_back = state(repository)
    assert 'production:\n    version: "1"' in production_back[0]
    repository.git("revert", "--no-edit", "HEAD", at=START + 20 * DAY)
    assert state(repository) == states[1]
    release("rollback", "employment", "--env=production", "--commit", at=START + 21 * DAY)
    assert state(repository) == production_back
    release("rollback", "employment", "--env=staging", "--commit", at=START + 22 * DAY)
    release("rollback", "employment", "--env=dev", "--commit", at=START + 23 * DAY)
    assert state(repository) == states[0]
    assert repository.git("status", "--porcelain") == ""
    assert repository.run("verify").returncode == 0


def _approve(repository: Repository, release: Any, *, at: int) -> None:
    """Propose the promotion to production, and merge it as a host does: with who approved in the message."""
    release("promote", "employment", "--to=production", "--pull-request", at=at)
    repository.git("fetch", "--quiet", "origin")
    message = "Merge the promotion\n\nApproved-by: Ben <ben@example.org>\nApproved-by: Cleo <cleo@example.org>\n"
    repository.git("merge", "--quiet", "--no-ff", "-m", message, "origin/promote/employment/production", at=at + 60)


def _evidence(repository: Repository, tmp_path: Path, registry: str) -> None:
    result = repository.run("evidence", "employment", "--env=production", registry, f"--out={tmp_path}/pack.tar")
    assert result.returncode == 0, result.stderr
    pack = (tmp_path / "pack.tar").read_bytes()
    with tarfile.open(fileobj=io.BytesIO(pack)) as archive:
        files = {entry.name: archive.extractfile(entry).read() for entry in archive}  # type: ignore[union-attr]
    assert packed(files) == pack
    said = json.loads(files["evidence.json"])
    assert said["missing"] == []
    assert said["promotion"]["approved_by"] == ["Ben <ben@example.org>", "Cleo <cleo@example.org>"]
    assert (said["served_before"]["version"], said["model"]["version"]) == ("1", "2")
    assert said["at_the_source"]["time"] == "2023-11-25 22:13 UTC"
    assert said["model"]["data"] == {"survey": "b" * 32}
    assert said["gates"][0]["numbers"][0]["limit"] == 0.88
    assert files["papers/model-card/README.md"] == b"# employment 2\n"
    assert "papers/verdict.json" in files
    assert files["spec/mlproject.lock"].decode() == repository.lock()
    assert len(files["SHA256SUMS"].splitlines()) == len(files) - 1
    _is_valid(json.loads(files["sbom.cdx.json"]))


def _is_valid(bill: dict[str, Any]) -> None:
    """Hold a bill against CycloneDX's own schema."""
    folder = ROOT / "tests/provenance/schemas"
    schemas = {name: json.loads((folder / f"{name}.SNAPSHOT.schema.json").read_text())
               for name in ("bom-1.6", "spdx", "jsf-0.82")}
    known = Registry().with_resources(
        [(schema["$id"], Resource.from_contents(schema)) for schema in schemas.values()])
    jsonschema.Draft7Validator(schemas["bom-1.6"], registry=known).validate(bill)
    kinds = {component["type"] for component in bill["components"]}
    assert kinds == {"file", "container", "data", "machine-learning-model"}
    model = next(one for one in bill["components"] if one["bom-ref"] == "model")
    assert model["version"] == "2"
    assert all("hashes" in one for one in bill["components"] if one["type"] == "container")
