"""The evidence of a promotion: what serves in an environment, why it may, who let it, and all that it was made of."""

import json
import os
from collections.abc import Mapping
from typing import Any

from compiler.edit.returning import Pin, pins_of
from compiler.edit.rules import moment
from compiler.git.history import versions_of
from compiler.git.objects import Git
from compiler.promotion.project import Project
from compiler.provenance.bill import bill_of
from compiler.records import NamedTuple
from compiler.repository import DEFAULTS
from compiler.source.digests import sha256_hex
from compiler.spec.resolved import ResolvedProject

APPROVED_BY = "Approved-by"


class Registered(NamedTuple):
    """What the registry knows: the lineage of the model, and the papers of its run by path."""

    lineage: Mapping[str, Any]
    papers: Mapping[str, bytes]


def evidence_of(project: Project, target: ResolvedProject, git: Git,
                registered: Registered | None) -> dict[str, bytes]:
    """Return the files of the pack, by path. The same commit and registry give the same bytes."""
    environment = target.environment
    folder = f"{environment}/{target.name}"
    one = next(one for one in project.report.rendered if one.project.environment == environment)
    files = {
        "evidence.json": _json(_facts(project, target, git, registered)),
        "sbom.cdx.json": _json(bill_of(one, project.report.folders[folder])),
        **{f"generated/{name}": content for name, content in project.report.folders[folder].items()},
        **{f"spec/{name}": content for name, content in _documents(project).items()},
    }
    if registered is not None:
        files["registry.json"] = _json(registered.lineage)
        files |= {f"papers/{path}": content for path, content in registered.papers.items()}
    listed = {path: sha256_hex(files[path]) for path in sorted(files)}
    return {**files, "SHA256SUMS": "".join(f"{digest}  {path}\n" for path, digest in listed.items()).encode()}


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files as a tar archive without owner and time."""
    import io
    import tarfile

    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path in sorted(files):
            entry = tarfile.TarInfo(path)
            entry.size, entry.mode, entry.mtime = len(files[path]), 0o644, 0
            archive.addfile(entry, io.BytesIO(files[path]))
    return stream.getvalue()


def _facts(project: Project, target: ResolvedProject, git: Git, registered: Registered | None) -> dict[str, Any]:
    versions = versions_of(git, os.path.relpath(project.lock_path, project.root))
    pins = pins_of(versions, target.environment)
    settings = target.spec["environment"]
    source = settings.get("promotes_from")
    there = pins_of(versions, source) if source else ()
    return {
        "project": target.name, "environment": target.environment, "model": dict(target.model or {}),
        "rules": {"promotes_from": source, "soak": settings["soak"], "approvals": settings["approvals"],
                  "signing": target.spec["model"]["signing"]},
        "promotion": _promotion(git, pins[-1]) if pins else None,
        "served_before": _pin(pins[-2]) if len(pins) > 1 else None,
        "at_the_source": next((_pin(pin) for pin in reversed(there)
                               if target.model and pin.model["digest"] == target.model["digest"]), None),
        "gates": registered.lineage.get("gates") if registered else None,
        "verdict": registered.lineage.get("verdict") if registered else None,
        "missing": [] if registered else ["registry.json", "papers/"],
    }


def _promotion(git: Git, pin: Pin) -> dict[str, Any]:
    about = git.about(pin.commit)
    approved = git.trailers(f"{pin.commit}^1", pin.commit, APPROVED_BY) if about.parents else ()
    return {**_pin(pin), "author": about.author, "committer": about.committer, "subject": about.subject,
            "has_signature": about.is_signed, "approved_by": sorted(set(approved))}


def _pin(pin: Pin) -> dict[str, Any]:
    return {"version": pin.model["version"], "digest": pin.model["digest"], "commit": pin.commit,
            "time": moment(pin.seconds)}


def _documents(project: Project) -> dict[str, bytes]:
    sources = project.loaded.sources
    named = {os.path.basename(path): text for path, text in sources.items()}
    return {name: named[name].encode() for name in sorted(named)
            if name in (os.path.basename(project.spec), os.path.basename(project.lock_path),
                        os.path.basename(DEFAULTS))}


def _json(said: Any) -> bytes:
    return (json.dumps(said, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n").encode()
