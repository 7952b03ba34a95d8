"""Put a plan on its pull or merge request: one comment, edited in place.

  mlproject plan --base origin/main --head HEAD --out plan.json
  mlproject comment plan.json --request 12
  mlproject comment plan.json --print           what would be written; no token, no network

The plan is a file, so that the job that may write comments need not run what a proposal brings. The host is that
of the remote; GITHUB_TOKEN or GITLAB_TOKEN must let it write comments.
"""

import re
from argparse import ArgumentParser, Namespace

from compiler.commands.console import ENVIRONMENT, OK, REFUSED, USAGE, Console

_PULL = re.compile(r"refs/pull/(\d+)/(?:merge|head)")


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("plan", metavar="FILE", help="a plan that `mlproject plan --out` kept")
    parser.add_argument("--request", type=int, metavar="NUMBER", help="the request (default: the one that CI runs for)")
    parser.add_argument("--repository", metavar="URL", help="address of the repository (default: the remote `origin`)")
    parser.add_argument("--print", action="store_true", help="print the comment and write nothing")
    parser.add_argument("--root", metavar="DIR", help="root of the repository (default: found from here)")


def run(options: Namespace, console: Console) -> int:
    """Write or print the comment."""
    from compiler.change.approved import ApprovedError
    from compiler.change.markdown import render_markdown
    from compiler.hosts.interface import HostError
    from compiler.review.commenting import read_plan

    try:
        plan = read_plan(options.plan)
        if options.print:
            console.out(render_markdown(plan))
            return OK
        return _write(options, console, plan)
    except ApprovedError as failure:
        console.say(f"mlproject: {options.plan}: {failure}\n  help: make it with `mlproject plan --out`\n")
        return REFUSED
    except HostError as failure:
        console.say(f"mlproject: {failure}\n  help: {failure.help}\n")
        return ENVIRONMENT


def _write(options: Namespace, console: Console, plan: dict[str, object]) -> int:
    from compiler.hosts.finding import host_of
    from compiler.review.commenting import put_comment, text_for

    number = options.request or _request_of(console)
    if number is None:
        console.say("mlproject: which request is the plan of?\n  help: give it with --request\n")
        return USAGE
    host = host_of(options.repository or _remote(options, console), console.variables)
    if host is None:
        console.say("mlproject: this repository is on no host that takes comments\n  help: give its address with "
                    "--repository; GitHub and GitLab are known\n")
        return USAGE
    done = put_comment(host, number, text_for(plan, host))
    console.say(f"the comment on request {number} is {done}\n")
    return OK


def _request_of(console: Console) -> int | None:
    pull = _PULL.fullmatch(console.variables.get("GITHUB_REF", ""))
    said = pull[1] if pull else console.variables.get("CI_MERGE_REQUEST_IID", "")
    return int(said) if said.isdecimal() else None


def _remote(options: Namespace, console: Console) -> str:
    from compiler.git.objects import Git
    from compiler.root import find_root

    return Git(options.root or find_root("."), console.variables).remote("origin")
