"""Register a model version in MLflow: a run with its metrics and papers, a version with its record, its aliases."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from runtime.locations import locate
from runtime.outcome import Unavailable
from runtime.registry.looking_up import client_of
from runtime.registry.record import PREFIX, to_tags

if TYPE_CHECKING:
    from mlflow import MlflowClient

CANDIDATE, CHAMPION = "candidate", "champion"


class Registration(NamedTuple):
    """What is registered: the name, the folder of the model, its record, and papers that are kept with the run."""

    name: str
    uri: str
    record: Mapping[str, Any]
    description: str
    files: tuple[Path, ...]


def register(registry: str, registration: Registration, *, champion: str | None) -> tuple[str, list[str]]:
    """Register; return the version and its aliases. `champion` is a version, or `new` for this one.

    The same model of the same run is registered once: another attempt of the step finds it.
    """
    from mlflow.exceptions import MlflowException

    try:
        client = client_of(registry)
        version = _known(client, registration) or _register(client, registration)
        return version, _point(client, registration.name, version, champion)
    except MlflowException as failure:
        raise Unavailable(f"the registry at {registry} refuses or is away: {failure.message[:300]}") from failure


def _register(client: "MlflowClient", registration: Registration) -> str:
    record, name = registration.record, registration.name
    tags = to_tags(record)
    run = client.create_run(_experiment(client, name, registration.uri), run_name=record["run"], tags=tags)
    for metric, value in record["metrics"].items():
        client.log_metric(run.info.run_id, metric, value)
    for parameter, value in record["training"]["parameters"].items():
        client.log_param(run.info.run_id, parameter, value)
    for file in registration.files:
        if file.is_dir():
            client.log_artifacts(run.info.run_id, str(file), artifact_path=file.name)
        else:
            client.log_artifact(run.info.run_id, str(file))
    client.set_terminated(run.info.run_id)
    if not client.search_registered_models(f"name='{name}'"):
        client.create_registered_model(name, description=registration.description)
    made = client.create_model_version(name, registration.uri, run.info.run_id, tags=tags,
                                       description=registration.description)
    return str(made.version)


def _point(client: "MlflowClient", name: str, version: str, champion: str | None) -> list[str]:
    mine = [CANDIDATE, CHAMPION] if champion == "new" else [CANDIDATE]
    for alias in mine:
        client.set_registered_model_alias(name, alias, version)
    if champion not in (None, "new") and champion in _versions(client, name):
        client.set_registered_model_alias(name, CHAMPION, champion)
    return mine


def _versions(client: "MlflowClient", name: str) -> dict[str, Mapping[str, str]]:
    return {str(one.version): one.tags for one in client.search_model_versions(f"name='{name}'")}


def _known(client: "MlflowClient", registration: Registration) -> str | None:
    record = registration.record
    for version, tags in _versions(client, registration.name).items():
        if tags.get(f"{PREFIX}digest") == record["digest"] and tags.get(f"{PREFIX}run") == record["run"]:
            return version
    return None


def _experiment(client: "MlflowClient", name: str, uri: str) -> str:
    """Return the experiment of the model.

    A server knows where papers go. A database file does not, and would put them into the current folder.
    """
    found = client.get_experiment_by_name(name)
    if found is not None:
        return str(found.experiment_id)
    if not str(client.tracking_uri).startswith("sqlite:"):
        return str(client.create_experiment(name))
    return str(client.create_experiment(name, artifact_location=f"{locate(uri.rstrip('/').rpartition('/')[0])}/.runs"))
