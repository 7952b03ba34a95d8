"""The compile, on one page: text in, folders of files out, and everything there is to say.

text -> read -> decode -> resolve -> check -> police(spec) -> lower -> render -> verify -> police(manifests) -> files

Every stage runs over all projects before the next one starts, and the compile stops after
the first stage with errors: a person sees all errors of a stage together, and nothing is
published for one project while another one is broken.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from compiler import __version__
from compiler.artifact.artifact import Artifact, Manifest
from compiler.checks.interface import Check, RepositoryCheck
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.emit.folder import files_of
from compiler.emit.index import with_index
from compiler.ir.plan import ReleasePlan
from compiler.passes.check import check, unknown_plugins
from compiler.passes.keys import environments_of_nobody
from compiler.passes.lower import lower
from compiler.passes.placing import merged, placed
from compiler.passes.police import Waive, keep, police_manifests, police_specs
from compiler.passes.render import KIND_ORDER, render
from compiler.passes.resolve import decode_organisation, resolve
from compiler.passes.selecting import unmatched
from compiler.passes.verify import verify
from compiler.policy.interface import Judge
from compiler.records import NamedTuple
from compiler.registry import Registry
from compiler.repository import Loaded, load
from compiler.spec.resolved import ResolvedProject
from compiler.verify.served import imported_schemas

REPOSITORY = "repository"
"""The folder of what all projects of a repository share."""


class Request(NamedTuple):
    """What to compile: spec files, the root of their repository, and which environments and projects (empty: all)."""

    specs: tuple[str, ...]
    root: str
    environments: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    is_whole_repository: bool = False
    is_strict: bool = False
    waive: Waive = keep


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


def read_projects(request: Request, registry: Registry) -> Report:
    """Run the stages up to the semantic rules: read, decode, resolve, check."""
    return _read(load(request.specs, request.root), request, registry)


def _read(loaded: Loaded, request: Request, registry: Registry) -> Report:
    found = [*loaded.diagnostics]
    projects: tuple[ResolvedProject, ...] = ()
    if not is_blocked(found, request):
        projects = _resolve(loaded, request, registry, found)
        found += unknown_plugins(projects, registry.foreign_names())
    if not is_blocked(found, request):
        found += check(projects, checks_of(projects, registry), kind_of=registry.find)
    return Report(merged(found), loaded.sources, projects)


def check_specs(request: Request, registry: Registry, judge: Judge) -> Report:
    """Run the stages before rendering: those of `read_projects`, and the policies on the specs."""
    report = read_projects(request, registry)
    if is_blocked(report.diagnostics, request):
        return report
    return _with(report, police_specs(report.projects, judge, request.waive)())


def compile_specs(request: Request, registry: Registry, judge: Judge) -> Report:
    """Run the whole compile. Nothing is written: the folders of the report are what should be there."""
    return compile_loaded(load(request.specs, request.root), request, registry, judge)


def compile_loaded(loaded: Loaded, request: Request, registry: Registry, judge: Judge) -> Report:
    """Run the whole compile of documents that were read, from wherever.

    The policies judge in a process of their own. What the next stage makes in the meantime counts
    only once their verdict is in.
    """
    report = _read(loaded, request, registry)
    if is_blocked(report.diagnostics, request):
        return report
    verdict = police_specs(report.projects, judge, request.waive)
    refused: list[Diagnostic] = []
    rendered = tuple(render_project(project, registry, refused) for project in report.projects)
    report = _with(report, verdict())
    if is_blocked(report.diagnostics, request):
        return report
    report = _with(report, refused)._replace(rendered=rendered)
    return report if is_blocked(refused, request) else _judged(report, request, judge)


def weigh_loaded(loaded: Loaded, request: Request, registry: Registry, judge: Judge) -> Report:
    """Render documents whatever policies and targets say of them, for a plan of what they refuse too."""
    report = _read(loaded, request, registry)
    if is_blocked(report.diagnostics, request):
        return report
    verdict = police_specs(report.projects, judge, request.waive)
    refused: list[Diagnostic] = []
    rendered = tuple(render_project(project, registry, refused) for project in report.projects)
    report = _with(report, (*verdict(), *refused))._replace(rendered=rendered)
    if is_blocked(refused, request):
        return report
    verdict = police_manifests([(one.project, one.manifests) for one in rendered], judge, request.waive)
    return _with(report, (*_verify(rendered, request), *verdict()))


def _judged(report: Report, request: Request, judge: Judge) -> Report:
    """Verify the manifests, have them judged, and make files of them when nobody objects."""
    verdict = police_manifests([(one.project, one.manifests) for one in report.rendered], judge,
                               request.waive)
    report = _with(report, _verify(report.rendered, request))
    folders = {} if is_blocked(report.diagnostics, request) else _folders(report, request)
    if not folders:
        return report
    report = _with(report, verdict())
    return report if is_blocked(report.diagnostics, request) else report._replace(folders=folders)


def _with(report: Report, found: Iterable[Diagnostic]) -> Report:
    return report._replace(diagnostics=merged((*report.diagnostics, *found)))


def is_blocked(found: Iterable[Diagnostic], request: Request) -> bool:
    """Tell whether the compile ends here: on errors, and under `--strict` on warnings too."""
    severities = {"error", "warning"} if request.is_strict else {"error"}
    return any(diagnostic.severity in severities for diagnostic in found)


def _resolve(loaded: Loaded, request: Request, registry: Registry,
             found: list[Diagnostic]) -> tuple[ResolvedProject, ...]:
    if loaded.organisation is not None:
        found += decode_organisation(loaded.organisation)
    projects: list[ResolvedProject] = []
    for files in loaded.projects:
        resolved = resolve(files.spec, loaded.organisation, files.lock, kind_of=registry.find, names_of=registry.names)
        found += resolved.diagnostics
        projects += resolved.projects
    if not is_blocked(found, request):
        found += unmatched(projects, names=request.names, environments=request.environments)
        if request.is_whole_repository and loaded.organisation is not None:
            found += environments_of_nobody(loaded.organisation, frozenset(one.environment for one in projects))
    return tuple(project for project in projects if _is_wanted(project, request))


def _is_wanted(project: ResolvedProject, request: Request) -> bool:
    return ((not request.environments or project.environment in request.environments)
            and (not request.names or project.name in request.names))


def checks_of(projects: Sequence[ResolvedProject], registry: Registry) -> tuple[Check | RepositoryCheck, ...]:
    """Return the semantic rules that projects are held to: the built-in ones and those of their plug-ins."""
    plugins = frozenset(name for project in projects for name in project.spec.get("plugins", ()))
    return tuple(registry.checks(plugins))


def render_project(project: ResolvedProject, registry: Registry, found: list[Diagnostic]) -> Rendered:
    """Lower and render one project that was checked; what its targets refuse is added to found."""
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


def _folders(report: Report, request: Request) -> dict[str, Mapping[str, bytes]]:
    folders = {f"{one.plan.environment.name}/{one.plan.identity.name}": folder_of(one, report.sources)
               for one in report.rendered}
    if request.is_whole_repository and report.rendered:
        shared = files_of(shared_artifacts(report.rendered), KIND_ORDER)
        folders[REPOSITORY] = with_index(shared, compiler=__version__, inputs={})
    return folders


def folder_of(one: Rendered, sources: Mapping[str, str]) -> Mapping[str, bytes]:
    """Return the files of one project in one environment with their index, by name."""
    files = files_of(one.artifacts, KIND_ORDER)
    return with_index(files, compiler=__version__, inputs=_inputs(one.project, sources))


def shared_artifacts(rendered: Sequence[Rendered]) -> tuple[Artifact, ...]:
    """Return what all projects of a repository share."""
    from compiler.targets.delivery.repository import render_repository

    return tuple(render_repository([one.plan for one in rendered]))


def _inputs(project: ResolvedProject, sources: Mapping[str, str]) -> dict[str, bytes]:
    """Return the documents that a project was made of, by their name alone: paths differ between machines."""
    files = {layer.document.file for layer in project.layers if layer.document is not None}
    files |= {file for file in sources if file == project.document.file.removesuffix("yaml") + "lock"}
    return {file.rsplit("/", 1)[-1]: sources[file].encode() for file in sorted(files)}
