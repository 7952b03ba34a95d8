"""Check specs against the language, the semantic rules and the policies. Nothing is rendered or written."""

from argparse import ArgumentParser, Namespace

from compiler.commands.arguments import add_selection
from compiler.commands.console import OK, Console
from compiler.commands.judging import judge_for
from compiler.commands.waiving import under_waivers


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    add_selection(parser)


def run(options: Namespace, console: Console) -> int:
    """Check, print what was found, and return the exit code."""
    with judge_for(options, console) as judge:
        from compiler.commands.selecting import counted, exit_code_of, report, request_of, tally
        from compiler.driver import check_specs, is_blocked
        from compiler.registry import discover

        request, faults = request_of(options, console.variables)
        with_waivers = under_waivers(request, options, console)
        faults = (*faults, *with_waivers.faults)
        result = check_specs(with_waivers.request, discover(), judge) if not faults else None
    found = (*faults, *(result.diagnostics if result else ()), *with_waivers.remarks(is_whole=False))
    report(console, found, result.sources if result else {}, options.format)
    if is_blocked(found, request):
        console.say(f"{tally(found)}\n")
        return exit_code_of(found)
    warnings = f", {tally(found)}" if found else ""
    environments = len(result.projects) if result else 0
    console.say(f"checked {counted(len(request.specs), 'spec')} in {counted(environments, 'environment')}{warnings}\n")
    return OK
