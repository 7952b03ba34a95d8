"""What a module of the runtime imports, itself and by what it imports: read from its source, nothing is run."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
OURS = ("runtime", "compiler")


def external(module: str) -> frozenset[str]:
    """Return the modules of other people that module needs, in every function that it or ours may call."""
    return frozenset(name for reached in reachable(module) for name in imports(reached) if not _is_known(name))


@cache
def reachable(module: str) -> frozenset[str]:
    """Return module and every module of ours that it imports, near or far."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        waiting += [name for name in imports(current) if name.partition(".")[0] in OURS]
    return frozenset(seen)


@cache
def imports(module: str) -> frozenset[str]:
    """Return what the source of one module of ours imports, and the packages that it stands in."""
    path = source(module)
    if path is None:
        raise LookupError(f"there is no module {module}")
    parents = {module.rsplit(".", count)[0] for count in range(1, module.count(".") + 1)}
    return frozenset(parents | set(_imported(ast.parse(path.read_text()))))


def source(module: str) -> Path | None:
    """Return the file of a module of ours, or None."""
    path = ROOT.joinpath(*module.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if _is_for_types(node):
            continue
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str() as module, names=names, level=0):
                yield from _from(module, [alias.name for alias in names])
            case ast.ImportFrom():
                raise ValueError("a relative import: the house has none")
        yield from _imported(node)


def _from(module: str, names: list[str]) -> Iterator[str]:
    """Yield module, or those of the names that are modules of ours themselves."""
    inner = [f"{module}.{name}" for name in names if module.partition(".")[0] in OURS and source(f"{module}.{name}")]
    yield from inner or [module]


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _is_known(name: str) -> bool:
    top = name.partition(".")[0]
    return top in OURS or top in sys.stdlib_module_names
