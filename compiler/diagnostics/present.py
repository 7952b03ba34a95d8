"""The last thing that happens to a diagnostic before any format prints it."""

from collections.abc import Sequence

from compiler.diagnostics.diagnostic import Diagnostic, Related
from compiler.diagnostics.redact import redact_message
from compiler.diagnostics.visible import visible


def presentable(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics with control characters visible and secrets masked in every text."""
    return tuple(
        diagnostic._replace(message=_clean(diagnostic.message), help=_clean(diagnostic.help),
                            related=tuple(map(_clean_related, diagnostic.related)))
        for diagnostic in diagnostics
    )


def _clean(text: str) -> str:
    return visible(redact_message(text))


def _clean_related(related: Related) -> Related:
    return related._replace(message=_clean(related.message))
