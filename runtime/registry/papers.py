"""Bring the papers of a registered model: `python -m runtime papers MODEL/VERSION --out DIR`.

What the step `register` kept with the run: model card, verdict, evaluation, profile, lineage.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from runtime.contract import EXIT_ENVIRONMENT, EXIT_OK, EXIT_REFUSED
from runtime.outcome import Refused, Unavailable
from runtime.registry.looking_up import client_of, look_up


def main(argv: Sequence[str]) -> int:
    """Write the files; return the exit code."""
    options = _parser().parse_args(argv)
    name, _, alias = options.model.partition("@")
    name, version = (name, "") if alias else options.model.rpartition("/")[::2]
    try:
        bring(options.registry, name, alias=alias, version=version, folder=options.out)
    except Refused as refusal:
        return _say(str(refusal), EXIT_REFUSED)
    except (Unavailable, OSError) as failure:
        return _say(str(failure), EXIT_ENVIRONMENT)
    return EXIT_OK


def bring(registry: str, name: str, *, alias: str, version: str, folder: Path) -> None:
    """Write what is kept with the run of a version into folder."""
    found = look_up(registry, name, alias=alias, version=version)
    from mlflow.exceptions import MlflowException

    client = client_of(registry)
    try:
        run = client.get_model_version(name, found.version).run_id
        for file in client.list_artifacts(run) if run else ():
            client.download_artifacts(str(run), file.path, str(folder))
    except MlflowException as failure:
        raise Unavailable(f"the papers of {name}/{found.version} cannot be read: {failure.message[:300]}") from failure


def _say(message: str, code: int) -> int:
    sys.stderr.write(f"mlproject: {message}\n")
    return code


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m runtime papers", allow_abbrev=False, description=__doc__.splitlines()[0])
    parser.add_argument("model", metavar="MODEL/VERSION", help="a registered model and a version, or MODEL@ALIAS")
    parser.add_argument("--registry", required=True, metavar="URI", help="the tracking server, or sqlite:///FILE")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="an existing folder to write into")
    return parser
