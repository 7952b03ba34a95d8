"""Draw the training pipeline of a project in one environment.

  mlproject graph specs/churn dev                        Mermaid, for Markdown
  mlproject graph specs/churn dev --as svg > churn.svg   SVG, for everything else
"""

from argparse import ArgumentParser, Namespace

from compiler.commands.console import OK, USAGE, Console


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("spec", metavar="SPEC", help="spec file or folder")
    parser.add_argument("environment", metavar="ENV", help="environment of the spec")
    parser.add_argument("--as", dest="form", default="mermaid", choices=("mermaid", "svg"), help="default: mermaid")


def run(options: Namespace, console: Console) -> int:
    """Print the drawing."""
    from compiler.commands.selecting import exit_code_of, report
    from compiler.driver import Request, is_blocked, read_projects
    from compiler.passes.lower import lower
    from compiler.registry import discover
    from compiler.repository import find_specs
    from compiler.root import find_root

    specs, faults = find_specs([options.spec])
    request = Request(specs, find_root(options.spec), frozenset({options.environment}))
    registry = discover()
    result = read_projects(request, registry)
    found = (*faults, *result.diagnostics)
    if is_blocked(found, request):
        report(console, found, result.sources, "text")
        return exit_code_of(found)
    pipelines = [lower(project, registry.find).pipeline for project in result.projects]
    if len(pipelines) != 1 or pipelines[0] is None:
        console.say(f"mlproject: there is no pipeline in environment `{options.environment[:40]}` of {options.spec}\n"
                    "  help: name one spec and one of its environments, with training enabled\n")
        return USAGE
    if options.form == "svg":
        from compiler.graph.svg import svg as draw
    else:
        from compiler.graph.mermaid import mermaid as draw
    console.out(draw(pipelines[0]))
    return OK
