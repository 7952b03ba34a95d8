"""Write a table where readers see it whole or not at all, on a disk as in an object store."""

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING

import fsspec

from runtime.locations import locate
from runtime.outcome import Unavailable

if TYPE_CHECKING:
    import pandas


def write_parquet(rows: "pandas.DataFrame", uri: str) -> str:
    """Write rows to uri and return it; the same run writes the same file again."""
    content = io.BytesIO()
    rows.to_parquet(content, index=False)
    try:
        store, path = fsspec.core.url_to_fs(locate(uri))
        if "file" in (store.protocol if isinstance(store.protocol, tuple) else (store.protocol,)):
            _replace(Path(path), content.getvalue())
        else:
            # An object is there when all of it is.
            store.pipe_file(path, content.getvalue())
    except (OSError, ImportError) as failure:
        raise Unavailable(f"{uri} cannot be written: {failure}") from failure
    return uri


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
