"""Waivers: read whole or not at all, applied to one rule of one project at one place, until a day."""

from pathlib import Path

import pytest

from compiler.diagnostics.diagnostic import error
from compiler.source.read import read
from compiler.waivers.reading import Waiver, read_waivers
from compiler.waivers.waiving import Waivers
from tests.change.histories import History
from tests.repositories import copy_of_examples, mlproject

GOOD = """waivers:
  - rule: release/gradual-rollout
    project: employment
    path: deployment.strategy
    owner: labour-statistics
    reason: one replica until March
    expires: 2026-03-31
"""


def waivers_in(text: str) -> tuple[Waiver, ...]:
    document, problems = read(text.encode(), "waivers.yaml")
    assert document is not None, problems
    waivers, faults = read_waivers(document)
    assert not faults, faults
    return waivers


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param("waivers:", "exceptions:", "this is no list of waivers", id="another key"),
        pytest.param("release/gradual-rollout", "'*'", "`rule` is no code of a policy", id="every rule"),
        pytest.param("release/gradual-rollout", "policy/timeout", "`rule` is no code of a policy", id="the engine"),
        pytest.param("deployment.strategy", "'..'", "`path` is no place of a spec", id="no place"),
        pytest.param("2026-03-31", "never", "`expires` is no day", id="no end"),
        pytest.param("2026-03-31", "2026-3-31", "`expires` is no day", id="a day written otherwise"),
        pytest.param("    reason: one replica until March\n", "", "the keys of this waiver", id="no reason"),
        pytest.param("one replica until March", "' '", "`reason` says nothing", id="an empty reason"),
        pytest.param("labour-statistics", "[a]", "`owner` says nothing", id="a list for an owner"),
    ],
)
def test_a_bad_waiver_waives_nothing(old: str, new: str, message: str) -> None:
    document, _ = read(GOOD.replace(old, new).encode(), "waivers.yaml")
    assert document is not None
    waivers, faults = read_waivers(document)
    assert waivers == ()
    assert message in faults[0].message


@pytest.mark.parametrize(
    ("project", "code", "path", "severity"),
    [
        pytest.param(
            "employment", "release/gradual-rollout", ("deployment", "strategy", "kind"), "note", id="below it"
        ),
        pytest.param("digits", "release/gradual-rollout", ("deployment", "strategy"), "error", id="another project"),
        pytest.param("employment", "release/soak", ("deployment", "strategy"), "error", id="another rule"),
        pytest.param("employment", "release/gradual-rollout", ("deployment",), "error", id="another place"),
    ],
)
def test_a_waiver_is_for_one_place(project: str, code: str, path: tuple[str, ...], severity: str) -> None:
    waivers = Waivers(waivers_in(GOOD), "2026-03-31")
    assert waivers.apply(project, error(code, "no", at=path)).severity == severity
    assert bool(waivers.unused()) == (severity == "error")
    assert not waivers.expired()


def test_an_expired_waiver_waives_nothing_and_is_told() -> None:
    waivers = Waivers(waivers_in(GOOD), "2026-04-01")
    finding = error("release/gradual-rollout", "no", at=("deployment", "strategy"))
    assert waivers.apply("employment", finding) == finding
    assert [found.code for found in waivers.expired()] == ["waivers/expired"]
    assert not waivers.unused()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(["--date", "2026-03-31"], 0, "waived until 2026-03-31 by labour-statistics", id="in time"),
        pytest.param(["--date", "2026-04-01"], 0, "[waivers/expired]", id="too late"),
        pytest.param([], 1, "[waivers/no-date]", id="no commit and no day"),
        pytest.param(["--date", "31.3.2026"], 2, "expected a day such as", id="another calendar"),
    ],
)
def test_check_takes_the_day_that_it_is_given(tmp_path: Path, arguments: list[str], code: int, said: str) -> None:
    copy_of_examples(tmp_path).joinpath("waivers.yaml").write_text(GOOD)
    checked = mlproject("check", "specs/employment", *arguments, cwd=tmp_path)
    assert (checked.returncode, said in checked.stderr) == (code, True), checked.stderr


def test_the_day_is_that_of_the_last_commit(tmp_path: Path) -> None:
    History(tmp_path, {"specs/none.txt": "", "waivers.yaml": GOOD})
    copy_of_examples(tmp_path)
    checked = mlproject("check", "specs/employment", cwd=tmp_path)
    assert "waived until 2026-03-31" in checked.stderr


def test_a_whole_compile_tells_which_waiver_nothing_needs(tmp_path: Path) -> None:
    repository = copy_of_examples(tmp_path)
    repository.joinpath("waivers.yaml").write_text(GOOD.replace("gradual-rollout", "soak"))
    compiled = mlproject("compile", "--date", "2026-01-01", cwd=tmp_path)
    assert (compiled.returncode, "[waivers/unused]" in compiled.stderr) == (0, True), compiled.stderr
