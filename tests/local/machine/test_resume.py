"""A run that was killed at any moment goes on, and repeats nothing that had ended."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compiler.local.engine.engine import Engine
from compiler.local.engine.nodes import node_of, status_of
from tests.local.parity.corpus import cases
from tests.local.scripted import START, ending_of, run_scripted
from tests.local.workflows import phases, prepare, run

SPEC = """
templates:
  - name: main
    dag:
      tasks:
        - {{name: a, template: note}}
        - {{name: b, template: wait, depends: a}}
        - {{name: c, template: note, depends: b}}
  - {{name: note, container: {{command: [sh, -c, "echo {{{{node.name}}}} >> {folder}/noted"]}}}}
  - name: wait
    container:
      command: [sh, -c, "exec 3<> {folder}/held; echo began > {folder}/pipe; test -f {folder}/go || sleep 600"]
"""
PROGRAM = """
import os, signal, sys
from compiler.local.machine.run_folder import RunFolder
from tests.local.workflows import run

class Doomed(RunFolder):
    def _write(self, name, content):
        global left
        left -= 1
        if left == 0 and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        super()._write(name, content)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

left, when = int(sys.argv[2]), sys.argv[3]
run(Doomed(sys.argv[1]))
"""
ROOT = Path(__file__).parents[3]


@pytest.fixture
def held(tmp_path):
    """What ends when the last process of the step `b` is gone."""
    for name in ("pipe", "held"):
        os.mkfifo(tmp_path / name)
    reader = os.open(tmp_path / "held", os.O_RDONLY | os.O_NONBLOCK)
    yield reader
    os.close(reader)


def is_gone(held: int) -> bool:
    return bool(select.select([held], [], [], 20)[0]) and os.read(held, 1) == b""


def finish(folder, tmp_path) -> None:
    """Go on to the end, and see that `a` did not run again."""
    (tmp_path / "pipe").unlink()
    (tmp_path / "go").touch()
    assert phases(run(folder)) == {"small-1": "Succeeded", "a": "Succeeded", "b": "Succeeded", "c": "Succeeded"}
    assert (tmp_path / "noted").read_text() == "small-1.a\nsmall-1.c\n"


def test_killed_while_a_step_runs(tmp_path, held):
    folder = prepare(tmp_path, SPEC.format(folder=tmp_path))
    runner = subprocess.Popen([sys.executable, "-c", PROGRAM, folder.path, "99", "-"], cwd=ROOT)
    # Opening waits for the step: it has begun, and the status says so.
    assert (tmp_path / "pipe").read_text() == "began\n"
    runner.send_signal(signal.SIGKILL)
    runner.wait()
    assert is_gone(held)
    finish(folder, tmp_path)


def test_interrupted(tmp_path, held):
    folder = prepare(tmp_path, SPEC.format(folder=tmp_path))
    runner = subprocess.Popen([sys.executable, "-m", "compiler", "run", "--resume", folder.path], cwd=ROOT,
                              stderr=subprocess.PIPE, text=True,
                              # A shell starts what it puts into the background deaf to it.
                              preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))  # noqa: PLW1509
    assert (tmp_path / "pipe").read_text() == "began\n"
    runner.send_signal(signal.SIGINT)
    _, said = runner.communicate(timeout=120)
    assert runner.returncode == 130
    assert "mlproject run --resume" in said
    assert is_gone(held)
    finish(folder, tmp_path)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("writes", [1, 2, 3, 4, 6])
def test_killed_at_a_write_of_the_status(tmp_path, writes, when):
    spec = """
        templates:
          - name: main
            dag: {tasks: [{name: a, template: note}, {name: b, template: note, depends: a}]}
          - {name: note, container: {command: [sh, -c, "echo {{node.name}} >> %s/noted"]}}
        """ % tmp_path
    folder = prepare(tmp_path, spec)
    done = subprocess.run([sys.executable, "-c", PROGRAM, folder.path, str(writes), when], cwd=ROOT, check=False)
    known = {node.name for node in folder.nodes().values() if node.phase == "Succeeded"}
    assert done.returncode in (0, -signal.SIGKILL)
    assert run(folder).phase == "Succeeded"
    noted = (tmp_path / "noted").read_text().split()
    assert {"small-1.a", "small-1.b"} == set(noted)
    assert all(noted.count(name) == 1 for name in known & set(noted))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(case=st.sampled_from(cases()), moment=st.integers(0, 12))
def test_every_workflow_goes_on_from_any_moment(case, moment):
    """Stop after some ends, write the status, read it back in a new engine: the end is the same, no pod ran twice."""
    whole = run_scripted(case.workflow, case.outcome)
    engine = Engine(case.workflow, started=START)
    ended: list[str] = []
    now = START
    for _ in range(moment):
        turn = engine.advance(now)
        if engine.is_over or not turn.starts:
            break
        for pod in turn.starts:
            end = ending_of(pod, case.outcome(pod.node.name))
            if end is not None:
                now += 0.01
                engine.ended(pod.node.id, end, now)
                ended.append(pod.node.id)
    nodes = {key: node_of(status_of(node)) for key, node in engine.nodes.items()}
    again = Engine(case.workflow, started=START, nodes=nodes)
    ran: list[str] = []

    def outcome(name):
        ran.append(name)
        return case.outcome(name)

    if not engine.is_over:
        run_scripted(case.workflow, outcome, again)
        assert {node.name: node.phase for node in again.nodes.values()} == {
            node.name: node.phase for node in whole.nodes.values()}
        assert not {engine.nodes[key].name for key in ended} & set(ran)
