"""What stands on this machine for the places and secrets of the cluster: `specs/local.yaml`."""

import os
from collections.abc import Iterable, Mapping
from typing import Any

from compiler.records import NamedTuple

KIND = "MLProjectLocal"


class StandInError(Exception):
    """The file is not of its kind, or a secret's file cannot be read."""


class Secret(NamedTuple):
    """What stands for a secret: its value, or a file that holds it."""

    reference: str
    value: str = ""
    file: str = ""

    def read(self) -> str:
        """Return the value. A file is opened by whoever needs the secret, and by nobody else."""
        if not self.file:
            return self.value
        try:
            with open(self.file, encoding="utf-8") as file:
                return file.read()
        except OSError as failure:
            raise StandInError(f"the file of {self.reference} cannot be read: {self.file}: {failure.strerror}; "
                               "run `make data`, or name another one") from None


class StandIns(NamedTuple):
    """Places by URI prefix, and secrets by reference."""

    locations: Mapping[str, str] = {}
    secrets: Mapping[str, Secret] = {}


def stand_ins_of(document: Mapping[str, Any] | None, root: str) -> StandIns:
    """Return what a document says; relative paths are relative to root."""
    if document is None:
        return StandIns()
    if document.get("kind") != KIND:
        raise StandInError(f"the kind is {document.get('kind')!r}, expected {KIND}")
    unknown = sorted(set(document) - {"apiVersion", "kind", "metadata", "locations", "secrets"})
    if unknown:
        raise StandInError(f"there is no field `{unknown[0]}`, expected locations and secrets")
    locations = {prefix: _absolute(place, root) for prefix, place in (document.get("locations") or {}).items()}
    secrets = {reference: _secret(reference, given, root)
               for reference, given in (document.get("secrets") or {}).items()}
    return StandIns(locations, secrets)


def references_of(objects: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """Return the reference behind each key of each Secret, by the ExternalSecrets among objects."""
    found = {}
    for one in objects:
        if one.get("kind") != "ExternalSecret":
            continue
        name = one["spec"].get("target", {}).get("name") or one["metadata"]["name"]
        for entry in one["spec"].get("data", ()):
            remote = entry["remoteRef"]
            fragment = f"#{remote['property']}" if remote.get("property") else ""
            found[name, entry["secretKey"]] = f"secret://{remote['key']}{fragment}"
    return found


def _absolute(place: str, root: str) -> str:
    """Return a place with its path made absolute; the end of the text stays as it is, a prefix may need its slash."""
    scheme, separator, path = place.rpartition("///") if place.startswith("sqlite:///") else ("", "", place)
    if "://" in path or os.path.isabs(path):
        return place
    absolute = os.path.join(root, path)
    return f"{scheme}{separator}{absolute}"


def _secret(reference: str, given: object, root: str) -> Secret:
    if isinstance(given, str):
        return Secret(reference, given)
    if isinstance(given, Mapping) and set(given) == {"value"}:
        return Secret(reference, str(given["value"]))
    if isinstance(given, Mapping) and set(given) == {"file"}:
        return Secret(reference, file=os.path.join(root, str(given["file"])))
    raise StandInError(f"{reference} is neither {{file: PATH}} nor {{value: TEXT}}")
