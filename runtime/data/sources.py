"""A source of the spec as a table: at its revision for training, at production's place for inference."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import pandas as pd

from runtime.data.formats import SUFFIXES, read_table
from runtime.data.places import LATEST, StoredFile, digest_of, has_latest, storage_options, stored_files
from runtime.data.revisions import checked_out
from runtime.outcome import Refused, Unavailable

UNVERSIONED = "none"


class Origin(NamedTuple):
    """Where a table came from: what lineage keeps."""

    name: str
    uri: str
    kept_by: str
    revision: str | None
    digest: str
    rows: int
    modified: datetime | None
    fallback_used: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the entry of the lineage."""
        return {"name": self.name, "uri": self.uri, "with": self.kept_by, "revision": self.revision,
                "digest": self.digest, "rows": self.rows, "fallback_used": self.fallback_used,
                "modified": self.modified.isoformat() if self.modified else None}


class Table(NamedTuple):
    """Rows, and where they came from."""

    rows: pd.DataFrame
    origin: Origin


def read_revision(source: Mapping[str, Any]) -> Table:
    """Return the source at the revision that training uses; what keeps no revisions is read as it is."""
    if source["version"]["with"] == UNVERSIONED:
        return _read_place(source, source["uri"])
    with checked_out(source["version"]) as checkout:
        files = stored_files(str(checkout.path), _suffixes(source), {})
        # The time of a file that was fetched is the time of the fetch.
        dated = [file._replace(modified=checkout.modified) for file in files]
        return _read_files(source, source["version"]["with"], checkout.revision, dated)


def read_production(source: Mapping[str, Any], log: logging.Logger) -> Table:
    """Return what production reads: `latest/` below the URI where there is one, else all of it.

    Where that cannot be read, and the spec says `fallback: last-good-revision`, the revision that
    training uses stands in; the origin says so.
    """
    try:
        options = storage_options(source["secret"])
        uri = source["uri"].rstrip("/") + f"/{LATEST}" if has_latest(source["uri"], options) else source["uri"]
        return _read_place(source, uri)
    except (Refused, Unavailable, OSError) as failure:
        if source["fallback"] != "last-good-revision" or source["version"]["with"] == UNVERSIONED:
            raise
        log.warning("source %s: the newest data cannot be read, the last good revision stands in: %s",
                    source["name"], failure)
    table = read_revision(source)
    return table._replace(origin=table.origin._replace(fallback_used=True))


def _suffixes(source: Mapping[str, Any]) -> tuple[str, ...]:
    # A format without a reader is refused when its first file is read.
    return SUFFIXES.get(source["format"], ("",))


def _read_place(source: Mapping[str, Any], uri: str) -> Table:
    files = stored_files(uri, _suffixes(source), storage_options(source["secret"]))
    return _read_files(source, UNVERSIONED, None, files)


def _read_files(source: Mapping[str, Any], kept_by: str, revision: str | None, files: list[StoredFile]) -> Table:
    contents = [(file.name, file.read()) for file in files]
    tables = [read_table(source["format"], name, data, source.get("columns") or {}) for name, data in contents]
    rows = tables[0] if len(tables) == 1 else pd.concat(tables, ignore_index=True)
    times = [file.modified for file in files if file.modified is not None]
    return Table(rows, Origin(source["name"], source["uri"], kept_by, revision, digest_of(contents), len(rows),
                              max(times) if times else None))
