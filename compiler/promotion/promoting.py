"""Promote: the model that passed where an environment takes its models from becomes the one that it serves."""

import os
from collections.abc import Mapping, Sequence
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic, error, has_errors
from compiler.edit import codes
from compiler.edit.candidate import Candidate, faults_of, from_arguments, from_file, from_lock, from_record
from compiler.edit.lock_text import NEW_LOCK, pin
from compiler.edit.returning import since
from compiler.edit.rules import Proposal, judge
from compiler.git.history import versions_of
from compiler.git.objects import Git
from compiler.passes.decode import decode_document
from compiler.passes.placing import placed
from compiler.promotion.changing import Edit
from compiler.promotion.project import Project
from compiler.promotion.registry import lineage
from compiler.promotion.signature import verify
from compiler.records import NamedTuple
from compiler.spec.resolved import ResolvedProject


class Wanted(NamedTuple):
    """What is asked for; nothing of a model: what serves where the environment takes its models from."""

    environment: str
    version_file: str | None
    registered: str | None
    registry: str | None
    said: Mapping[str, Any]
    keys: Sequence[str]
    is_commit: bool


class Surroundings(NamedTuple):
    """What a promotion knows from outside of the repository."""

    now: int
    variables: Mapping[str, str]


def promotion(project: Project, target: ResolvedProject, wanted: Wanted,
              around: Surroundings) -> tuple[Edit | None, tuple[Diagnostic, ...]]:
    """Return the edit that promotes; None with errors when a rule says no, None without when nothing would change."""
    candidate, faults = _candidate(project, target, wanted, around)
    if candidate is None or has_errors(faults):
        return None, faults
    proposal = Proposal(target, project.lock, candidate, _since(project, target, candidate, around), around.now)
    found = [*judge(proposal), *_approvals(target, wanted)]
    found = [fault if fault.span else placed(target, fault) for fault in found]
    if has_errors(found):
        return None, tuple(found)
    verified = verify(target, candidate.model, wanted.keys, around.variables)
    found = [placed(target, fault) for fault in verified.diagnostics]
    model = _signed(candidate.model, verified.key)
    current = from_lock(project.lock, wanted.environment)
    if has_errors(found) or (current is not None and current.model == model):
        return None, tuple(found)
    text = project.lock.text if project.lock is not None else NEW_LOCK
    return Edit(pin(text, wanted.environment, model), *_message(proposal, model)), tuple(found)


def _candidate(project: Project, target: ResolvedProject, wanted: Wanted, around: Surroundings,
               ) -> tuple[Candidate | None, tuple[Diagnostic, ...]]:
    source = target.spec["environment"].get("promotes_from")
    serving = from_lock(project.lock, source) if source else None
    if wanted.version_file:
        candidate, refusals = from_file(wanted.version_file)
        return candidate, refusals or _faults(candidate)
    if wanted.registered:
        record = lineage(wanted.registered, wanted.registry or target.spec["platform"].get("mlflow", ""),
                         around.variables)
        candidate = from_record(record)
        return candidate, _faults(candidate)
    if wanted.said.get("digest") or (wanted.said and not source):
        given = from_arguments(wanted.said)
        return given, _faults(given)
    if serving is not None and wanted.said.get("version") in (None, serving.model["version"]):
        return serving, ()
    return None, (placed(target, _no_model(target, source, serving, wanted)),)


def _faults(candidate: Candidate | None) -> tuple[Diagnostic, ...]:
    return faults_of(candidate, decode_document) if candidate is not None else ()


def _no_model(target: ResolvedProject, source: str | None, serving: Candidate | None, wanted: Wanted) -> Diagnostic:
    if source is None:
        return error(codes.NO_MODEL, f"`{target.environment}` takes its models from no other environment: which one is "
                     "meant?", at=(), help="give --from-version FILE, or --version, --uri and --digest")
    at = ("environment", "promotes_from")
    if serving is None:
        return error(codes.NO_MODEL, f"`{source}` has no model yet", at=at, help=f"promote one to `{source}` first")
    return error(codes.ORDER, f"version {wanted.said['version']} is not what `{source}` serves: that is version "
                 f"{serving.model['version']}", at=at, help=f"promote it to `{source}` first")


def _since(project: Project, target: ResolvedProject, candidate: Candidate, around: Surroundings) -> int | None:
    source = target.spec["environment"].get("promotes_from")
    if source is None or project.lock is None:
        return None
    git = Git(project.root, around.variables)
    versions = versions_of(git, os.path.relpath(project.lock_path, project.root))
    return since(versions, source, candidate.model.get("digest", ""))


def _approvals(target: ResolvedProject, wanted: Wanted) -> tuple[Diagnostic, ...]:
    count = target.spec["environment"]["approvals"]
    if not count or not wanted.is_commit:
        return ()
    return (error(codes.APPROVALS, f"`{target.environment}` asks for {count} approvals, a commit has none",
                  at=("environment", "approvals"), help="use --pull-request: whoever merges it has them counted"),)


def _signed(model: Mapping[str, Any], key: str | None) -> dict[str, Any]:
    """Return the model with the key that was verified now, whatever was said of it before."""
    plain = {name: value for name, value in model.items() if name != "signed_by"}
    return {**plain, "signed_by": key} if key else plain


def _message(proposal: Proposal, model: Mapping[str, Any]) -> tuple[str, str]:
    project, source = proposal.project, proposal.source
    lines = [f"Model:    {model['digest']}", f"From:     {source or 'the run that made it'}"]
    lines += [f"Run:      {model['run']}"] if "run" in model else []
    lines += [f"Commit:   {model['revision']}"] if "revision" in model else []
    lines += [f"Gates:    {model['gates']['verdict']} {model['gates'].get('digest', '')}".rstrip()]
    lines += [f"Signed:   {model['signed_by']}"] if "signed_by" in model else []
    return f"promote: {project.name} {model['version']} to {project.environment}", "\n".join(lines)
