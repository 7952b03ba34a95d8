"""The fork server: steps in sessions of their own, their logs, their ends, and no orphans."""

import os
import queue
import sys

import pytest

from compiler.local.machine.forking import ForkServer
from compiler.local.machine.launch import Launch, is_step
from compiler.local.machine.processes import Ended
from runtime.contract import PROGRAM
from runtime.fork_server import LIBRARIES

WAIT_SECONDS = 60


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """One server without anything preloaded, and the queue of what has ended."""
    ends: queue.Queue[Ended] = queue.Queue()
    folder = tmp_path_factory.mktemp("served")
    server = ForkServer(ends, steps=(), environment={"PATH": os.environ["PATH"]}, log=str(folder / "server.log"))
    yield server, ends, folder
    server.close()


def launch(folder, node: str, *words: str, environment=None) -> Launch:
    argv = (sys.executable, *PROGRAM[1:], *words)
    return Launch(node, argv, environment or {}, str(folder), str(folder / node), "", None)


def test_a_step_runs_and_says_why_it_does_not(served):
    server, ends, folder = served
    server.start(launch(folder, "wrong", "notify", "--plan", "absent", "--plan-digest", "0", "--result", "result"))
    assert ends.get(timeout=WAIT_SECONDS) == Ended("wrong", 2)
    assert "the plan file absent cannot be read" in (folder / "wrong").read_text()


def test_arguments_that_are_none(served):
    server, ends, folder = served
    server.start(launch(folder, "none", "no-such-step"))
    assert ends.get(timeout=WAIT_SECONDS) == Ended("none", 2)
    assert "invalid choice" in (folder / "none").read_text()


def test_killed(served, tmp_path):
    server, ends, folder = served
    os.mkfifo(tmp_path / "plan")
    # Reading a pipe that nobody writes takes for ever.
    server.start(launch(folder, "slow", "notify", "--plan", str(tmp_path / "plan"), "--plan-digest", "0",
                        "--result", "result"))
    server.kill("slow")
    assert ends.get(timeout=WAIT_SECONDS) == Ended("slow", 137)


def test_nothing_outlives_the_server(tmp_path):
    ends: queue.Queue[Ended] = queue.Queue()
    server = ForkServer(ends, steps=(), environment={"PATH": os.environ["PATH"]}, log=str(tmp_path / "server.log"))
    os.mkfifo(tmp_path / "plan")
    server.start(launch(tmp_path, "slow", "notify", "--plan", str(tmp_path / "plan"), "--plan-digest", "0",
                        "--result", "result"))
    # Opening for writing waits for the step to open for reading: it runs.
    writer = os.open(tmp_path / "plan", os.O_WRONLY)
    server.close()
    assert ends.get(timeout=WAIT_SECONDS) == Ended("slow", 137)
    os.close(writer)


def test_what_the_fork_server_starts(monkeypatch):
    assert is_step((sys.executable, "-m", "runtime", "train"), PROGRAM)
    assert not is_step((sys.executable, "-m", "other", "train"), PROGRAM)
    assert not is_step(("sh", "-c", "python -m runtime"), PROGRAM)


def test_steps_of_the_table_are_steps():
    from runtime.contract import STEPS

    assert set(LIBRARIES) <= set(STEPS)
