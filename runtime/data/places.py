"""Files behind a URI: a local path, http(s), or an object store through fsspec."""

import hashlib
import importlib
import json
import os
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, NamedTuple

from runtime.contract import secret_variable
from runtime.locations import locate
from runtime.outcome import Refused, Unavailable

PACKAGES = {"s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "abfs": "adlfs", "abfss": "adlfs",
            "az": "adlfs"}
LATEST = "latest"
_TIMEOUT_SECONDS = 60


class StoredFile(NamedTuple):
    """One file: its name below the place it was asked for, when it was written, and how to read it."""

    name: str
    modified: datetime | None
    read: Callable[[], bytes]


def storage_options(secret: str | None) -> Mapping[str, Any]:
    """Return fsspec's options, a JSON object in the secret; none where the platform's own identity is enough."""
    text = os.environ.get(secret_variable(secret), "") if secret else ""
    try:
        options = json.loads(text or "{}")
    except ValueError:
        options = None
    if not isinstance(options, dict):
        raise Refused(f"the secret `{secret}` holds no JSON object of storage options")
    return options


def stored_files(uri: str, suffixes: Sequence[str], options: Mapping[str, Any]) -> list[StoredFile]:
    """Return the file at uri, or those with one of the suffixes in the folder at uri, sorted by name."""
    place = locate(uri)
    protocol, separator, rest = place.partition("://")
    if not separator or protocol == "file":
        found = _local_files(Path(rest if separator else place), suffixes)
    elif protocol in ("http", "https"):
        found = [_remote_file(place)]
    else:
        found = _object_files(protocol, place, suffixes, options)
    if not found:
        raise Unavailable(f"{uri} has no file that ends with {' or '.join(suffixes)}")
    return sorted(found, key=lambda file: file.name)


def has_latest(uri: str, options: Mapping[str, Any]) -> bool:
    """Tell whether the folder at uri keeps what is newest in a folder of its own."""
    place = locate(uri)
    protocol, separator, rest = place.partition("://")
    if not separator or protocol == "file":
        return (Path(rest if separator else place) / LATEST).is_dir()
    if protocol in ("http", "https"):
        return False
    return bool(_filesystem(protocol, options).isdir(place.rstrip("/") + "/" + LATEST))


def digest_of(contents: Sequence[tuple[str, bytes]]) -> str:
    """Return a digest of files: of their names and contents, whatever holds them."""
    listed = [[name, hashlib.sha256(data).hexdigest()] for name, data in contents]
    return "sha256:" + hashlib.sha256(json.dumps(listed, ensure_ascii=False).encode()).hexdigest()


def _wanted(name: str, suffixes: Sequence[str]) -> bool:
    # Spark, Hive and DVC keep their own files beside the data: their names begin with a dot or an underscore.
    return name.endswith(tuple(suffixes)) and not any(part.startswith((".", "_")) for part in name.split("/"))


def _local_files(path: Path, suffixes: Sequence[str]) -> list[StoredFile]:
    if path.is_file():
        return [_local_file(path, path.name)]
    if not path.is_dir():
        raise Unavailable(f"{path} is not there")
    names = [(file, file.relative_to(path).as_posix()) for file in path.rglob("*") if file.is_file()]
    return [_local_file(file, name) for file, name in names if _wanted(name, suffixes)]


def _local_file(path: Path, name: str) -> StoredFile:
    return StoredFile(name, datetime.fromtimestamp(path.stat().st_mtime, UTC), path.read_bytes)


def _remote_file(url: str) -> StoredFile:
    try:
        with urllib.request.urlopen(url, timeout=_TIMEOUT_SECONDS) as answer:
            data: bytes = answer.read()
            said = answer.headers.get("Last-Modified")
    except (urllib.error.URLError, TimeoutError, ConnectionError) as failure:
        raise Unavailable(f"{url} cannot be read: {failure}") from failure
    return StoredFile(url.rstrip("/").rpartition("/")[2], parsedate_to_datetime(said) if said else None, lambda: data)


def _filesystem(protocol: str, options: Mapping[str, Any]) -> Any:
    import fsspec

    package = PACKAGES.get(protocol)
    try:
        if package:
            importlib.import_module(package)
        return fsspec.filesystem(protocol, **options)
    except ImportError as missing:
        raise Refused(f"{protocol}:// needs the package {package or missing.name}, which this image does not have: "
                      "install the extra `storage`") from missing
    except ValueError as unknown:
        raise Refused(f"{protocol}:// is no storage that can be read: {unknown}") from unknown


def _object_files(protocol: str, place: str, suffixes: Sequence[str], options: Mapping[str, Any]) -> list[StoredFile]:
    storage = _filesystem(protocol, options)
    try:
        root = storage._strip_protocol(place).rstrip("/")
        details = storage.find(root, detail=True)
    except OSError as failure:
        raise Unavailable(f"{place} cannot be listed: {failure}") from failure
    if not details:
        raise Unavailable(f"{place} is not there")
    found = []
    for path, detail in details.items():
        name = path.removeprefix(root).lstrip("/") or path.rpartition("/")[2]
        if path == root or _wanted(name, suffixes):
            found.append(StoredFile(name, _modified(detail), _reader(storage, path)))
    return found


def _reader(storage: Any, path: str) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            data: bytes = storage.cat_file(path)
        except OSError as failure:
            raise Unavailable(f"{path} cannot be read: {failure}") from failure
        return data
    return read


def _modified(detail: Mapping[str, Any]) -> datetime | None:
    """Return when a file was written; every object store calls it something else."""
    for key in ("LastModified", "last_modified", "mtime", "updated", "created"):
        value = detail.get(key)
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        if isinstance(value, (int, float)):
            value = datetime.fromtimestamp(value, UTC)
        if isinstance(value, datetime):
            return value if value.tzinfo else value.replace(tzinfo=UTC)
    return None
