"""`python -m runtime verify-bundle`: hold the files of a model against the digest that is pinned and trusted keys.

Prints `{"digest": ..., "key": ...}` (key null: nobody signed) and ends with 0; ends with 1 when the model is not what
it should be, with 4 when its files cannot be reached.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from runtime.contract import EXIT_ENVIRONMENT, EXIT_OK, EXIT_REFUSED
from runtime.locations import locate


def main(argv: Sequence[str]) -> int:
    """Verify, print, and return the exit code."""
    options = _parser().parse_args(argv)
    try:
        from runtime.bundle import BundleError, load_public_key, read_bundle
    except ImportError as missing:
        _say(f"{missing.name} is not installed")
        return EXIT_ENVIRONMENT
    try:
        keys = [load_public_key(key) for key in options.key]
        with _folder(options.uri) as folder:
            bundle = read_bundle(folder, trusted=keys, digest=options.digest, must_be_signed=options.must_be_signed)
    except BundleError as refusal:
        _say(str(refusal))
        return EXIT_REFUSED
    except OSError as failure:
        _say(failure.strerror or str(failure) or type(failure).__name__)
        return EXIT_ENVIRONMENT
    sys.stdout.write(json.dumps({"digest": bundle.digest, "key": bundle.key}) + "\n")
    return EXIT_OK


def _say(reason: str) -> None:
    sys.stderr.write(f"{reason}\n")


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m runtime verify-bundle", allow_abbrev=False, description=__doc__)
    parser.add_argument("--uri", required=True, help="where the files of the model are")
    parser.add_argument("--digest", required=True, help="the digest that the model must have")
    parser.add_argument("--key", action="append", default=[], type=Path, help="a public key that is trusted (PEM)")
    parser.add_argument("--must-be-signed", action="store_true", help="refuse a model that nobody signed")
    return parser


@contextmanager
def _folder(uri: str) -> Iterator[Path]:
    """Yield a folder with the files of a model: the one on this machine, or a copy of a remote one."""
    place = locate(uri).removeprefix("file://")
    if "://" not in place:
        if not Path(place).is_dir():
            raise FileNotFoundError(None, f"there is no folder {place}")
        yield Path(place)
        return
    with TemporaryDirectory(prefix="mlproject-bundle-", ignore_cleanup_errors=True) as folder:
        _fetch(place, folder)
        yield Path(folder)


def _fetch(uri: str, folder: str) -> None:
    try:
        import fsspec

        files, path = fsspec.core.url_to_fs(uri)
        files.get(path.rstrip("/") + "/", folder, recursive=True)
    except ImportError as missing:
        raise OSError(None, f"{missing.name or 'fsspec'} is not installed") from missing
    except Exception as failure:  # every store has errors of its own; none of them is a verdict on the model
        raise OSError(None, f"{uri} cannot be read: {type(failure).__name__}") from failure
