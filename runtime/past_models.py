"""List the versions of a registered model with what was measured of each: `python -m runtime past-models MODEL`.

The plan of a changed gate asks which of them would pass now.  The tags of a version answer; where a version was
registered by something else, the metrics of its run do.
"""

import json
import re
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from math import isnan
from typing import TYPE_CHECKING, Any

from runtime.contract import EXIT_ENVIRONMENT, EXIT_OK, EXIT_REFUSED, EXIT_USAGE
from runtime.registry.looking_up import client_of, is_absent
from runtime.registry.record import PREFIX

if TYPE_CHECKING:
    from mlflow import MlflowClient

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,127}")
_METRICS, _GATES = f"{PREFIX}metrics", f"{PREFIX}gates"


def main(argv: Sequence[str]) -> int:
    """Print the versions as JSON, oldest first; return the exit code."""
    parser = ArgumentParser(prog="python -m runtime past-models", allow_abbrev=False)
    parser.add_argument("model", metavar="MODEL", help="a registered model")
    parser.add_argument("--registry", required=True, metavar="URI", help="the tracking server, or sqlite:///FILE")
    options = parser.parse_args(argv)
    if not _NAME.fullmatch(options.model):
        return _say("this is no name of a registered model", EXIT_USAGE)
    if is_absent(options.registry):
        return _say("there is no registry yet", EXIT_REFUSED)
    try:
        versions = _versions(options.model, client_of(options.registry))
    except Exception as failure:
        return _say(f"the registry does not answer: {type(failure).__name__}", EXIT_ENVIRONMENT)
    sys.stdout.write(json.dumps({"model": options.model, "versions": versions}, indent=1, sort_keys=True) + "\n")
    return EXIT_OK


def _versions(name: str, client: "MlflowClient") -> list[dict[str, Any]]:
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
