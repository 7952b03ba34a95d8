"""A proposal is judged by its base: policies, waivers and acknowledgements."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from compiler.change.acknowledging import list_hash
from compiler.policy import embedded
from compiler.policy.packs import read_packs_at
from compiler.review.plan import Planned, Wanted
from tests.change.histories import FILES, History, State, cut, put
from tests.repositories import mlproject

NO_EVIL = """# METADATA
# title: No project is called evil
# description: Somebody has to say it.
# custom: {code: naming/no-evil, stage: spec, severity: error}
package mlproject.spec.naming.no_evil

import rego.v1

deny contains {"message": "a seed of 666", "path": ["training", "seed"]} if input.spec.training.seed == 666
"""
OURS = ("assurance/loosened", "alerting/removed", "change/", "waivers/", "source/")
POLICY = "policies/naming/no_evil.rego"
LOOSER = put("validation", "gates", 0, "minimum", value=0.5)
WAIVER = """waivers:
  - {rule: assurance/loosened-gate, project: fraud, path: validation.gates, owner: risk, reason: a new split,
     expires: 2026-01-31}
"""


@pytest.fixture
def judge(tmp_path: Path) -> Iterator[embedded.PolicyProcess]:
    made = embedded.start(lambda: read_packs_at(str(tmp_path), str(tmp_path / "none")))
    yield made
    made.close()


def history(folder: Path, **files: str) -> History:
    direct = {
        **FILES["specs/fraud/mlproject.yaml"],
        "deployment": {"image": "ghcr.io/mlproject-dev/serve@sha256:" + "b" * 64},
    }
    state: State = {**FILES, "specs/fraud/mlproject.yaml": direct, **files}
    return History(folder / "repository", state)


def codes(planned: Planned, severity: str = "error") -> set[str]:
    """Return the codes that this test is about; the pack has more to say of so short a project."""
    return {found.code for found in planned.diagnostics if found.severity == severity and found.code.startswith(OURS)}


def test_a_proposal_that_edits_a_policy_and_breaks_it_is_judged_by_the_old_one(tmp_path: Path) -> None:
    made = history(tmp_path, **{POLICY: NO_EVIL})
    made.state[POLICY] = NO_EVIL.replace("== 666", "== 667")
    head = made.edit(put("training", "seed", value=666))
    planned = mlproject("plan", "--base", made.commits[0], "--head", head, cwd=made.root)
    assert planned.returncode == 1
    assert "a seed of 666 [naming/no-evil]" in planned.stderr
    assert "those of the base judge this proposal [repository/policies]" in planned.stdout


def test_a_policy_removed_in_the_working_tree_still_judges_it(tmp_path: Path) -> None:
    made = history(tmp_path, **{POLICY: NO_EVIL})
    del made.state[POLICY]
    put("training", "seed", value=666)(made.state)
    made.write()
    (made.root / POLICY).unlink()
    planned = mlproject("plan", cwd=made.root)
    assert (planned.returncode, "naming/no-evil" in planned.stderr) == (1, True)


def test_what_gets_looser_needs_an_acknowledgement_of_that_list(tmp_path: Path, judge: embedded.PolicyProcess) -> None:
    made = history(tmp_path)
    bare = made.plan(made.commits[0], made.edit(LOOSER), judge=judge)
    assert "assurance/loosened-gate" in codes(bare)
    assert bare.document is not None
    needed = bare.document["acknowledgement"]["hash"]
    made.state["acknowledgements.yaml"] = {"acknowledgements": [{"changes": needed, "by": "sam", "reason": "a split"}]}
    given = made.plan(made.commits[0], made.edit(), judge=judge)
    assert given.document is not None
    assert given.document["acknowledgement"] == {"hash": needed, "is_given": True}
    assert not codes(given)
    assert "assurance/loosened-gate" in codes(given, "note")
    longer = made.plan(made.commits[0], made.edit(cut("alerts", "rules", 1)), judge=judge)
    assert {"assurance/loosened-gate", "alerting/removed-alert"} <= codes(longer)


def test_a_trailer_of_a_commit_acknowledges_too(tmp_path: Path, judge: embedded.PolicyProcess) -> None:
    made = history(tmp_path)
    bare = made.plan(made.commits[0], made.edit(LOOSER), judge=judge)
    assert bare.document is not None
    head = made.edit(message=f"why\n\nAcknowledged-Change: {bare.document['acknowledgement']['hash']}")
    assert not codes(made.plan(made.commits[0], head, judge=judge))


@pytest.mark.parametrize(
    "text",
    [
        "acknowledgements: all",
        "acknowledgements: [{changes: all, by: a, reason: b}]",
        "acknowledgements: [{changes: x}]",
        "a: [1",
    ],
)
def test_a_bad_acknowledgement_acknowledges_nothing(tmp_path: Path, judge: embedded.PolicyProcess, text: str) -> None:
    made = history(tmp_path)
    made.state["acknowledgements.yaml"] = text
    found = codes(made.plan(made.commits[0], made.edit(LOOSER), judge=judge))
    assert "assurance/loosened-gate" in found
    assert len(found) == 2


def test_deleting_production_names_every_object(tmp_path: Path, judge: embedded.PolicyProcess) -> None:
    made = history(tmp_path)
    edits = (cut("environments", "production"), cut("environments", "production", file="specs/fraud/mlproject.lock"))
    planned = made.plan(made.commits[0], made.edit(*edits), judge=judge)
    said = [found.message for found in planned.diagnostics if found.code == "gitops/deleted-object"]
    assert "Namespace `fraud-production` of production is deleted" in said
    assert len(said) > 10


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param("2026-01-31", (set(), {"assurance/loosened-gate"}, set()), id="on its last day"),
        pytest.param("2026-02-01", ({"assurance/loosened-gate"}, set(), {"waivers/expired"}), id="on the day after"),
    ],
)
def test_a_waiver_of_the_base(
    tmp_path: Path, judge: embedded.PolicyProcess, day: str, expected: tuple[set[str], set[str], set[str]]
) -> None:
    made = history(tmp_path, **{"waivers.yaml": WAIVER})
    planned = made.plan(made.commits[0], made.edit(LOOSER), judge=judge, wanted=Wanted(day=day))
    assert (codes(planned), codes(planned, "note"), codes(planned, "warning")) == expected


def test_a_waiver_of_the_proposal_waives_nothing(tmp_path: Path, judge: embedded.PolicyProcess) -> None:
    made = history(tmp_path)
    made.state["waivers.yaml"] = WAIVER
    planned = made.plan(made.commits[0], made.edit(LOOSER), judge=judge)
    assert codes(planned) == {"assurance/loosened-gate"}
    assert planned.document is not None
    assert [one["code"] for one in planned.document["repository"]["meanings"]] == ["repository/waivers"]


def test_the_order_of_a_list_is_no_part_of_its_hash(tmp_path: Path, judge: embedded.PolicyProcess) -> None:
    assert list_hash(()) == ""
    made = history(tmp_path)
    first = made.plan(made.commits[0], made.edit(LOOSER), judge=judge)
    again = made.plan(made.commits[0], made.commits[1], judge=judge)
    assert first.document == again.document
