"""Starts the policy engine before anything heavy is imported: it gets ready while the compile reads."""

import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from compiler.commands.console import Console
from compiler.policy.interface import Judge, ReadPacks
from compiler.policy.packs import read_packs
from compiler.root import find_root


def root_of(options: Namespace) -> str:
    """Return the root of the repository that the arguments speak of."""
    return os.path.abspath(options.root) if options.root else find_root(options.paths[0] if options.paths else ".")


@contextmanager
def judge_for(options: Namespace, console: Console) -> Iterator[Judge]:
    """Yield the engine: embedded, or the OPA server that `OPA_URL` names. It ends with the block."""
    root = root_of(options)
    with judge_by(lambda: read_packs(root), console) as judge:
        yield judge


@contextmanager
def judge_by(read: ReadPacks, console: Console) -> Iterator[Judge]:
    """Yield the engine with the packs that `read` returns."""
    url = console.variables.get("OPA_URL", "")
    judge: Judge
    if url:
        from compiler.policy import server

        judge = server.start(read, url=url, token=console.variables.get("OPA_TOKEN", ""),
                             ca_file=console.variables.get("OPA_CA_FILE", ""))
    else:
        from compiler.policy import embedded

        judge = embedded.start(read)
    try:
        yield judge
    finally:
        judge.close()
