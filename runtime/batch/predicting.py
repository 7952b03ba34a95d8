"""The table of predictions: what was answered, about which row of which data, by which model."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from runtime.batch.pinned import PinnedModel
from runtime.models.predicting import Predictions

if TYPE_CHECKING:
    import pandas

    from runtime.data.sources import Origin

PLACE = "row"
"""Column with the place of a row in the data that `data_digest` names, which is what tells rows apart."""


def predictions_of(rows: "pandas.DataFrame", kept: Sequence[str], answers: Predictions, pinned: PinnedModel,
                   origin: "Origin", *, run: str, now: datetime) -> "pandas.DataFrame":
    """Return a row for each of rows, with the columns that are kept to recognise it by."""
    import pandas as pd

    made: dict[str, Any] = {PLACE: rows[PLACE].to_numpy()}
    made |= {name: rows[name].to_numpy() for name in kept if name in rows.columns}
    made |= _answers(answers, pinned.transform.classes)
    said = {"model_version": pinned.version, "model_digest": pinned.digest, "data_digest": origin.digest,
            "data_revision": origin.revision, "data_fallback": origin.fallback_used, "run": run, "predicted_at": now}
    return pd.DataFrame(made).assign(**said)


def _answers(answers: Predictions, classes: Sequence[Any] | None) -> dict[str, Any]:
    if answers.probabilities is not None and classes is not None:
        assert answers.labels is not None
        labels = np.array(list(classes))[answers.labels]
        return {"prediction": labels, **{f"probability_{label}": answers.probabilities[:, place]
                                         for place, label in enumerate(classes)}}
    if answers.labels is not None:
        return {"prediction": answers.labels, "score": answers.scores}
    return {"prediction": answers.scores}
