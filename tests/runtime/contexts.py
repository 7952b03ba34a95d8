"""A context for a step that a test calls itself."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from runtime.outcome import Context


def context(step: str, settings: Mapping[str, Any], work: Path, *, inputs: Mapping[str, Path] | None = None,
            outputs: Mapping[str, Path] | None = None, **more: Any) -> Context:
    """Return the context of one call in the project `churn`, environment `dev`, run `run-1`."""
    return Context(step=step, project="churn", environment="dev", run="run-1", settings=settings,
                   inputs=inputs or {}, outputs=outputs or {}, log=logging.getLogger("mlproject"), work=work, **more)
