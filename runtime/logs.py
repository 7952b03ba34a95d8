"""Logs as JSON lines on standard error: one object a line, with the run and the step that said it."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class JsonLines(logging.Formatter):
    """Write a record as one line of JSON, with what was passed as `extra` beside it."""

    def __init__(self, fixed: dict[str, str]) -> None:
        """Set the members that every line has."""
        super().__init__()
        self._fixed = fixed

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(), **self._fixed, "message": record.getMessage(),
            **{key: value for key, value in vars(record).items() if key not in _OWN}}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def logger(**fixed: str) -> logging.Logger:
    """Return the logger of a program; `fixed` are members of every line, such as run and step."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(fixed))
    log = logging.getLogger("mlproject")
    log.handlers[:] = [handler]
    log.propagate = False
    log.setLevel(logging.INFO)
    return log
