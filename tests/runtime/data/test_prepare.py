"""Joins never look ahead, splits keep their sides apart, and both parts are made by one transform."""

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_breast_cancer

from runtime.contract import EXIT_OK, EXIT_REFUSED
from runtime.data.joins import joined
from runtime.data.splits import held_out
from runtime.data.tables import columns_of, write_table
from runtime.features import load_transform
from runtime.outcome import Refused
from tests.runtime.data.stepping import run

SPLIT = {"by": "random", "column": None, "seed": 7, "test": 0.25}
SETTINGS = {"columns": {}, "features": {"joins": [], "transforms": [], "with": "built-in"}, "protected": [],
            "source": "rows", "split": SPLIT, "target": None, "task": "classification", "classes": None,
            "time_column": None}
JOIN = {"source": "weather", "on": ["place"], "columns": None, "time_column": "seen", "tolerance_seconds": None}


def day(number):
    return pd.Timestamp("2026-01-01") + pd.Timedelta(days=number)


WEATHER = pd.DataFrame({"place": ["a", "a", "a", "b", "a"], "seen": [day(n) for n in (1, 3, 9, 2, 3)],
                        "rain": [1.0, 3.0, 9.0, 2.0, 3.5]})


@pytest.mark.parametrize(("place", "at", "tolerance", "rain"), [
    pytest.param("a", day(0), None, None, id="nothing is known yet"),
    pytest.param("a", day(1), None, 1.0, id="what is said at that very time is known"),
    pytest.param("a", day(2), None, 1.0, id="the newest that is not newer"),
    pytest.param("a", day(5), None, 3.5, id="the last said of one time"),
    pytest.param("a", day(8), None, 3.5, id="never from the future"),
    pytest.param("a", day(8), 4 * 86400, None, id="too old"),
    pytest.param("b", day(8), None, 2.0, id="of its own key"),
    pytest.param("z", day(8), None, None, id="of no key"),
    pytest.param("a", pd.NaT, None, None, id="a row without a time"),
])
def test_a_join_is_as_of_the_time_of_the_row(place, at, tolerance, rain):
    rows = pd.DataFrame({"place": ["b", place], "at": pd.Series([day(2), at], dtype="datetime64[us]")})
    made = joined(rows, "at", WEATHER, JOIN | {"tolerance_seconds": tolerance})
    assert made["rain"].astype(object).where(made["rain"].notna(), None).tolist() == [2.0, rain]
    assert made["place"].tolist() == ["b", place]


def test_a_join_keeps_the_order_of_rows_and_meets_texts_with_numbers():
    rows = pd.DataFrame({"place": ["2", "1", "2"], "at": ["2026-01-09T00:00:00Z", "2026-01-08", "2026-01-02"]})
    other = pd.DataFrame({"place": [1, 2], "seen": [day(0), day(4)], "rain": [1, 2], "note": ["x", "y"]})
    made = joined(rows, "at", other, JOIN)
    assert made["rain"].fillna(-1).tolist() == [2, 1, -1]
    assert made["note"].tolist() == ["y", "x", None]


@pytest.mark.parametrize(("join", "message"), [
    pytest.param({"on": ["town"]}, "finds no column town", id="a key that is not there"),
    pytest.param({"columns": ["snow"]}, "finds no column snow", id="a column that is not there"),
    pytest.param({"columns": ["place"]}, "brings place, which the examples have too", id="a column of both"),
])
def test_joins_that_are_refused(join, message):
    with pytest.raises(Refused, match=message):
        joined(pd.DataFrame({"place": ["a"], "at": [day(1)]}), "at", WEATHER, JOIN | join)


DAYS = pd.DataFrame({"at": pd.to_datetime([day(n // 3) for n in range(30)]), "who": [n % 7 for n in range(30)]})


def test_a_random_split_is_that_of_its_seed():
    first, again, other = (held_out(DAYS, SPLIT | {"seed": seed}, None) for seed in (1, 1, 2))
    assert first.sum() == round(30 * 0.25)
    assert (first == again).all()
    assert (first != other).any()


@pytest.mark.parametrize("column", [None, "at"])
def test_a_split_by_time_holds_out_the_newest_and_divides_no_moment(column):
    mask = held_out(DAYS, SPLIT | {"by": "time", "column": column}, "at")
    assert DAYS["at"][~mask].max() < DAYS["at"][mask].min()
    assert 0.15 < mask.mean() < 0.35


def test_a_split_by_group_divides_no_group():
    mask = held_out(DAYS, SPLIT | {"by": "group", "column": "who"}, None)
    assert not set(DAYS["who"][mask]) & set(DAYS["who"][~mask])
    assert 0.25 <= mask.mean() < 0.5


@pytest.mark.parametrize(("split", "message"), [
    pytest.param({"by": "time"}, "the split by time finds no column `None`", id="no time"),
    pytest.param({"by": "time", "column": "name"}, "needs times or numbers", id="a time that is none"),
    pytest.param({"by": "group", "column": "what"}, "finds no column `what`", id="no group"),
    pytest.param({"test": 0.001}, "leaves 30 to train on and 0 to judge on", id="nothing held out"),
])
def test_splits_that_are_refused(split, message):
    with pytest.raises(Refused, match=message):
        held_out(DAYS.assign(name="x"), SPLIT | split, None)


def prepare(tmp_path, rows, capsys=None, **settings):
    write_table(tmp_path / "data", "rows", rows, None)
    return run("features", tmp_path / "run", SETTINGS | settings, {"data": tmp_path / "data"}, capsys=capsys)


def test_both_parts_are_made_by_the_transform_that_is_kept(tmp_path):
    rows = load_breast_cancer(as_frame=True).frame.assign(site=lambda frame: np.where(frame.index % 3, "x", "y"))
    finished = prepare(tmp_path, rows, target="target", protected=["site"])
    transform = load_transform(finished.outputs["transform"])
    assert finished.code == EXIT_OK
    assert (finished.numbers["rows.train"], finished.numbers["rows.holdout"]) == (427, 142)
    assert transform.classes == [0, 1]
    assert not {"site", "target"} & set(transform.columns)
    for part in ("train", "holdout"):
        kept = pd.read_parquet(finished.outputs[part] / "rows.parquet")
        features = pd.read_parquet(finished.outputs[part] / "features.parquet")
        assert {"site", "target"} <= set(kept.columns)
        made = transform.apply(columns_of(kept, list(transform.columns)))
        assert features.to_numpy().tobytes() == made.tobytes()
        assert set(features.dtypes) == {np.dtype("float32")}


def test_the_transform_learns_from_the_training_rows_alone(tmp_path):
    rows = pd.DataFrame({"at": [day(n) for n in range(100)], "x": [1.0] * 80 + [1e6] * 20, "y": range(100)})
    finished = prepare(tmp_path, rows, target="y", task="regression", split=SPLIT | {"by": "time", "test": 0.2},
                       time_column="at", features=SETTINGS["features"] | {"transforms": [
                           {"kind": "scale", "columns": ["x"]}, {"kind": "drop", "columns": ["at"]}]})
    assert pd.read_parquet(finished.outputs["train"] / "features.parquet")["x"].tolist() == [0.0] * 80


def test_rows_without_a_target_are_left_out_and_counted(tmp_path):
    rows = pd.DataFrame({"x": range(20), "y": [None if n < 4 else float(n) for n in range(20)]})
    finished = prepare(tmp_path, rows, target="y", task="regression")
    assert finished.numbers["rows.without_target"] == 4
    assert finished.numbers["rows.train"] + finished.numbers["rows.holdout"] == 16


@pytest.mark.parametrize(("settings", "message"), [
    pytest.param({"features": {"with": "feast"}}, "features with feast need its client", id="a feature store"),
    pytest.param({"protected": ["x"], "features": SETTINGS["features"] | {"transforms": [
        {"kind": "log", "columns": ["x"]}]}}, "`x` is the target or a protected column", id="a protected feature"),
    pytest.param({"target": "y"}, "has one class in the training rows", id="one class"),
])
def test_what_cannot_be_prepared_is_refused(tmp_path, capsys, settings, message):
    finished = prepare(tmp_path, pd.DataFrame({"x": range(20), "y": [1] * 20}), capsys, **settings)
    assert finished.code == EXIT_REFUSED
    assert message in finished.errors
