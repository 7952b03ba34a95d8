"""Register the signed model with everything that anyone may ask about it later.

The model goes to a folder named after its digest, which nothing ever changes. Two aliases follow:
`candidate` is the newest version that passed its gates; `champion` the one in use. Where nobody has to
approve, that is the new version. Where people do, it is what the lock pins: a promotion is their commit,
and the alias follows it with the next run.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from runtime.bundle import MANIFEST, SIGNATURE, manifest_digest
from runtime.outcome import Context, Outcome
from runtime.registry.commits import commit_of
from runtime.registry.model_card import write_model_card
from runtime.registry.registering import Registration, register
from runtime.stores import put

DESCRIPTION = "model.json"
_NAME_LENGTH = 16
_PAPERS = ("evaluation", "verdict", "profile", "lineage")
"""What is kept with the run, beside the card."""


def run(context: Context) -> Outcome:
    """Write `version`."""
    settings, bundle = context.settings, context.inputs["bundle"]
    digest = manifest_digest((bundle / MANIFEST).read_bytes())
    registry = settings["registry"]
    uri = f"{registry['store']}/{registry['name']}/{digest.removeprefix('sha256:')[:_NAME_LENGTH]}/"
    record = _record(context, digest, uri)
    put(bundle, uri)
    evaluation, verdict = _read(context.inputs["evaluation"]), _read(context.inputs["verdict"])
    card = context.work / "model-card"
    write_model_card(card, record=record, evaluation=evaluation, verdict=verdict,
                     description=settings["lineage"]["description"])
    version, aliases = register(registry["uri"], Registration(
        registry["name"], uri, record, settings["lineage"]["description"],
        files=(card, *(context.inputs[name] for name in _PAPERS))), champion=_champion(settings))
    context.outputs["version"].write_text(json.dumps({
        "name": registry["name"], "version": version, "uri": uri, "digest": digest, "run": context.run,
        "revision": record["revision"], "data": {source["name"]: source["revision"] or source["digest"]
                                                 for source in record["sources"]},
        "verdict": verdict["verdict"], "aliases": aliases}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    context.log.info("registered", extra={"model": registry["name"], "version": version, "aliases": aliases})
    return Outcome({"version": float(version)})


def _champion(settings: Mapping[str, Any]) -> str | None:
    """Return the version that is to be champion: `new`, the pinned one, or None where no one has approved any."""
    if settings["approvals"] == 0:
        return "new"
    return settings["pinned"]["version"] if settings["pinned"] else None


def _record(context: Context, digest: str, uri: str) -> dict[str, Any]:
    """Return what the registry keeps, as runtime.registry.record describes it."""
    known, settings = context.settings["lineage"], context.settings
    description, verdict = _read(context.inputs["bundle"] / DESCRIPTION), _read(context.inputs["verdict"])
    signature = context.inputs["bundle"] / SIGNATURE
    metrics = _read(context.inputs["evaluation"])["metrics"]
    return {
        "project": known["project"], "environment": known["environment"], "team": known["team"],
        "image": known["image"], "run": context.run, "split": known["split"],
        "revision": commit_of(settings["repository"], settings["revision"], plan_digest=context.plan_digest)
                    or f"uncommitted, plan {context.plan_digest}",
        "sources": _read(context.inputs["lineage"])["sources"],
        "training": description["training"],
        "metrics": {name: found["value"] for name, found in metrics.items() if found["value"] is not None},
        "verdict": verdict["verdict"], "gates": verdict["gates"],
        "digest": digest, "uri": uri, "key": _read(signature)["key"] if signature.exists() else "",
    }


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
