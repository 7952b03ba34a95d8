"""List the versions of a registered model with what was measured of each: `python -m runtime past-models MODEL`.

The plan of a changed gate asks which of them would pass now.  The tags of a version answer; where a version was
registered by something else, the metrics of its run do.
"""

import json
import logging
import os
import re
import sys
import warnings
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from math import isnan
from pathlib import Path
from typing import Any

from runtime.contract import EXIT_ENVIRONMENT, EXIT_OK, EXIT_REFUSED, EXIT_USAGE
from runtime.locations import locate

_SQLITE = "sqlite:///"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,127}")
_METRICS, _GATES = "mlproject.metrics", "mlproject.gates"


def main(argv: Sequence[str]) -> int:
    """Print the versions as JSON, oldest first; return the exit code."""
    parser = ArgumentParser(prog="python -m runtime past-models", allow_abbrev=False)
    parser.add_argument("model", metavar="MODEL", help="a registered model")
    parser.add_argument("--registry", required=True, metavar="URI", help="the tracking server, or sqlite:///FILE")
    options = parser.parse_args(argv)
    if not _NAME.fullmatch(options.model):
        return _say("this is no name of a registered model", EXIT_USAGE)
    place = locate(options.registry)
    if place.startswith(_SQLITE) and not Path(place.removeprefix(_SQLITE)).exists():
        # The library would make an empty registry there.
        return _say("there is no registry yet", EXIT_REFUSED)
    try:
        versions = _versions(options.model, place)
    except Exception as failure:
        return _say(f"the registry does not answer: {type(failure).__name__}", EXIT_ENVIRONMENT)
    sys.stdout.write(json.dumps({"model": options.model, "versions": versions}, indent=1, sort_keys=True) + "\n")
    return EXIT_OK


def _versions(name: str, place: str) -> list[dict[str, Any]]:
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "2")
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_TIMEOUT", "20")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from mlflow import MlflowClient
    for library in ("alembic", "mlflow"):
        logging.getLogger(library).setLevel(logging.ERROR)
    client = MlflowClient(tracking_uri=place, registry_uri=place)
    found: list[Any] = []
    page = client.search_model_versions(f"name='{name}'", max_results=200)
    while True:
        found += page
        if not page.token:
            break
        page = client.search_model_versions(f"name='{name}'", max_results=200, page_token=page.token)
    return [_version(client, one) for one in sorted(found, key=lambda one: int(one.version))]


def _version(client: Any, one: Any) -> dict[str, Any]:
    metrics = _tag(one.tags, _METRICS, dict)
    if not metrics and one.run_id:
        metrics = {name: value for name, value in client.get_run(one.run_id).data.metrics.items() if not isnan(value)}
    return {"version": str(one.version), "metrics": metrics, "gates": _tag(one.tags, _GATES, list)}


def _tag(tags: Mapping[str, str], name: str, kind: type[Any]) -> Any:
    try:
        value = json.loads(tags.get(name, "null"))
    except ValueError:
        value = None
    return value if isinstance(value, kind) else kind()


def _say(message: str, code: int) -> int:
    sys.stderr.write(f"mlproject: {message}\n")
    return code
