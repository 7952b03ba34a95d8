"""Check: run every semantic rule, and the rules that the named plug-ins bring."""

from collections.abc import Iterator, Sequence

from compiler.checks.interface import Check, RepositoryCheck
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.passes.decode import KindOf
from compiler.passes.placing import placed
from compiler.spec.envelopes import envelopes_in
from compiler.spec.resolved import ResolvedProject


def check(projects: Sequence[ResolvedProject], checks: Sequence[Check | RepositoryCheck], *,
          kind_of: KindOf) -> Iterator[Diagnostic]:
    """Yield every finding with its span and environment."""
    for project in projects:
        for diagnostic in _of_project(project, checks, kind_of):
            yield placed(project, diagnostic)
    for rule in checks:
        if isinstance(rule, RepositoryCheck):
            for project, diagnostic in rule.run(projects):
                yield placed(project, diagnostic)


def unknown_plugins(projects: Sequence[ResolvedProject], installed: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield plug-ins that a spec asks for and nobody installed: their checks would pass without being run."""
    for project in projects:
        for index, name in enumerate(project.spec.get("plugins", ())):
            if name not in installed:
                help = f"installed are: {', '.join(installed)}" if installed else "install the distribution"
                yield placed(project, error("spec/unknown-kind", f"no distribution `{name}` brings plug-ins",
                                            at=("plugins", index), help=help))


def _of_project(project: ResolvedProject, checks: Sequence[Check | RepositoryCheck],
                kind_of: KindOf) -> Iterator[Diagnostic]:
    for rule in checks:
        if isinstance(rule, Check):
            yield from rule.run(project)
    for place, path, parameters in envelopes_in(project.spec):
        kind = kind_of(place.room, parameters[place.key])
        if hasattr(kind, "check"):
            yield from kind.check(project, parameters, path)
    training = project.spec["training"]
    if training["enabled"]:
        yield from kind_of("frameworks", training["framework"]).check(project, training, ("training",))
