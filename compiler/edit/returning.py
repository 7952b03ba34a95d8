"""What an environment served before, out of the versions of its lock."""

from collections.abc import Sequence
from typing import Any

from compiler.records import NamedTuple
from compiler.source.read import read


class Pin(NamedTuple):
    """A model that an environment served from a commit on, and the whole lock of that time."""

    model: dict[str, Any]
    text: str
    commit: str
    seconds: int


def pins_of(versions: Sequence[Any], environment: str) -> tuple[Pin, ...]:
    """Return the models of an environment, oldest first, each once for every time that it came."""
    found: list[Pin] = []
    for version in reversed(versions):
        model = _model_in(version.text, environment)
        if model is not None and (not found or found[-1].model["digest"] != model["digest"]):
            found.append(Pin(model, version.text, version.commit, version.seconds))
    return tuple(found)


def since(versions: Sequence[Any], environment: str, digest: str) -> int | None:
    """Return when an environment got the model that it has; None when Git does not know it there."""
    newest = _model_in(versions[0].text, environment) if versions else None
    if newest is None or newest.get("digest") != digest:
        return None
    return pins_of(versions, environment)[-1].seconds


def before(pins: Sequence[Pin]) -> Pin | None:
    """Return the model to go back to: a return undoes what it went back over, so a second one goes further back."""
    line: list[Pin] = []
    for pin in pins:
        known = next((at for at, one in enumerate(line) if one.model["digest"] == pin.model["digest"]), None)
        line = [*line, pin] if known is None else line[:known + 1]
    return line[-2] if len(line) > 1 else None


def _model_in(text: str, environment: str) -> dict[str, Any] | None:
    """Return the model in an old lock, which may be of another time's language: what cannot be read is absent."""
    document, _ = read(text.encode(), "")
    data = document.data if document is not None else None
    environments = data.get("environments") if isinstance(data, dict) else None
    model = environments.get(environment) if isinstance(environments, dict) else None
    is_model = isinstance(model, dict) and all(isinstance(model.get(key), str) for key in ("version", "uri", "digest"))
    return model if is_model else None
