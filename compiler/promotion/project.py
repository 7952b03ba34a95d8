"""The project that a promotion is about: its documents, and what they compile to as they are."""

import os
import re

from compiler.diagnostics.diagnostic import Diagnostic, error, has_errors
from compiler.diagnostics.suggest import suggest
from compiler.driver import Report, Request, compile_loaded
from compiler.edit import codes
from compiler.passes.police import Waive, keep
from compiler.policy.interface import Judge
from compiler.records import NamedTuple
from compiler.registry import Registry
from compiler.repository import LOCK, SPEC, Loaded, find_specs, load
from compiler.root import SPECS
from compiler.source.document import Document
from compiler.spec.resolved import ResolvedProject

_NAME = re.compile(r"[a-z]([-a-z0-9]*[a-z0-9])?")


class Compiler(NamedTuple):
    """What compiles: the plug-ins, the engine that judges, and what is waived."""

    registry: Registry
    judge: Judge
    waive: Waive = keep


class Project(NamedTuple):
    """One project; `report` is the compile of it as it is, whose folders are empty when it does not compile."""

    root: str
    spec: str
    loaded: Loaded
    report: Report

    @property
    def lock_path(self) -> str:
        """Return where the lock is, or will be."""
        return os.path.join(os.path.dirname(self.spec), LOCK)

    @property
    def lock(self) -> Document | None:
        """Return the lock, None when there is none yet."""
        return self.loaded.projects[0].lock

    @property
    def committed_paths(self) -> tuple[str, ...]:
        """Return what a promotion commits, relative to the root: the lock and the project's generated folders."""
        lock = os.path.relpath(self.lock_path, self.root)
        return (lock, *sorted(f"generated/{folder}" for folder in self.report.folders))

    def within(self, environment: str) -> ResolvedProject | None:
        """Return the project in an environment, None when it has no such environment."""
        return next((one for one in self.report.projects if one.environment == environment), None)


def open_project(root: str, name: str, compiler: Compiler) -> tuple[Project | None, tuple[Diagnostic, ...]]:
    """Return the project called name in the repository at root, or why there is none."""
    spec = _spec_of(root, name)
    if spec is None:
        return None, (_unknown(root, name),)
    return open_spec(root, spec, compiler)


def open_spec(root: str, spec: str, compiler: Compiler) -> tuple[Project, tuple[Diagnostic, ...]]:
    """Return the project of a spec file, and what its compile says."""
    loaded = load((spec,), root)
    request = Request((spec,), root, waive=compiler.waive)
    if has_errors(loaded.diagnostics):
        return Project(root, spec, loaded, Report(loaded.diagnostics, loaded.sources)), loaded.diagnostics
    report = compile_loaded(loaded, request, compiler.registry, compiler.judge)
    return Project(root, spec, loaded, report), report.diagnostics


def no_environment(project: Project, environment: str) -> Diagnostic:
    """Return what is said of an environment that a project does not have."""
    names = tuple(sorted(one.environment for one in project.report.projects))
    meant = suggest(environment, names)
    document = project.loaded.projects[0].spec
    return error(codes.ENVIRONMENT, f"there is no environment `{environment[:40]}`", at=("environments",),
                 help=f"did you mean `{meant}`?" if meant else f"it has {', '.join(names)}"
                 )._replace(span=document.locate_key(("environments",)))


def _spec_of(root: str, name: str) -> str | None:
    if not _NAME.fullmatch(name):
        return None
    direct = _shown(os.path.join(root, SPECS, name, SPEC))
    others, _ = find_specs([_shown(os.path.join(root, SPECS))]) if not os.path.isfile(direct) else ((direct,), ())
    for spec in others:
        documents = load((spec,), root).projects
        data = documents[0].spec.data if documents else {}
        metadata = data.get("metadata") if isinstance(data, dict) else None
        if spec == direct or (isinstance(metadata, dict) and metadata.get("name") == name):
            return spec
    return None


def _unknown(root: str, name: str) -> Diagnostic:
    folder = os.path.join(root, SPECS)
    names = tuple(sorted(entry for entry in os.listdir(folder) if os.path.isfile(os.path.join(folder, entry, SPEC)))
                  ) if os.path.isdir(folder) else ()
    meant = suggest(name, names)
    return error(codes.PROJECT, f"there is no project `{name[:40]}` below {SPECS}/", at=(),
                 help=f"did you mean `{meant}`?" if meant else f"there are {', '.join(names)}" if names else
                 "create one with `mlproject init`")


def _shown(path: str) -> str:
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative
