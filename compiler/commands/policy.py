"""Test, list and document policies, and judge manifests that no spec made.

  mlproject policy test                       every test_* rule, with coverage
  mlproject policy check manifests/*.yaml     foreign manifests; - reads standard input
  mlproject policy list                       code, stage, severity and title of each policy
  mlproject policy docs --write               rewrite docs/policies/ from METADATA
"""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from compiler.commands.console import OK, OUT_OF_DATE, REFUSED, Console

if TYPE_CHECKING:
    from compiler.policy.testing import Tested

DOCS = "docs/policies"


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("action", choices=("test", "check", "list", "docs"))
    parser.add_argument("paths", nargs="*", metavar="FILE", help="check: manifests, folders of them, or -")
    parser.add_argument("--root", metavar="DIR", help="root of the repository whose policies/ stand beside the pack")
    parser.add_argument("--select", default="", metavar="TEXT", help="test: only those whose package.name contains it")
    parser.add_argument("--minimum-coverage", type=float, default=0, metavar="PERCENT",
                        help="test: exit 1 when a policy is covered less")
    parser.add_argument("--write", action="store_true", help="docs: write the pages instead of checking them")
    parser.add_argument("--format", default="text", choices=("text", "json", "sarif", "junit", "github"),
                        help="check: format of the findings (default: text)")


def run(options: Namespace, console: Console) -> int:
    """Do one of the four."""
    return {"test": _test, "check": _check, "list": _list, "docs": _docs}[options.action](options, console)


def _test(options: Namespace, console: Console) -> int:
    from compiler.commands.judging import root_of
    from compiler.commands.selecting import report
    from compiler.policy.packs import read_packs_with_tests
    from compiler.policy.testing import run_tests

    root = root_of(options)
    tested = run_tests(lambda: read_packs_with_tests(root), select=options.select)
    report(console, tested.faults, {}, "text")
    for test in tested.tests:
        if test.outcome != "pass":
            console.out(f"{test.file}:{test.line}: {test.outcome}: {test.package}.{test.name} {test.message}\n")
    low = _print_coverage(tested, options.minimum_coverage, console)
    counts = {outcome: sum(test.outcome == outcome for test in tested.tests) for outcome in ("pass", "fail", "error")}
    console.out(f"{counts['pass']} passed, {counts['fail'] + counts['error']} failed\n")
    return OK if tested.is_passed and not low else REFUSED


def _print_coverage(tested: "Tested", minimum: float, console: Console) -> bool:
    """Print the policies that tests do not reach wholly, and tell whether one is below the minimum."""
    for one in tested.coverage:
        if one.missing:
            lines = ", ".join(map(str, one.missing))
            console.out(f"{one.file}: {one.percent:.0f} % of {one.lines} lines, without {lines}\n")
    total = sum(one.lines for one in tested.coverage)
    if total:
        console.out(f"coverage: {100 * sum(one.covered for one in tested.coverage) / total:.1f} % of {total} lines\n")
    return any(one.percent < minimum for one in tested.coverage)


def _check(options: Namespace, console: Console) -> int:
    from compiler.commands.judging import judge_for
    from compiler.commands.manifests import read_manifest_files
    from compiler.commands.selecting import exit_code_of, report, tally
    from compiler.diagnostics.diagnostic import has_errors
    from compiler.policy.foreign import check_manifests

    files, faults = read_manifest_files(options.paths, console)
    with judge_for(Namespace(root=options.root, paths=[]), console) as judge:
        checked = check_manifests(files, judge)
    found = (*faults, *checked.diagnostics)
    report(console, found, checked.sources, options.format)
    console.say(f"judged {len(checked.manifests)} manifests: {tally(found) or 'no findings'}\n")
    return exit_code_of(found) if has_errors(found) else OK


def _list(options: Namespace, console: Console) -> int:
    from compiler.commands.judging import root_of
    from compiler.commands.selecting import report
    from compiler.policy.documents import list_policies
    from compiler.policy.packs import read_packs

    packs = read_packs(root_of(options))
    listed, faults = list_policies(packs.packs)
    report(console, (*packs.faults, *faults), {}, "text")
    for one in listed:
        console.out(f"{one.policy.code:<34} {one.policy.stage:<10} {one.metadata.severity:<8} {one.metadata.title}\n")
    return REFUSED if packs.faults or faults else OK


def _docs(options: Namespace, console: Console) -> int:
    from compiler.policy.documents import stale_pages, write_pages

    if options.write:
        for page in write_pages(DOCS):
            console.out(f"wrote {DOCS}/{page}\n")
        return OK
    stale = stale_pages(DOCS)
    for page in stale:
        console.say(f"out of date: {DOCS}/{page}\n  help: mlproject policy docs --write\n")
    return OUT_OF_DATE if stale else OK
