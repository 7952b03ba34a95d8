"""Rego text as far as it matters before an engine runs it: package, imports, functions, calls.

The scan tells strings and comments from code, and code into names and the calls among them. Neither engine
accepts white space inside a dotted name, so a name in the text is the name that is called. A test holds it
against the engine's own syntax tree.
"""

import re
from collections.abc import Mapping
from functools import cache

from compiler.records import NamedTuple

_TOKEN = re.compile(r"""
    \#[^\n]* | "(?:[^"\\\n]|\\.)*" | `[^`]*`
  | (?P<name>(?<![\w.])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?P<call>\s*\()?
  | (?P<odd>\]\s*\( | \$["`] | (?<=\.)[A-Za-z_][\w.]*\s*\( | [^\x00-\x7f] | [\x00-\x08\x0b-\x1f\x7f"`])
""", re.VERBOSE | re.ASCII)
_PACKAGE = re.compile(r"^package[ \t]+([\w.]+)", re.MULTILINE | re.ASCII)
_IMPORT = re.compile(r"^import[ \t]+([\w.]+)(?:[ \t]+as[ \t]+(\w+))?", re.MULTILINE | re.ASCII)
_HEAD = re.compile(r"^(?:default[ \t]+)?([A-Za-z_]\w*)(\(|[ \t]+contains\b)?", re.MULTILINE | re.ASCII)
_FORMAT = re.compile(r'\s*("(?:[^"\\\n]|\\.)*"|`[^`]*`)')
_VERB = re.compile(r"%(.?)")
_KEYWORDS = frozenset(("as", "default", "else", "every", "false", "if", "import", "in", "not", "null",
                       "package", "some", "true", "with"))


class Name(NamedTuple):
    """A dotted name in code: a call, a value behind `with` or `as`, or (neither) just a name."""

    text: str
    offset: int
    is_call: bool
    is_replacement: bool


class Module(NamedTuple):
    """One file of Rego. `imports` maps an alias to what it stands for; `heads` a rule's name to its first offset."""

    file: str
    text: str
    package: str
    imports: Mapping[str, str]
    heads: Mapping[str, int]
    functions: frozenset[str]
    sets: frozenset[str]
    names: tuple[Name, ...]
    negations: tuple[int, ...]
    oddities: tuple[tuple[str, int], ...]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset."""
        return self.text.count("\n", 0, offset) + 1, offset - (self.text.rfind("\n", 0, offset) + 1) + 1


def package_of(text: str) -> str:
    """Return the package of a file, empty when it has none."""
    match = _PACKAGE.search(text)
    return match[1] if match else ""


@cache
def scan(file: str, text: str) -> Module:
    """Return what a file of Rego says, without judging it."""
    names: list[Name] = []
    oddities: list[tuple[str, int]] = []
    negations: list[int] = []
    before = ""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind is None:
            continue
        if kind == "odd":
            oddities.append((match[kind], match.start()))
            continue
        name = match["name"]
        if name not in _KEYWORDS:
            names.append(Name(name, match.start(), kind == "call", before in ("with", "as")))
        elif name == "not":
            negations.append(match.start())
        before = name
    imports = {alias or path.rpartition(".")[2]: path for path, alias in _IMPORT.findall(text)}
    heads = [match for match in _HEAD.finditer(text) if match[1] not in _KEYWORDS]
    return Module(file, text, package_of(text), imports,
                  {match[1]: match.start(1) for match in reversed(heads)},
                  frozenset(match[1] for match in heads if match[2] == "("),
                  frozenset(match[1] for match in heads if match[2] not in (None, "(")), tuple(names),
                  tuple(negations), tuple(oddities))


def moved_below(text: str, prefix: str) -> str:
    """Return the text with its package, and everything it reaches under `data`, below a package called prefix."""
    before = ""

    def moved(match: re.Match[str]) -> str:
        nonlocal before
        name = match.group("name")
        if name is None:
            return match[0]
        is_package, before = before == "package", name
        if is_package:
            return f"{prefix}.{match[0]}"
        return f"data.{prefix}{match[0][4:]}" if name == "data" or name.startswith("data.") else match[0]

    return _TOKEN.sub(moved, text)


def refused_verb(text: str, offset: int) -> str | None:
    """Return what is wrong with the format of the `sprintf(` whose arguments start at offset, None if nothing is."""
    match = _FORMAT.match(text, offset)
    if match is None:
        return "a format that is not a literal"
    for verb in _VERB.findall(match[1]):
        if verb not in ("v", "s", "d", "q", "%"):
            return f"`%{verb}`"
    return None


def metadata_of(text: str) -> tuple[str, int]:
    """Return the YAML of the METADATA comment above the package and the line where it starts; empty for none."""
    yaml: list[str] | None = None
    first = 1
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("package"):
            break
        if line.strip() == "# METADATA":
            yaml, first = [], number + 1
        elif yaml is not None and line.startswith("#"):
            yaml.append(line[2:])
    return "\n".join(yaml or ()), first
