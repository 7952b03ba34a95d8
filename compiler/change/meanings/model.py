"""The model that serves: promoted, rolled back, taken away, or another content under a known version."""

from collections.abc import Iterator

from compiler.change.leaves import arrow, shown
from compiler.change.meaning import Between, Meaning
from compiler.change.sides import Change

_AT = ("model",)
_DIGITS = len("sha256:") + 12


def model(change: Change) -> Iterator[Meaning]:
    """Yield what becomes of the pinned model, and of where models are registered."""
    old, new = change.before.project.model, change.after.project.model
    if old is None and new is not None:
        yield change.says("model/first", "high", f"version {shown(new['version'])} is the first model to serve", at=_AT)
    elif old is not None and new is None:
        yield change.says(
            "model/unpinned", "critical", f"nothing serves any more, before version {shown(old['version'])}", at=_AT
        )
    elif old is not None and new is not None and old["version"] != new["version"]:
        is_back = _number(new["version"]) < _number(old["version"])
        code, word = ("rolled-back", "rolled back") if is_back else ("promoted", "promoted")
        yield change.says(
            f"model/{code}", "high", f"model {word}: version {arrow(old['version'], new['version'])}", at=_AT
        )
    elif old is not None and new is not None and old["digest"] != new["digest"]:
        yield change.says(
            "model/replaced",
            "critical",
            f"version {shown(new['version'])} is another model: digest "
            f"{arrow(old['digest'][:_DIGITS], new['digest'][:_DIGITS])}",
            at=_AT,
        )
    elif old is not None and new is not None and old != new:
        keys = sorted(key for key in {*old, *new} if old.get(key) != new.get(key))
        yield change.says(
            "model/origin", "medium", f"where the model comes from is told otherwise: {', '.join(keys)}", at=_AT
        )
    if change.below(("model", "registry")):
        yield change.says(
            "model/registry",
            "high",
            f"models are registered elsewhere: {arrow(*change.values('model', 'registry'))}",
            at=("model", "registry"),
        )


def _number(version: str) -> float:
    return float(version) if version.isdigit() else float("inf")


FAMILY = Between("model", model)
