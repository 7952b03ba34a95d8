"""Explain a diagnostic's code, or where a value came from.

  mlproject explain serving/canary-weights
  mlproject explain specs/churn production deployment.scaling.minimum
"""

import os
from argparse import ArgumentParser, Namespace

from compiler.commands.console import OK, REFUSED, USAGE, Console
from compiler.source.path import FieldPath, dotted, parse_dotted
from compiler.spec.layers import ABSENT, Layer, merge, origin, value_at


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("what", metavar="CODE | SPEC", help="code of a diagnostic, or a spec file or folder")
    parser.add_argument("environment", nargs="?", metavar="ENV", help="environment of the spec")
    parser.add_argument("path", nargs="?", metavar="PATH", help="path of a value, such as deployment.scaling.minimum")


def run(options: Namespace, console: Console) -> int:
    """Print a page, or a value with each layer it came through."""
    if options.environment is None:
        return _page(options.what, console)
    path = parse_dotted(options.path or "")
    if path is None:
        console.say(f"mlproject: `{options.path}` is not a path\n"
                    "  help: write it like deployment.strategy.steps[1].weight\n")
        return USAGE
    return _value(options.what, options.environment, path, console)


def _page(code: str, console: Console) -> int:
    from compiler.pages import codes, page_of

    page = page_of(code)
    if page is not None:
        console.out(f"{code}\n\n{page.strip()}\n")
        return OK
    from compiler.diagnostics.suggest import suggest

    meant = suggest(code, tuple(codes()))
    hint = f"did you mean `{meant}`?" if meant else "the code stands in brackets behind a diagnostic"
    console.say(f"mlproject: there is no page for `{code[:60]}`\n  help: {hint}\n")
    return USAGE


def _value(spec: str, environment: str, path: FieldPath, console: Console) -> int:
    from compiler.commands.selecting import report
    from compiler.diagnostics.diagnostic import has_errors
    from compiler.passes.layering import environments_of, layers_of
    from compiler.passes.resolve import check_shape
    from compiler.repository import SPEC, load
    from compiler.root import find_root

    file = os.path.join(spec, SPEC) if os.path.isdir(spec) else spec
    loaded = load((file,), find_root(file))
    faults = (*loaded.diagnostics, *(fault for files in loaded.projects for fault in check_shape(files.spec)))
    if has_errors(faults):
        report(console, faults, {}, "text")
        return REFUSED
    document = loaded.projects[0].spec
    names = sorted(environments_of(document))
    if environment not in names:
        console.say(f"mlproject: `{file}` has no environment `{environment[:40]}`\n  help: it has {', '.join(names)}\n")
        return USAGE
    return _print_layers(layers_of(document, loaded.organisation, environment), path, console)


def _print_layers(layers: tuple[Layer, ...], path: FieldPath, console: Console) -> int:
    value = value_at(merge(layers), path)
    deciding = origin(layers, path)
    console.out(f"{dotted(path) or '.'} = {_shown(path, value) if value is not ABSENT else '(not set)'}\n")
    rows = [(layer, value_at(layer.data, path)) for layer in layers]
    for layer, said in rows:
        if said is not ABSENT:
            mark = "*" if layer is deciding else " "
            console.out(f" {mark} {_shown(path, said):<24} {layer.name}{_place(layer, path)}\n")
    return OK


def _place(layer: Layer, path: FieldPath) -> str:
    if layer.document is None:
        return ""
    inner = path[1:] if path[:1] == ("environment",) else path
    span = layer.document.locate(layer.prefix + inner)
    return f" ({span.file}:{span.line}:{span.column})"


def _shown(path: FieldPath, value: object) -> str:
    import json

    from compiler.diagnostics.redact import redact_line

    if value is None:
        return "null (removes it)"
    text = json.dumps(value, ensure_ascii=False)
    key = path[-1] if path and isinstance(path[-1], str) else ""
    return redact_line(f"{key}: {text}")[len(key) + 2:]
