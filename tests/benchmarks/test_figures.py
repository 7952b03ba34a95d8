"""The arithmetic of the benchmark: ratios of pairs, and the words for them. No test asserts a time."""

import sys

import pytest

from benchmarks.figures import FIGURES, Figure
from benchmarks.measuring import Command, Cost, FailedRunError, Pairing, measure


def _costs(*walls: float) -> tuple[Cost, ...]:
    return tuple(Cost(wall, wall / 2, 10.0) for wall in walls)


@pytest.mark.parametrize(("ours", "theirs", "is_speedup", "median"), [
    pytest.param((1.0, 1.0, 1.0), (2.0, 2.0, 2.0), False, 0.5, id="ours over theirs"),
    pytest.param((1.0, 1.0, 1.0), (2.0, 2.0, 2.0), True, 2.0, id="theirs over ours is a speedup"),
    pytest.param((1.0, 10.0, 1.0), (2.0, 20.0, 2.0), False, 0.5, id="a slow moment slows both of its pair"),
    pytest.param((1.0, 1.0, 9.0), (1.0, 2.0, 3.0), False, 1.0, id="the median, not the mean"),
])
def test_ratio(ours: tuple[float, ...], theirs: tuple[float, ...], is_speedup: bool, median: float) -> None:
    figure = Figure("", "compile", "peer", "wall_seconds", 1, 1, is_speedup=is_speedup)
    assert figure.ratio(Pairing(_costs(*ours), _costs(*theirs))).median == median


@pytest.mark.parametrize(("is_speedup", "must", "aim", "ratio", "verdict"), [
    pytest.param(False, 12, 9, 12.0, "met", id="at most the must"),
    pytest.param(False, 12, 9, 9.0, "aimed", id="at most the aim"),
    pytest.param(False, 12, 9, 12.1, "missed", id="more than the must"),
    pytest.param(True, 5, 7, 5.0, "met", id="a speedup is at least the must"),
    pytest.param(True, 5, 7, 7.5, "aimed", id="a speedup is at least the aim"),
    pytest.param(True, 5, 7, 4.9, "missed", id="a speedup below the must"),
    pytest.param(False, None, None, 99.0, "-", id="nothing is promised"),
])
def test_verdict(is_speedup: bool, must: float | None, aim: float | None, ratio: float, verdict: str) -> None:
    assert Figure("", "compile", "peer", "wall_seconds", must, aim, is_speedup).verdict(ratio) == verdict


@pytest.mark.parametrize("figure", [figure for figure in FIGURES if figure.must is not None],
                         ids=lambda figure: figure.title)
def test_an_aim_is_beyond_its_must(figure: Figure) -> None:
    assert figure.must is not None
    assert figure.aim is not None
    assert figure.verdict(figure.aim) == "aimed"
    assert figure.verdict(figure.must) == "met"


def test_every_process_of_a_command_counts() -> None:
    burn = "import os\nwhile sum(os.times()[:2]) < 0.2: pass"
    cost = measure(Command("two", lambda _: [[sys.executable, "-c", burn]] * 2, "."), "")
    assert cost.cpu_seconds >= 0.4


def test_memory_is_that_of_the_largest_process_children_included() -> None:
    large = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'x = b\"x\" * (96 << 20)'])"
    cost = measure(Command("nested", lambda _: [[sys.executable, "-c", large]], "."), "")
    assert cost.peak_mib > 96


def test_a_command_that_fails_is_not_measured() -> None:
    with pytest.raises(FailedRunError, match="`broken` exited with 3"):
        measure(Command("broken", lambda _: [[sys.executable, "-c", "raise SystemExit(3)"]], "."), "")
