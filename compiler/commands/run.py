"""Run a workflow of a project on this machine: the rendered Argo Workflow itself, without a cluster.

  mlproject run specs/churn                       the training workflow, environment dev
  mlproject run specs/churn --from train          again from one step, with what ran before it
  mlproject run specs/churn --batch               the batch prediction
  mlproject run specs/churn --set plan-digest=... an argument of the workflow, as `argo submit -p`
  mlproject run --resume RUN                      go on with a run that was interrupted

What stands for buckets, registries and secrets is in specs/local.yaml. Exit code 0 when the workflow succeeded,
1 when the data or a gate said no, 4 when the environment failed.
"""

import os
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from compiler.commands.console import ENVIRONMENT, REFUSED, USAGE, Console
from compiler.root import find_root

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compiler.driver import Report
    from compiler.local.engine.nodes import Node
    from compiler.local.machine.run_folder import RunFolder
    from compiler.local.workflow import Workflow

RUNS = "runs"
_INTERRUPTED = 130


def arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("spec", nargs="?", metavar="SPEC", help="spec file or folder")
    parser.add_argument("--env", default="dev", metavar="NAME", help="environment of the spec (default: dev)")
    parser.add_argument("--from", dest="step", metavar="STEP",
                        help="begin at this step; take what comes before it from the last run")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE",
                        help="an argument of the workflow (repeatable)")
    parser.add_argument("--workflow", metavar="NAME", help="name or component of the workflow (default: training)")
    parser.add_argument("--batch", action="store_true", help="the batch prediction instead of the training")
    parser.add_argument("--resume", metavar="RUN", help="go on with a run; what has ended is not repeated")
    parser.add_argument("--isolate", action="store_true", help="a process of its own for each step, from nothing")
    parser.add_argument("--approve", action="store_true", help="go on by itself where a person would have to approve")
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="steps at once (default: one a core)")
    parser.add_argument("--name", metavar="RUN", help="name of the run (default: workflow, date and time)")
    parser.add_argument("--runs", metavar="DIR", help=f"folder of the runs (default: {RUNS}/ of the repository)")


def run(options: Namespace, console: Console) -> int:
    """Prepare a run, or find one, and run it to its end."""
    from compiler.local.machine.runner import StuckError
    from compiler.local.stand_ins import StandInError
    from compiler.local.workflow import MissingError

    if (options.spec is None) == (options.resume is None):
        return _wrong(console, "name either a spec, or a run with --resume")
    try:
        if options.resume is not None:
            folder = _find(options)
            return _wrong(console, f"there is no run {options.resume}", "see `mlproject runs`") if folder is None else (
                _run(folder, options, console))
        return _run_spec(options, console)
    except (MissingError, StandInError) as failure:
        return _wrong(console, str(failure))
    except StuckError as failure:
        console.say(f"mlproject: {failure} waits for nothing that could happen; a cluster would wait for ever\n"
                    "  help: a task hangs from one whose outputs could not be made; see `mlproject logs`\n")
        return ENVIRONMENT


def _find(options: Namespace) -> "RunFolder | None":
    from compiler.local.machine.run_folder import RUN, RunFolder

    for path in (options.resume, os.path.join(_runs(options), options.resume)):
        if os.path.isfile(os.path.join(path, RUN)):
            return RunFolder(path)
    return None


def _runs(options: Namespace) -> str:
    return options.runs or os.path.join(find_root(options.spec or "."), RUNS)


def _run_spec(options: Namespace, console: Console) -> int:
    from compiler.commands.selecting import exit_code_of, report, tally

    result, is_blocked = _compile(options, console)
    if is_blocked:
        report(console, result.diagnostics, result.sources, "text")
        console.say(f"{tally(result.diagnostics)}; nothing ran\n")
        return exit_code_of(result.diagnostics)
    if len(result.folders) != 1:
        return _wrong(console, f"{options.spec} makes {len(result.folders)} projects in environment "
                               f"`{options.env[:40]}`, expected one", "name one spec, and one of its environments")
    folder = _prepare(options, result, console)
    return USAGE if folder is None else _run(folder, options, console)


def _compile(options: Namespace, console: Console) -> "tuple[Report, bool]":
    from compiler.commands.judging import judge_for
    from compiler.driver import Report, Request, compile_specs, is_blocked
    from compiler.registry import discover
    from compiler.repository import find_specs

    root = find_root(options.spec)
    with judge_for(Namespace(root=root, paths=[options.spec]), console) as judge:
        console.progress("compiling ...")
        specs, faults = find_specs([options.spec])
        request = Request(specs, root, frozenset({options.env}))
        result = Report(faults, {}) if faults else compile_specs(request, discover(), judge)
    console.progress("")
    return result, is_blocked(result.diagnostics, request)


def _prepare(options: Namespace, result: "Report", console: Console) -> "RunFolder | None":
    """Make the folder of a run, after everything that can be refused was refused."""
    from compiler.local.choosing import choose
    from compiler.local.machine.naming import run_name, started_now
    from compiler.local.machine.run_folder import RunFolder
    from compiler.local.machine.session import missing_secrets, objects_in, stand_ins_at
    from compiler.local.supported import refusals
    from compiler.local.workflow import workflow_of

    place, files = next(iter(result.folders.items()))
    rendered = _rendered(files)
    objects, root = objects_in(rendered), os.path.abspath(find_root(options.spec))
    template = choose(objects, options.workflow or ("batch" if options.batch else "training"))
    folder = RunFolder(os.path.join(_runs(options), options.name or run_name(template, _runs(options))))
    values = dict(pair.partition("=")[::2] for pair in options.set)
    workflow = workflow_of(objects, template=template, run=folder.name, values=values)
    refused = list(refusals(workflow, may_approve=options.approve))
    if refused:
        console.say("".join(f"mlproject: {one}\n" for one in refused) + "  help: nothing ran\n")
        return None
    nodes = _earlier(options, template, workflow) if options.step else {}
    for reference in missing_secrets(workflow, objects, stand_ins_at(root)):
        console.say(f"mlproject: nothing stands for {reference} in specs/local.yaml; its variable is left out\n")
    about = {"started": started_now(), "spec": os.path.relpath(options.spec, root), "environment": options.env,
             "project": place.partition("/")[2], "template": template, "root": root, "set": values,
             "isolated": options.isolate}
    folder.create(about, rendered)
    if nodes:
        folder.save(phase="Running", message="", started=about["started"], finished=None, nodes=nodes)
    return folder


def _earlier(options: Namespace, template: str, workflow: "Workflow") -> "dict[str, Node]":
    from compiler.local.choosing import nodes_before
    from compiler.local.machine.run_folder import runs_in
    from compiler.local.machine.session import workflow_in
    from compiler.local.workflow import MissingError

    for earlier in runs_in(_runs(options)):
        if earlier.about()["template"] == template and earlier.status():
            return nodes_before(earlier.nodes(), options.step, old=workflow_in(earlier), new=workflow)
    raise MissingError(f"there is no earlier run of {template} to take the steps before `{options.step}` from")


def _rendered(files: "Mapping[str, bytes]") -> bytes:
    return b"---\n".join(content for name, content in sorted(files.items()) if name.endswith(".yaml"))


def _run(folder: "RunFolder", options: Namespace, console: Console) -> int:
    from compiler.local.machine.ending import exit_code_of, words_of
    from compiler.local.machine.progress import Lines, Tree
    from compiler.local.machine.runner import Runner
    from compiler.local.machine.session import settings_of, workflow_in

    shown = os.path.relpath(folder.path)
    console.say(f"running {folder.name} in {shown}\n")
    show = Tree(console.say, has_colour=console.has_colour) if console.is_terminal else Lines(console.say)
    runner = Runner(workflow_in(folder), folder, settings_of(folder, console.variables, jobs=options.jobs), show)
    try:
        runner.run()
    except KeyboardInterrupt:
        console.say(f"\nmlproject: interrupted; `mlproject run --resume {shown}` goes on, and repeats nothing that "
                    "has ended\n")
        return _INTERRUPTED
    for line in words_of(runner.engine, folder):
        console.say(f"{line}\n")
    code = exit_code_of(runner.engine)
    console.say(f"{folder.name}: {runner.engine.phase}{', and refused' if code == REFUSED else ''}\n")
    return code


def _wrong(console: Console, message: str, help: str = "see `mlproject run --help`") -> int:
    console.say(f"mlproject: {message}\n  help: {help}\n")
    return USAGE
