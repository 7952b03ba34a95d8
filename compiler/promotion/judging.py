"""Judge the promotions that a proposal makes, by whichever hand: every model of a lock that its base does not pin."""

import os
from collections.abc import Iterator, Mapping, Sequence

from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.driver import Request, read_projects
from compiler.edit import codes
from compiler.edit.candidate import Candidate, from_lock
from compiler.edit.returning import pins_of, since
from compiler.edit.rules import Proposal, judge
from compiler.git.history import versions_of
from compiler.git.objects import Git
from compiler.passes.placing import placed
from compiler.promotion.project import Compiler, Project, open_spec
from compiler.promotion.promoting import Surroundings
from compiler.promotion.signature import verify
from compiler.records import NamedTuple
from compiler.repository import LOCK, SPEC
from compiler.source.document import Document
from compiler.source.read import read
from compiler.spec.resolved import ResolvedProject


class Base(NamedTuple):
    """What a proposal is held against: its base's commit, the specs of it in a folder, the keys that are trusted.

    `approvals` is None where nobody asked the host.
    """

    git: Git
    commit: str
    folder: str
    keys: Sequence[str]
    approvals: tuple[str, ...] | None
    around: Surroundings


class Judged(NamedTuple):
    """A line for each change of a pin, what is wrong with them, and the texts that this speaks of."""

    lines: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]


def judge_promotions(root: str, base: Base, compiler: Compiler) -> Judged:
    """Judge every lock below root that differs from its base."""
    lines: list[str] = []
    found: list[Diagnostic] = []
    sources: dict[str, str] = {}
    for path in base.git.changed(base.commit, None):
        spec = os.path.join(os.path.dirname(path), SPEC)
        if os.path.basename(path) != LOCK or not os.path.isfile(os.path.join(root, spec)):
            continue
        project, faults = open_spec(root, os.path.relpath(os.path.join(root, spec)), compiler)
        sources |= project.loaded.sources
        found += faults
        rules = _rules(base, spec, compiler)
        for target in project.report.projects:
            line, said = _judged(project, target, rules.get(target.environment, target), base)
            lines += [line] if line else []
            found += said
    return Judged(tuple(lines), tuple(found), sources)


def _rules(base: Base, spec: str, compiler: Compiler) -> dict[str, ResolvedProject]:
    """Return the project as its base has it: a proposal does not choose the rules that it is held to."""
    file = os.path.join(base.folder, spec)
    if not os.path.isfile(file):
        return {}
    report = read_projects(Request((file,), base.folder), compiler.registry)
    return {project.environment: project for project in report.projects}


def _judged(project: Project, target: ResolvedProject, rules: ResolvedProject,
            base: Base) -> tuple[str, Sequence[Diagnostic]]:
    environment, path = target.environment, os.path.relpath(project.lock_path, project.root)
    candidate = from_lock(project.lock, environment)
    versions = versions_of(base.git, path, base.commit)
    before = _lock_at(base, path)
    current = from_lock(before, environment)
    if candidate is None or (current is not None and current.model == candidate.model):
        return "", ()
    what = f"{target.name} in {environment}: {_version(current)} -> {candidate.model['version']}"
    if any(pin.model["digest"] == candidate.model["digest"] for pin in pins_of(versions, environment)):
        return f"{what}, which served there before\n", ()
    source = rules.spec["environment"].get("promotes_from")
    start = since(versions, source, candidate.model["digest"]) if source else None
    proposal = Proposal(rules, before, candidate, start, base.around.now)
    verified = verify(rules, candidate.model, base.keys, base.around.variables)
    found = [*judge(proposal), *_approvals(rules, base), *verified.diagnostics]
    return f"{what}, promoted\n", [_placed(one, target) for one in found]


def _placed(finding: Diagnostic, target: ResolvedProject) -> Diagnostic:
    """Place a finding in the proposal, which is the text that people see."""
    related = tuple(other._replace(span=None) for other in finding.related)
    return finding if finding.span else placed(target, finding._replace(related=related))


def _approvals(rules: ResolvedProject, base: Base) -> Iterator[Diagnostic]:
    wanted = rules.spec["environment"]["approvals"]
    if base.approvals is not None and len(base.approvals) < wanted:
        yield error(codes.APPROVALS, f"{len(base.approvals)} approve of this, `{rules.environment}` asks for {wanted}",
                    at=("environment", "approvals"), help="have others approve of the request as it is now")


def _lock_at(base: Base, path: str) -> Document | None:
    entry = base.git.entries(base.commit, path).get(path)
    return read(base.git.read([entry.id])[0], path)[0] if entry is not None and entry.is_file else None


def _version(candidate: Candidate | None) -> str:
    return str(candidate.model["version"]) if candidate is not None else "none"
