"""What is refused in policies before any engine runs them; user's and built-in policies alike."""

from collections.abc import Iterator, Mapping, Sequence

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.policy.allowed import ALLOWED, ALLOWED_IN_TESTS, REFUSED, RESERVED
from compiler.policy.faults import fault
from compiler.policy.interface import LIBRARY, ROOT, STAGES, TEST_SUFFIX, Pack, Policy
from compiler.policy.rego import Module, metadata_of, package_of, refused_verb, scan
from compiler.records import NamedTuple

MAX_BYTES = 256 * 1024
_DENY = "deny"


class Sorted(NamedTuple):
    """The files of all packs by what they are for: a stage, or `lib`; and what is wrong with the packs as such."""

    files: Mapping[str, Mapping[str, str]]
    faults: tuple[Diagnostic, ...]


def sort_files(packs: Sequence[Pack]) -> Sorted:
    """Sort files by their package, and refuse packs that are not whole or get in each other's way."""
    files: dict[str, dict[str, str]] = {stage: {} for stage in (*STAGES, LIBRARY)}
    faults: list[Diagnostic] = []
    owners: dict[str, str] = {}
    for pack in packs:
        count = 0
        for file, text in sorted(pack.files.items()):
            package = package_of(text)
            root, _, rest = package.partition(".")
            stage = rest.partition(".")[0]
            if root != ROOT or stage not in files or package not in _expected_packages(file):
                faults.append(_bad_package(file, package))
                continue
            if package in owners:
                faults.append(_duplicate(file, package, owners[package]))
            owners[package] = file
            files[stage][file] = text
            count += stage != LIBRARY and not file.endswith(TEST_SUFFIX)
        faults += _pack_faults(pack, count)
    if not owners and not faults:
        faults.append(fault("no-rules", "there is no policy to judge by", help="reinstall mlproject-compiler"))
    return Sorted(files, tuple(faults))


def inspect(files: Mapping[str, str], library: Mapping[str, str]) -> tuple[tuple[Policy, ...], tuple[Diagnostic, ...]]:
    """Return the policies among the files of a stage, in order, and what is wrong with these files and the library."""
    modules = [scan(file, text) for file, text in (*library.items(), *files.items())]
    functions = {module.package: module.functions for module in modules}
    faults = [wrong for module in modules for wrong in _module_faults(module, functions)]
    policies = sorted(_policy(module) for module in modules if _is_policy(module))
    return tuple(policies), tuple(faults)


def _is_policy(module: Module) -> bool:
    return not module.file.endswith(TEST_SUFFIX) and not module.package.startswith(f"{ROOT}.{LIBRARY}.")


def _policy(module: Module) -> Policy:
    metadata, line = metadata_of(module.text)
    _, stage, noun, rule = module.package.split(".")
    return Policy(stage, noun, rule, module.file, metadata, line)


def _pack_faults(pack: Pack, count: int) -> Iterator[Diagnostic]:
    # A repository may bring thresholds alone, and be judged by the built-in policies.
    if not count and (pack.files or not pack.data):
        yield fault("no-rules", f"the pack `{pack.name}` has no policy", file=pack.name,
                    help="add a policy, or remove the folder; reinstall mlproject-compiler if it is the built-in pack")
    elif count < pack.minimum:
        yield fault("too-few", f"the pack `{pack.name}` has {count} policies, expected at least {pack.minimum}",
                    file=pack.name, help="restore the missing files, or lower `minimum` in pack.json")
    if ROOT in pack.data:
        yield fault("bad-data", f"data named `{ROOT}` would replace the policies", file=pack.name,
                    help="give the top-level key of the data file another name")


def _duplicate(file: str, package: str, other: str) -> Diagnostic:
    return fault("duplicate-package", f"package `{package}` is also in {other}", file=file,
                 help="rename the policy: a pack adds policies and does not replace them")


def _bad_package(file: str, package: str) -> Diagnostic:
    expected = "` or `".join(_expected_packages(file))
    return fault("bad-package", f"package is `{package}`, expected `{expected}`", file=file,
                 help="the package follows from the path: NOUN/RULE.rego")


def _expected_packages(file: str) -> tuple[str, ...]:
    folder, _, name = file.removesuffix(".rego").rpartition("/")
    noun = folder.rpartition("/")[2]
    if noun == LIBRARY:
        return (f"{ROOT}.{LIBRARY}.{name}",)
    return tuple(f"{ROOT}.{stage}.{noun}.{name}" for stage in STAGES)


def _module_faults(module: Module, functions: Mapping[str, frozenset[str]]) -> Iterator[Diagnostic]:
    if len(module.text) > MAX_BYTES:
        yield fault("unsupported", f"the file is larger than {MAX_BYTES} bytes", file=module.file,
                    help="move lists to a data file")
        return
    if _is_policy(module):
        yield from _policy_faults(module)
        yield from _negations(module)
    yield from _shadows(module)
    yield from _oddities(module)
    yield from _calls(module, functions)


def _policy_faults(module: Module) -> Iterator[Diagnostic]:
    if _DENY not in module.sets:
        line, column = module.place(module.heads.get(_DENY, 0))
        yield fault("bad-rule", "a policy needs a rule `deny contains finding if { ... }`", file=module.file,
                    line=line, column=column, help="`deny` is a set, so that every finding counts")
    if not metadata_of(module.text)[0]:
        yield fault("bad-metadata", "the policy has no METADATA", file=module.file,
                    help="start the file with `# METADATA`, then title, description and custom")


def _shadows(module: Module) -> Iterator[Diagnostic]:
    for name, offset in module.heads.items():
        if name in RESERVED:
            yield _at(module, offset, "unsupported", f"rule `{name}` has the name of a built-in", "rename it")
    for alias, path in module.imports.items():
        if alias in RESERVED:
            yield _at(module, max(module.text.find(path), 0), "unsupported",
                      f"import `{alias}` has the name of a built-in", "import it `as` another name")


def _oddities(module: Module) -> Iterator[Diagnostic]:
    for text, offset in module.oddities:
        if text.endswith("("):
            yield _at(module, offset, "forbidden-builtin", "a function is called through an expression",
                      "call functions by their plain name")
        elif text.startswith("$"):
            yield _at(module, offset, "unsupported", "string interpolation is unknown to the embedded engine",
                      "use sprintf")
        elif text != "\r":
            yield _at(module, offset, "syntax", "this character may stand in strings and comments only", "remove it")


def _negations(module: Module) -> Iterator[Diagnostic]:
    """Find `not f(x.y)` and `not x.y in z`: where x.y is undefined, OPA leaves the whole rule undefined.

    The embedded engine takes the negation for true. What looks like a rule about missing values would approve
    them on a server.
    """
    for start in module.negations:
        end = min(place for place in (module.text.find(mark, start) for mark in "\n{;") if place > 0)
        within = [name for name in module.names if start < name.offset < end]
        if not any(name.is_call for name in within) and " in " not in module.text[start:end]:
            continue
        for name in within:
            if "." in name.text and not name.is_call and not name.text.startswith("data."):
                yield _at(module, name.offset, "unsupported", f"`{name.text}` behind `not` may be undefined",
                          f"bind it in a line before: the engines differ on a negation whose `{name.text}` is missing")


def _calls(module: Module, functions: Mapping[str, frozenset[str]]) -> Iterator[Diagnostic]:
    allowed = ALLOWED_IN_TESTS if module.file.endswith(TEST_SUFFIX) else ALLOWED
    for name in module.names:
        if name.is_call:
            yield from _call(module, name.text, name.offset, allowed, functions)
        elif name.text in REFUSED and ("." in name.text or name.is_replacement):
            yield _at(module, name.offset, "forbidden-builtin", f"`{name.text}` may not be used in policies",
                      _WHY)


_WHY = "policies may call what gives the same answer everywhere: no network, clock, environment or chance"


def _call(module: Module, name: str, offset: int, allowed: frozenset[str],
          functions: Mapping[str, frozenset[str]]) -> Iterator[Diagnostic]:
    if name in allowed:
        if name == "sprintf":
            wrong = refused_verb(module.text, module.text.index("(", offset) + 1)
            if wrong is not None:
                yield _at(module, offset, "unsupported", f"sprintf with {wrong}",
                          "use %v, %s, %d or %q in a literal: the engines agree on no others")
    elif not _is_defined(module, name, functions):
        known = name in REFUSED or name.partition(".")[0] in RESERVED
        message = f"`{name}` may not be called in policies" if known else f"`{name}` is not a function"
        yield _at(module, offset, "forbidden-builtin", message,
                  _WHY if known else "define it with its name in the first column, or import its package")


def _is_defined(module: Module, name: str, functions: Mapping[str, frozenset[str]]) -> bool:
    if name in module.functions:
        return True
    root, _, rest = name.partition(".")
    path = module.imports.get(root)
    full = f"{path}.{rest}".rstrip(".") if path else name
    package, _, function = full.removeprefix("data.").rpartition(".")
    return full.startswith("data.") and function in functions.get(package, ())


def _at(module: Module, offset: int, code: str, message: str, help: str) -> Diagnostic:
    line, column = module.place(offset)
    return fault(code, message, file=module.file, line=line, column=column, help=help)
