"""The commands that are measured: ours, and each peer as its user would type it on equal work."""

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.measuring import Command
from benchmarks.peers import PeerError, install

HERE = Path(__file__).resolve().parent
PROJECTS = str(HERE / "projects")
SPEC = "specs/employment"


class AbsentPeerError(Exception):
    """A peer is not on this machine and cannot be installed; the text says why."""


def ours(script: str, published: str) -> dict[str, Command]:
    """Return our commands. `published` is a folder that holds the compiled project already."""
    compile_into = [script, "compile", SPEC, "--out"]
    return {
        "help": Command("mlproject --help", lambda _: [[script, "--help"]], PROJECTS),
        "compile": Command("mlproject compile", lambda out: [[*compile_into, out]], PROJECTS),
        "again": Command("mlproject compile, again", lambda _: [[*compile_into, published]], PROJECTS),
    }


def peer(name: str, work: str) -> Command:
    """Return the command of a peer, installed first when it is not there. `work` holds the equal projects."""
    try:
        return PEERS[name](work)
    except PeerError as failure:
        raise AbsentPeerError(str(failure)) from None


def _python(_: str) -> Command:
    return Command("python -c pass", lambda _: [[sys.executable, "-c", "pass"]], PROJECTS)


def _kfp(_: str) -> Command:
    program, script = str(HERE / "programs/kfp_pipeline.py"), str(install("kfp") / "bin/kfp")
    return Command("kfp dsl compile", lambda out: [[script, "dsl", "compile", "--py", program, "--output",
                                                    f"{out}.yaml"]], PROJECTS)


def _hera(_: str) -> Command:
    program, python = str(HERE / "programs/hera_workflow.py"), str(install("hera") / "bin/python")
    return Command("hera to_yaml", lambda out: [[python, program, f"{out}.yaml"]], PROJECTS)


def _kapitan(work: str) -> Command:
    script = str(install("kapitan") / "bin/kapitan")
    return Command("kapitan compile", lambda out: [[script, "compile", "--output-path", out]],
                   os.path.join(work, "kapitan"))


def _kustomize(work: str) -> Command:
    script = shutil.which("kubectl")
    if script is None:
        raise AbsentPeerError("kubectl is not on the PATH")
    overlays = sorted(os.listdir(os.path.join(work, "kustomize/overlays")))

    def line(out: str) -> list[list[str]]:
        os.mkdir(out)
        return [[script, "kustomize", f"overlays/{name}", "-o", os.path.join(out, f"{name}.yaml")] for name in overlays]

    return Command("kubectl kustomize", line, os.path.join(work, "kustomize"))


PEERS: Mapping[str, Callable[[str], Command]] = {
    "python": _python, "kfp": _kfp, "hera": _hera, "kapitan": _kapitan, "kustomize": _kustomize}
RENDERS_OUR_OBJECTS = frozenset({"kapitan", "kustomize"})
