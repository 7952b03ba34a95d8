"""The compile, on one page: text in, folders of files out, and everything there is to say.

text -> read -> decode -> resolve -> check -> police(spec) -> lower -> render -> verify -> police(manifests) -> files

Every stage runs over all projects before the next one starts, and the compile stops after
the first stage with errors: a person sees all errors of a stage together, and nothing is
published for one project while another one is broken.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from compiler.artifact.artifact import Artifact, Manifest
from compiler.diagnostics.diagnostic import Diagnostic, has_errors
from compiler.emit.folder import folder_of
from compiler.ir.plan import ReleasePlan
from compiler.passes.check import check
from compiler.passes.lower import lower
from compiler.passes.placing import merged, placed
from compiler.passes.police import Judges, police_manifests, police_specs
from compiler.passes.render import render, render_repository
from compiler.passes.resolve import decode_organisation, resolve
from compiler.passes.verify import verify
from compiler.registry import Registry
from compiler.repository import Loaded, load
from compiler.spec.resolved import ResolvedProject


class Request(NamedTuple):
    """What to compile: spec files, the root of their repository, and which environments and projects (empty: all)."""

    specs: tuple[str, ...]
    root: str
    environments: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    is_whole_repository: bool = False
    is_strict: bool = False


class Rendered(NamedTuple):
    """One project in one environment with its plan and what the targets made of it."""

    project: ResolvedProject
    plan: ReleasePlan
    artifacts: tuple[Artifact, ...]

    @property
    def manifests(self) -> tuple[Manifest, ...]:
        """Return the Kubernetes objects among the artifacts."""
        return tuple(artifact for artifact in self.artifacts if isinstance(artifact, Manifest))


class Report(NamedTuple):
    """What a compile found and made, and the text of every file that it speaks of.

    `folders` maps `ENVIRONMENT/PROJECT` to files by name; it is empty when anything is wrong.
    """

    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]
    projects: tuple[ResolvedProject, ...] = ()
    rendered: tuple[Rendered, ...] = ()
    folders: Mapping[str, Mapping[str, bytes]] = {}


def check_specs(request: Request, registry: Registry, judges: Judges) -> Report:
    """Run the stages before rendering: read, decode, resolve, check, police."""
    loaded = load(request.specs, request.root)
    sources = {document.file: document.text for document in loaded.documents}
    found = [*loaded.diagnostics]
    projects: tuple[ResolvedProject, ...] = ()
    if not is_blocked(found, request):
        projects = _resolve(loaded, request, registry, found)
    if not is_blocked(found, request):
        found += check(projects, _checks(projects, registry), kind_of=registry.find)
    if not is_blocked(found, request):
        found += police_specs(projects, judges)
    return Report(merged(found), sources, projects)


def compile_specs(request: Request, registry: Registry, judges: Judges) -> Report:
    """Run the whole compile. Nothing is written: the folders of the report are what should be there."""
    report = check_specs(request, registry, judges)
    if is_blocked(report.diagnostics, request):
        return report
    found: list[Diagnostic] = []
    rendered = tuple(_render(project, registry, found) for project in report.projects)
    if not is_blocked(found, request):
        found += _verify(rendered, request)
    if not is_blocked(found, request):
        found += police_manifests(rendered, judges)
    report = report._replace(diagnostics=merged((*report.diagnostics, *found)), rendered=rendered)
    if is_blocked(report.diagnostics, request):
        return report
    return report._replace(folders=_folders(rendered, request, report.sources, judges))


def is_blocked(found: Iterable[Diagnostic], request: Request) -> bool:
    """Tell whether the compile ends here: on errors, and under `--strict` on warnings too."""
    severities = {"error", "warning"} if request.is_strict else {"error"}
    return any(diagnostic.severity in severities for diagnostic in found)


def _resolve(loaded: Loaded, request: Request, registry: Registry, found: list[Diagnostic]) -> tuple[ResolvedProject, ...]:
    if loaded.organisation is not None:
        found += decode_organisation(loaded.organisation)
    projects: list[ResolvedProject] = []
    for files in loaded.projects:
        resolved = resolve(files.spec, loaded.organisation, files.lock, kind_of=registry.find, names_of=registry.names)
        found += resolved.diagnostics
        projects += resolved.projects
    return tuple(project for project in projects if _is_wanted(project, request))


def _is_wanted(project: ResolvedProject, request: Request) -> bool:
    return ((not request.environments or project.environment in request.environments)
            and (not request.names or project.name in request.names))


def _checks(projects: Sequence[ResolvedProject], registry: Registry) -> tuple[Check | RepositoryCheck, ...]:
    plugins = frozenset(name for project in projects for name in project.spec.get("plugins", ()))
    return tuple(registry.checks(plugins))


def _render(project: ResolvedProject, registry: Registry, found: list[Diagnostic]) -> Rendered:
    plan = lower(project, registry.find)
    artifacts = []
    for item in render(plan, registry.find):
        if isinstance(item, Diagnostic):
            found.append(placed(project, item))
        else:
            artifacts.append(item)
    return Rendered(project, plan, tuple(artifacts))


def _verify(rendered: Sequence[Rendered], request: Request) -> Iterator[Diagnostic]:
    schemas = imported_schemas(request.root)
    for one in rendered:
        yield from (placed(one.project, finding) for finding in verify(one.manifests, extra_schemas=schemas))


def _folders(rendered: Sequence[Rendered], request: Request, sources: Mapping[str, str],
             judges: Judges) -> dict[str, Mapping[str, bytes]]:
    folders = {f"{one.plan.environment.name}/{one.plan.identity.name}": files_of(one.artifacts) for one in rendered}
    if request.is_whole_repository:
        folders[REPOSITORY] = files_of(tuple(render_repository([one.plan for one in rendered])))
    return folders
