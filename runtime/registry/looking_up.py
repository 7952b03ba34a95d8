"""Find a model version in MLflow, whether a server or a file keeps it."""

import logging
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from runtime.locations import locate
from runtime.outcome import Refused, Unavailable
from runtime.registry.record import from_tags

if TYPE_CHECKING:
    from mlflow import MlflowClient

_SQLITE = "sqlite:///"
_ABSENT = ("RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE", "ENDPOINT_NOT_FOUND", "NOT_FOUND")


class Found(NamedTuple):
    """A model version, its aliases, when it was registered (milliseconds since 1970), and its record."""

    name: str
    version: str
    aliases: tuple[str, ...]
    registered_at: int
    record: dict[str, Any]


def client_of(uri: str) -> "MlflowClient":
    """Return a client of the registry at uri, or of what stands for it here."""
    place = locate(uri)
    # A person who waits for an answer is told after seconds, not after the library's minutes.
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "2")
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_TIMEOUT", "20")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from mlflow import MlflowClient
    for name in ("alembic", "mlflow"):
        logging.getLogger(name).setLevel(logging.ERROR)
    return MlflowClient(tracking_uri=place, registry_uri=place)


def is_absent(uri: str) -> bool:
    """Tell whether a registry kept in a file is not there yet: the library would make an empty one."""
    place = locate(uri)
    return place.startswith(_SQLITE) and not Path(place.removeprefix(_SQLITE)).exists()


def look_up(uri: str, name: str, *, alias: str = "", version: str = "") -> Found:
    """Return the version that has the alias, or that version; refuse what is not there."""
    if is_absent(uri):
        raise Refused(f"there is no registry at {locate(uri)}: nothing was registered yet")
    from mlflow.exceptions import MlflowException

    client = client_of(uri)
    wanted = f"{name}@{alias}" if alias else f"{name}/{version}"
    try:
        one = client.get_model_version_by_alias(name, alias) if alias else client.get_model_version(name, version)
        # A version that was found by itself does not say its aliases in every store; its model does.
        aliases = client.get_registered_model(name).aliases
    except MlflowException as failure:
        if failure.error_code in _ABSENT:
            raise Refused(f"the registry has no {wanted}") from failure
        raise Unavailable(f"the registry at {uri} does not answer: {failure.message[:300]}") from failure
    named = sorted(alias for alias, number in aliases.items() if str(number) == str(one.version))
    return Found(name, str(one.version), tuple(named), int(one.creation_timestamp), from_tags(one.tags))
