"""Names that everything derived from a project starts with."""

from compiler.spec.resolved import ResolvedProject


def prefix(project: ResolvedProject) -> str:
    """Return what stands before names in development, where nothing may be taken for the real thing."""
    return "dev-" if project.mode == "development" else ""


def full_name(project: ResolvedProject, part: str = "") -> str:
    """Return prefix, project and part as one name."""
    name = prefix(project) + project.name
    return f"{name}-{part}" if part else name
