"""What sbom and evidence have in common: a project that compiles, in one of its environments."""

import os
from argparse import Namespace
from typing import TYPE_CHECKING

from compiler.commands.console import OK, Console

if TYPE_CHECKING:
    from compiler.promotion.project import Project
    from compiler.spec.resolved import ResolvedProject


def open_target(options: Namespace, console: Console) -> "tuple[tuple[Project, ResolvedProject] | None, int]":
    """Return the project and its environment, or the exit code after saying why there is none."""
    from compiler.commands.judging import judge_by
    from compiler.commands.promoting import code_of, compiler_for
    from compiler.commands.selecting import report
    from compiler.diagnostics.diagnostic import has_errors
    from compiler.policy.packs import read_packs
    from compiler.root import find_root

    root = os.path.abspath(options.root) if options.root else find_root(".")
    with judge_by(lambda: read_packs(root), console) as judge:
        from compiler.promotion.project import no_environment, open_project

        compiler, faults = compiler_for(root, judge, console)
        project, found = open_project(root, options.project, compiler) if not has_errors(faults) else (None, faults)
    target = project.within(options.env) if project is not None and not has_errors(found) else None
    if project is not None and target is None and not has_errors(found):
        found = (*found, no_environment(project, options.env))
    if project is None or target is None or has_errors(found):
        report(console, found, project.loaded.sources if project else {}, "text")
        return None, code_of(found)
    return (project, target), OK
