"""The part of a verification that needs no signature: files, indexes, and a new compile."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from compiler.commands.console import Console
from compiler.records import NamedTuple

if TYPE_CHECKING:
    from compiler.diagnostics.diagnostic import Diagnostic
    from compiler.provenance.tree import Tree


class Verified(NamedTuple):
    """What is below generated/, what is wrong with it, and the texts that this speaks of."""

    tree: "Tree"
    diagnostics: "tuple[Diagnostic, ...]"
    sources: Mapping[str, str]


def integrity(root: str, console: Console) -> Verified:
    """Hold the files against their indexes, and both against a new compile."""
    from argparse import Namespace

    from compiler.commands.judging import judge_by
    from compiler.commands.waiving import waivers_of
    from compiler.diagnostics.diagnostic import has_errors
    from compiler.policy.packs import read_packs

    with judge_by(lambda: read_packs(root), console) as judge:
        from compiler.driver import Request
        from compiler.passes.police import keep
        from compiler.provenance.tree import look
        from compiler.provenance.verifying import recompiled
        from compiler.registry import discover
        from compiler.repository import GENERATED, find_specs
        from compiler.root import SPECS

        tree = look(os.path.relpath(os.path.join(root, GENERATED)))
        waivers, faults = waivers_of(Namespace(date=""), root, console)
        specs, missing = find_specs([os.path.relpath(os.path.join(root, SPECS))])
        faults = (*tree.diagnostics, *faults, *missing)
        if has_errors(faults):
            return Verified(tree, faults, {})
        request = Request(specs, root, is_whole_repository=True, waive=waivers.apply if waivers else keep)
        report = recompiled(root, tree, request, discover(), judge)
    return Verified(tree, (*faults, *report.diagnostics), report.sources)
