"""Judge the promotions that a proposal makes, whoever edited the lock: what `mlproject promote` asks, asked in CI.

  mlproject promotions --base origin/main                   chain, gates, soak time, freeze and signature
  mlproject promotions --base origin/main --request 12      and the approvals that the host counts

Rules, freezes, keys and times are those of the base. A model that served there before may come back without any of it.
"""

import os
from argparse import ArgumentParser, Namespace

from compiler.commands.console import ENVIRONMENT, OK, USAGE, Console


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--base", required=True, metavar="REV", help="what the proposal is for, such as origin/main")
    parser.add_argument("--request", type=int, metavar="NUMBER", help="request whose approvals count")
    parser.add_argument("--repository", metavar="URL", help="address of the repository (default: the remote `origin`)")
    parser.add_argument("--root", metavar="DIR", help="root of the repository (default: found from here)")
    parser.add_argument("--format", default="text", choices=("text", "json", "sarif", "junit", "github"),
                        help="format of the diagnostics (default: text)")


def run(options: Namespace, console: Console) -> int:
    """Judge, print, and return the exit code."""
    from compiler.git.objects import GitError
    from compiler.hosts.interface import HostError
    from compiler.root import find_root

    root = os.path.abspath(options.root) if options.root else find_root(".")
    try:
        return _judge(options, console, root)
    except HostError as failure:
        console.say(f"mlproject: {failure}\n  help: {failure.help}\n")
        return ENVIRONMENT
    except GitError as failure:
        console.say(f"mlproject: {failure}\n" + (f"  help: {failure.help}\n" if failure.help else ""))
        return USAGE


def _judge(options: Namespace, console: Console, root: str) -> int:
    from tempfile import TemporaryDirectory

    from compiler.commands.judging import judge_by
    from compiler.commands.promoting import code_of, compiler_for
    from compiler.commands.selecting import report
    from compiler.diagnostics.diagnostic import has_errors
    from compiler.git.objects import Git, materialise
    from compiler.policy.packs import read_packs
    from compiler.root import SPECS

    git = Git(root, console.variables)
    approvals = _approvals(options, console, root) if options.request else None
    commit = git.merge_base(git.commit(options.base), "HEAD") or git.commit(options.base)
    with TemporaryDirectory(prefix="mlproject-keys-") as folder, judge_by(lambda: read_packs(root), console) as judge:
        from compiler.promotion.judging import Base, judge_promotions
        from compiler.promotion.promoting import Surroundings
        from compiler.promotion.signature import KEYS, trusted_keys

        materialise(git, commit, folder, KEYS, SPECS)
        compiler, faults = compiler_for(root, judge, console)
        around = Surroundings(console.now, console.variables)
        base = Base(git, commit, folder, trusted_keys(folder, ()), approvals, around)
        judged = judge_promotions(root, base, compiler)
    found = (*faults, *judged.diagnostics)
    report(console, found, judged.sources, options.format)
    console.say("".join(judged.lines) or "this proposal pins no other model\n")
    if approvals is None and judged.lines:
        console.say("approvals were not counted: give --request NUMBER\n")
    return code_of(found) if has_errors(found) else OK


def _approvals(options: Namespace, console: Console, root: str) -> tuple[str, ...]:
    from compiler.git.committing import Committer
    from compiler.hosts.finding import host_of
    from compiler.hosts.interface import HostError

    host = host_of(options.repository or Committer(root, console.variables).address(), console.variables)
    if host is None:
        raise HostError("this repository is on no host that counts approvals", "GitHub and GitLab are known")
    return host.approvals(options.request)
