"""What a target is: a pure function from a release plan to artifacts or refusals."""

from collections.abc import Callable, Iterator
from typing import Any

from compiler.artifact.artifact import Artifact
from compiler.diagnostics.diagnostic import Diagnostic, error, warning
from compiler.ir.plan import ReleasePlan
from compiler.records import NamedTuple
from compiler.source.path import FieldPath

Render = Callable[[ReleasePlan], Iterator[Artifact | Diagnostic]]


class Target(NamedTuple):
    """A renderer of one tool.

    `name` is the word that a spec uses (`with: kserve`). `parameters` is the typed
    dictionary of what may stand beside it, None when nothing may. Set on the module as `TARGET`.
    """

    name: str
    render: Render
    parameters: Any = None


def unsupported(tool: str, what: str, *, at: FieldPath, help: str = "") -> Diagnostic:
    """Return the refusal of something that the tool cannot say."""
    return error("targets/unsupported", f"{tool} cannot render {what}", at=at, help=help)


def not_rendered(tool: str, what: str, *, at: FieldPath, help: str = "") -> Diagnostic:
    """Return the warning that something the spec asks for has no effect yet; nothing is dropped in silence."""
    return warning("targets/not-rendered", f"{tool} does not render {what} yet", at=at, help=help)
