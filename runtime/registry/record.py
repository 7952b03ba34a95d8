"""What the registry keeps of a model version beside its name: one tag for each question.

| tag `mlproject.` | answers |
|---|---|
| project, environment, team, image, run | who made it, where, in which run and image |
| revision | which commit of the repository |
| sources | which data: JSON list of name, uri, with, revision, digest, rows, fallback_used |
| training | which parameters: JSON object of framework, algorithm, parameters, seed, target, libraries, ... |
| split | which rows were held out |
| metrics | what was measured: JSON object of numbers |
| verdict, gates | pass or stop, and the JSON list of the gates with every number beside its limit |
| digest, uri, key | which bytes, where, and the name of the key that signed them (empty: unsigned) |

A text is kept as it is, anything else as JSON. The tags alone answer, without an artifact store.
"""

import json
from collections.abc import Mapping
from typing import Any

PREFIX = "mlproject."
TEXTS = ("project", "environment", "team", "image", "run", "revision", "verdict", "digest", "uri", "key")
STRUCTURES = ("sources", "training", "split", "metrics", "gates")
_MAXIMUM = 100_000
"""Characters of a tag's value that MLflow keeps (mlflow.utils.validation)."""


def to_tags(record: Mapping[str, Any]) -> dict[str, str]:
    """Return the tags of a record; what is None or absent has none."""
    tags = {name: str(record[name]) for name in TEXTS if record.get(name) is not None}
    tags |= {name: json.dumps(record[name], sort_keys=True, separators=(",", ":"), allow_nan=False)
             for name in STRUCTURES if record.get(name) is not None}
    too_long = [name for name, value in tags.items() if len(value) > _MAXIMUM]
    if too_long:
        raise ValueError(f"the registry cannot keep {too_long[0]}: it has more than {_MAXIMUM} characters")
    return {PREFIX + name: value for name, value in tags.items()}


def from_tags(tags: Mapping[str, str]) -> dict[str, Any]:
    """Return the record that tags hold; other tags are left alone."""
    record: dict[str, Any] = {name: tags[PREFIX + name] for name in TEXTS if PREFIX + name in tags}
    return record | {name: json.loads(tags[PREFIX + name]) for name in STRUCTURES if PREFIX + name in tags}
