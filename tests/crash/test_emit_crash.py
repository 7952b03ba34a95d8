"""Whatever stops emit, and at whichever call: each folder is the old one or the new one, and the next run repairs.

Kill -9 is not a loss of power: what the disk had not yet written is not tried here.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import compiler

DRIVER = Path(__file__).with_name("emit_driver.py")
ALL = ["a first compile", "a change beside foreign files", "a change where files have one name",
       "a change without exchange", "a prune", "a prune beside foreign files", "a prune without exchange"]
SOME = ["a change beside foreign files", "a change without exchange", "a prune beside foreign files"]
# Fewer calls than that, and the driver has lost sight of some.
FEWEST = 100


def points(scenario, fault, folder):
    root = os.path.dirname(os.path.dirname(compiler.__file__))
    done = subprocess.run([sys.executable, str(DRIVER), scenario, fault, str(folder)], capture_output=True, text=True,
                          check=False, env={"PYTHONPATH": root})
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["problems"] == []
    return found["points"]


@pytest.mark.parametrize("scenario", ALL)
def test_a_kill_at_any_call_leaves_old_or_new(scenario, memory):
    assert points(scenario, "kill", memory) > FEWEST


@pytest.mark.parametrize(("fault", "scenario"), [
    ("kill twice", "a change without exchange"), ("kill twice", "a prune beside foreign files"),
    ("kill, then another spec", "a change without exchange")])
def test_a_kill_is_repaired_after_another_kill_or_for_another_spec(scenario, fault, memory):
    assert points(scenario, fault, memory) > FEWEST


@pytest.mark.parametrize(("fault", "scenario"), [
    *(("no space", scenario) for scenario in ALL), *(("input/output error", scenario) for scenario in SOME)])
def test_an_error_of_any_call_is_reported_and_leaves_old_or_new(scenario, fault, memory):
    assert points(scenario, fault, memory) > FEWEST


@pytest.mark.parametrize("scenario", SOME)
def test_errors_from_any_call_on_are_reported_and_leave_old_or_new(scenario, memory):
    assert points(scenario, "no permission from then on", memory) > FEWEST
