"""Finds plug-ins: by walking the rooms, and by the entry points of installed distributions."""

import os
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from compiler.imports import content_of
from compiler.records import NamedTuple

CONSTANTS = {"checks": "CHECK", "targets": "TARGET", "kinds": "KIND"}
KIND_ROOMS = ("drift", "features", "frameworks", "gates", "registries", "steps", "strategies", "versioning")
TARGET_ROOMS = ("access", "delivery", "monitoring", "orchestrators", "secrets", "serving")
_NOT_PLUGINS = frozenset({"interface", "parameters", "repository"})
"""Modules of a room that are not plug-ins: what its plug-ins share."""
_PACKAGE = os.path.dirname(__file__)


class Foreign(NamedTuple):
    """An entry point of another distribution: its group, name, module and distribution."""

    group: str
    name: str
    module: str
    distribution: str


class BrokenPluginError(Exception):
    """A plug-in that cannot be used; the message names it. The command line ends with exit 2."""


class Registry:
    """Every plug-in by room and name. Modules are imported when they are first asked for."""

    def __init__(self, foreign: tuple[Foreign, ...] = ()) -> None:
        self._foreign = foreign
        self._found: dict[tuple[str, str], Any] = {}
        self._refuse_duplicates()

    def find(self, room: str, name: str) -> Any:
        """Return the kind or target of that name in a room, or None when there is none."""
        return self._plugin(_group(room), room, name)

    def names(self, room: str) -> tuple[str, ...]:
        """Return the names of a room's plug-ins, sorted."""
        group = _group(room)
        return tuple(sorted([*_walk(group, room), *(plugin.name for plugin in self._of_room(group, room))]))

    def checks(self, plugins: frozenset[str]) -> Iterator[Any]:
        """Yield every built-in check, and those of the foreign distributions named in plugins."""
        for noun in sorted(_folders("checks")):
            for name in sorted(_walk("checks", noun)):
                yield self._plugin("checks", noun, name)
        for plugin in self._foreign:
            if plugin.group == "mlproject.checks" and plugin.distribution in plugins:
                yield _load(plugin.module, "CHECK", f"of distribution `{plugin.distribution}`")

    def foreign_names(self) -> tuple[str, ...]:
        """Return the distributions that bring plug-ins, sorted."""
        return tuple(sorted({plugin.distribution for plugin in self._foreign}))

    def _plugin(self, group: str, room: str, name: str) -> Any:
        key = (f"{group}/{room}", name)
        if key not in self._found:
            self._found[key] = self._import(group, room, name)
        return self._found[key]

    def _import(self, group: str, room: str, name: str) -> Any:
        for plugin in self._of_room(group, room):
            if plugin.name == name:
                return _load(plugin.module, CONSTANTS[group], f"of distribution `{plugin.distribution}`")
        stem = name.replace("-", "_")
        is_name = stem.isidentifier() and not stem.startswith("_") and stem not in _NOT_PLUGINS
        if not is_name or not _is_plugin(os.path.join(_PACKAGE, group, room, stem)):
            return None
        return _load(f"compiler.{group}.{room}.{stem}", CONSTANTS[group], "of the compiler")

    def _of_room(self, group: str, room: str) -> Iterator[Foreign]:
        return (plugin for plugin in self._foreign if plugin.group == f"mlproject.{group}.{room}")

    def _refuse_duplicates(self) -> None:
        seen: dict[tuple[str, str], str] = {}
        for plugin in self._foreign:
            key = (plugin.group, plugin.name)
            if key in seen:
                raise BrokenPluginError(f"plug-in `{plugin.name}` of {plugin.group} is brought by both "
                                   f"`{seen[key]}` and `{plugin.distribution}`")
            seen[key] = plugin.distribution
            parts = plugin.group.split(".")
            if len(parts) == 3 and plugin.name in _walk(parts[1], parts[2]):
                raise BrokenPluginError(f"plug-in `{plugin.name}` of {plugin.group}, brought by "
                                   f"`{plugin.distribution}`, has the name of a built-in one")


def discover(folders: tuple[str, ...] | None = None) -> Registry:
    """Return the registry of everything that is installed in folders (default: `sys.path`)."""
    return Registry(tuple(sorted(_entry_points(tuple(sys.path) if folders is None else folders))))


def _group(room: str) -> str:
    return "targets" if room in TARGET_ROOMS else "kinds"


def _walk(group: str, room: str) -> Mapping[str, str]:
    folder = os.path.join(_PACKAGE, group, room)
    if not os.path.isdir(folder):
        return {}
    stems = {entry.removesuffix(".py") for entry in os.listdir(folder) if not entry.startswith(("_", "."))}
    wanted = sorted(stem for stem in stems - _NOT_PLUGINS if _is_plugin(os.path.join(folder, stem)))
    return {stem.replace("_", "-"): stem for stem in wanted}


def _is_plugin(stem: str) -> bool:
    return os.path.isfile(f"{stem}.py") or os.path.isfile(os.path.join(stem, "__init__.py"))


def _folders(group: str) -> Iterator[str]:
    base = os.path.join(_PACKAGE, group)
    return (entry for entry in os.listdir(base) if os.path.isfile(os.path.join(base, entry, "__init__.py")))


def _load(module: str, constant: str, owner: str) -> Any:
    try:
        loaded = import_module(module)
    except Exception as failure:
        raise BrokenPluginError(f"plug-in module `{module}` {owner} does not import: "
                           f"{type(failure).__name__}: {failure}") from failure
    try:
        return getattr(loaded, constant)
    except AttributeError:
        raise BrokenPluginError(f"plug-in module `{module}` {owner} has no `{constant}`") from None


def _entry_points(folders: tuple[str, ...]) -> Iterator[Foreign]:
    """Read entry points directly: importing `importlib.metadata` costs more than a whole `--help`."""
    for folder in dict.fromkeys(folders):
        try:
            entries = sorted(os.listdir(folder or "."))
        except OSError:
            continue
        for entry in entries:
            if entry.endswith(".dist-info"):
                yield from _of_distribution(os.path.join(folder, entry))


def _of_distribution(folder: str) -> Iterator[Foreign]:
    content = content_of(f"{folder}/entry_points.txt")
    if b"mlproject." not in content:
        return
    distribution = os.path.basename(folder).removesuffix(".dist-info").rsplit("-", 1)[0].replace("_", "-").lower()
    group = ""
    for line in map(str.strip, content.decode().splitlines()):
        if line.startswith("["):
            group = line.strip("[]").strip()
        elif "=" in line and group.startswith("mlproject."):
            name, module = (part.strip() for part in line.split("=", 1))
            yield Foreign(group, name, module, distribution)
