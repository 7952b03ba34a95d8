"""Two specs never have the same project name, nor the same namespace in one environment.

Two projects of one name would write one folder and own one set of objects: each sync would undo the other.
"""

from collections.abc import Iterator, Sequence

from compiler.checks.interface import RepositoryCheck
from compiler.diagnostics.diagnostic import Diagnostic, error
from compiler.spec.resolved import ResolvedProject

CODE = "names/unique-project"


def unique_project(projects: Sequence[ResolvedProject]) -> Iterator[tuple[ResolvedProject, Diagnostic]]:
    """Yield every project whose name or namespace an earlier one has."""
    names: dict[str, ResolvedProject] = {}
    namespaces: dict[tuple[str, str], ResolvedProject] = {}
    for project in projects:
        first = names.setdefault(project.name, project)
        if first.document.file != project.document.file:
            yield project, error(CODE, f"`{project.name}` is the name of {first.document.file} too",
                                 at=("metadata", "name"), help="rename one of the two")
            continue
        server = project.spec["platform"]["cluster"]["server"]
        other = namespaces.setdefault((server, project.namespace), project)
        if other is not project:
            yield project, error(CODE, f"namespace `{project.namespace}` is used by `{other.name}` in "
                                 f"environment `{other.environment}` too",
                                 at=("platform", "cluster", "namespace"), help="give each its own namespace")


CHECK = RepositoryCheck(CODE, unique_project)
