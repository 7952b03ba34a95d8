"""A model card says what was measured, with pictures, and makes nothing of the text of users."""

import numpy as np
import pytest

from runtime.evaluation.curves import curves_of
from runtime.evaluation.metrics import Answers
from runtime.models.predicting import Predictions, from_probabilities
from runtime.registry.model_card import write_model_card
from tests.runtime.registry.test_lineage import RECORD

HOSTILE = "![x](http://evil) <script>alert(1)</script> | # [l](y) $\\alpha$ @all\n# heading"


def evaluation(curves, **parts):
    return {"rows": 100, "metrics": {"accuracy": {"value": 0.9, "low": 0.85, "high": 0.95},
                                     "log_loss": {"value": None, "low": None, "high": None}},
            "slices": {}, "groups": {}, "curves": curves, **parts}


def parts(name):
    return {"measured": {name: {"rows": 60, "metrics": {"accuracy": 0.8, "log_loss": None}}}, "too_small": {"tiny": 2}}


def card(tmp_path, evaluation, record=RECORD, gates=RECORD["gates"]):
    write_model_card(tmp_path, record=record, evaluation=evaluation, description=HOSTILE,
                     verdict={"verdict": "pass", "gates": gates})
    return (tmp_path / "README.md").read_text()


BINARY = Answers(np.array([0, 1, 1, 0]), from_probabilities(np.array([[.8, .2], [.3, .7], [.6, .4], [.9, .1]])), 2)
THREE = Answers(np.array([0, 1, 2, 2]), from_probabilities(np.eye(3)[[0, 1, 2, 1]]), 3)
NUMBERS = Answers(np.arange(40.0), Predictions(scores=np.arange(40.0) + 1), 0)


@pytest.mark.parametrize(("answers", "classes", "pictures"), [
    pytest.param(BINARY, [0, 1], {"calibration.png", "roc.png"}, id="two classes"),
    pytest.param(THREE, ["a", "b", HOSTILE], {"calibration.png", "confusion.png"}, id="three classes"),
    pytest.param(NUMBERS, None, {"residuals.png"}, id="numbers"),
])
def test_every_task_has_its_pictures(tmp_path, answers, classes, pictures):
    text = card(tmp_path, evaluation(curves_of(answers, classes), slices={"city": parts("Zürich 漢字")},
                                     groups={"sex": parts(HOSTILE)}))
    drawn = {file.name for file in tmp_path.glob("*.png")}
    assert drawn == pictures | {"parts-0.png", "parts-1.png"}
    assert all(f"]({name})" in text for name in drawn)
    assert all((tmp_path / name).read_bytes().startswith(b"\x89PNG") for name in drawn)


def test_the_card_says_what_the_record_says(tmp_path):
    text = card(tmp_path, evaluation({}, slices={"city": parts("Zürich")}))
    for line in ("# churn (dev)",
                 "| accuracy | 0.9 | 0.85 | 0.95 |", r"| log\_loss | – | – | – |",
                 r"- n\_estimators: 20", "| Zürich | 60 | 0.8 | – |", "tiny (2 rows)",
                 r"| metric\-roc\-auc | block | pass | roc\_auc | 0.91 | &gt;\= 0.9 |"):
        assert line in text


def test_text_of_users_is_text(tmp_path):
    record = {**RECORD, "team": HOSTILE, "sources": [{**RECORD["sources"][0], "name": HOSTILE, "revision": None}]}
    gates = [{"name": HOSTILE, "mode": "warn", "outcome": "fail", "notes": [HOSTILE], "numbers": []}]
    text = card(tmp_path, evaluation({}, slices={HOSTILE: parts(HOSTILE)}), record, gates)
    for markup in ("](http", "<script", "\n# heading", "[l]", "](y)"):
        assert markup not in text
    assert r"\!\[x\]\(http\:\/\/evil\) &lt;script&gt;" in text


def test_the_curve_of_equal_scores_is_the_diagonal():
    flat = Answers(np.array([0, 1] * 50), from_probabilities(np.full((100, 2), 0.5)), 2)
    assert all(hit == pytest.approx(miss) for miss, hit in curves_of(flat, [0, 1])["roc"])


def test_the_same_evaluation_is_the_same_card(tmp_path):
    made = []
    for name in ("one", "two"):
        card(tmp_path / name, evaluation(curves_of(BINARY, [0, 1])))
        made.append({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()})
    assert made[0] == made[1]
