"""Secrets: which ones are read, by whom, as whom. Their names are told, never what they hold."""

from collections.abc import Iterator

from compiler.change.leaves import arrow
from compiler.change.meaning import Between, Meaning
from compiler.change.sides import Change, Side
from compiler.diagnostics.visible import visible
from compiler.source.path import FieldPath

_STORE = ("platform", "secret_store")
_IDENTITY = ("platform", "service_account_annotations")

Reader = tuple[str, str]


def secrets(change: Change) -> Iterator[Meaning]:
    """Yield secrets that more or fewer steps read, another store, and another identity."""
    old, new = _readers(change.before), _readers(change.after)
    for (step, secret), at in sorted(new.items()):
        if (step, secret) not in old:
            yield change.says("secrets/widened", "high", f"secret scope widened: `{step}` reads `{secret}`", at=at)
    for (step, secret), at in sorted(old.items()):
        if (step, secret) not in new:
            yield change.says(
                "secrets/narrowed", "low", f"secret scope narrowed: `{step}` no longer reads `{secret}`", at=at
            )
    for leaf in change.below(_STORE):
        is_pace = leaf.path[-1] == "refresh"
        yield change.says(
            f"secrets/{'refresh' if is_pace else 'store'}",
            "low" if is_pace else "critical",
            f"secrets are read {'every' if is_pace else 'from another store:'} {arrow(leaf.old, leaf.new)}",
            at=leaf.path,
        )
    for leaf in change.below(_IDENTITY):
        yield change.says(
            "secrets/identity",
            "critical",
            f"workloads act as another identity: `{visible(str(leaf.path[-1]))}` {arrow(leaf.old, leaf.new)}",
            at=leaf.path,
        )


def _readers(side: Side) -> dict[Reader, FieldPath]:
    steps = [*(side.plan.pipeline.steps if side.plan.pipeline else ())]
    if side.plan.batch:
        steps.append(side.plan.batch.step)
    if side.plan.watch:
        steps.extend(side.plan.watch.steps)
    return {(step.name, visible(f"{key.store_path}#{key.key}")): key.origin for step in steps for key in step.secrets}


FAMILY = Between("secrets", secrets)
