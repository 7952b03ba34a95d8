"""Training and serving make the same features, bit by bit, out of whatever a column can hold."""

import json
import subprocess
import sys
from datetime import date

import numpy as np
import pytest

from runtime.features import ColumnError, FittedTransform, load_transform
from runtime.features.fitting import FitError, fit
from runtime.features.transform import class_labels, from_json

TYPES = {"age": "float64", "members": "int8", "owner": "bool", "region": "category", "code": "string",
         "opened": "date", "seen": "timestamp"}
ROWS = 400


def texts(*values):
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made


@pytest.fixture(scope="module")
def columns():
    chance = np.random.default_rng(5)
    seen = np.datetime64("2026-01-01T00:00", "us") + chance.integers(0, 90 * 86400, ROWS).astype("timedelta64[s]")
    age = chance.normal(40, 15, ROWS)
    age[::17] = np.nan
    region = chance.choice(np.array(["north", "süd", "=east", "1"], dtype=object), ROWS)
    region[::23] = None
    return {"age": age, "members": chance.integers(0, 9, ROWS).astype(np.int8), "owner": chance.random(ROWS) < 0.5,
            "region": region, "code": chance.choice(np.array([f"c{n}" for n in range(12)], dtype=object), ROWS),
            "opened": seen.astype("datetime64[D]"), "seen": seen}


EVERY_TRANSFORM = [
    {"kind": "fill", "columns": ["region"], "value": "nowhere"}, {"kind": "fill", "columns": ["age"], "using": "mean"},
    {"kind": "aggregate", "columns": ["age"], "by": ["region"], "function": "mean", "window_seconds": 864000},
    {"kind": "aggregate", "columns": ["age"], "by": ["region", "owner"], "function": "standard-deviation"},
    {"kind": "aggregate", "columns": ["members"], "by": ["code"], "function": "maximum", "window_seconds": 864000},
    {"kind": "log", "columns": ["age"]}, {"kind": "scale", "columns": ["age"], "method": "robust"},
    {"kind": "bucket", "columns": ["members"], "edges": [2, 5]}, {"kind": "one-hot", "columns": ["members"]},
    {"kind": "one-hot", "columns": ["code"], "maximum_categories": 4}, {"kind": "ordinal", "columns": ["region"]},
    {"kind": "date-parts", "columns": ["seen"], "parts": ["year", "hour", "minute"]},
    {"kind": "drop", "columns": ["opened"]}]


def a_row(columns, row):
    """Return the row as a server reads it out of JSON."""
    made = {}
    for name, values in columns.items():
        value = values[row]
        value = str(value) if values.dtype.kind == "M" else value.item() if isinstance(value, np.generic) else value
        made[name] = texts(value)
    return made


@pytest.mark.parametrize("transforms", [
    pytest.param([], id="defaults"), pytest.param(EVERY_TRANSFORM, id="every kind")])
def test_serving_one_row_at_a_time_equals_training_bit_by_bit(columns, transforms, tmp_path):
    fitted = fit(columns, TYPES, transforms=transforms, hidden=(), time_column="seen")
    fitted.save(tmp_path / "transform.json")
    trained, served = fitted.apply(columns), load_transform(tmp_path / "transform.json")
    assert trained.dtype == np.float32
    assert trained.shape == (ROWS, len(fitted.names))
    assert np.isfinite(trained).all()
    assert len(set(fitted.names)) == len(fitted.names)
    one_by_one = np.concatenate([served.apply(a_row(columns, row)) for row in range(ROWS)])
    assert one_by_one.tobytes() == trained.tobytes()
    assert served.apply(columns).tobytes() == trained.tobytes()


def test_a_transform_is_the_same_bytes_after_a_round(columns, tmp_path):
    fitted = fit(columns, TYPES, transforms=EVERY_TRANSFORM, hidden=(), time_column="seen", classes=["a", "b"])
    fitted.save(tmp_path / "one.json")
    load_transform(tmp_path / "one.json").save(tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_defaults_follow_the_types_and_hide_target_and_protected(columns):
    fitted = fit(columns, TYPES, transforms=[], hidden=("owner", "code"))
    assert fitted.names == (
        "age", "members", "region=1", "region==east", "region=north", "region=süd", "opened.month", "opened.day",
        "opened.weekday", "seen.month", "seen.day", "seen.weekday", "seen.hour")
    assert list(fitted.columns) == ["age", "members", "region", "opened", "seen"]


nan = float("nan")


@pytest.mark.parametrize(("kind", "values", "asked", "transform", "expected"), [
    pytest.param("float64", [1, 2, 6, nan], [nan, np.inf, -np.inf, 5], {}, [[2], [2], [2], [5]],
                 id="a missing or infinite number is the median"),
    pytest.param("float64", [1, 2, 6, nan], [nan, 5], {"kind": "fill", "value": -1}, [[-1], [5]], id="fill by a value"),
    pytest.param("float64", [1, 1, 7, nan], [nan], {"kind": "fill", "using": "mean"}, [[3]], id="fill by the mean"),
    pytest.param("category", texts("b", "a", "b", None), texts(None), {"kind": "fill", "using": "most-frequent"},
                 [[0, 1]], id="fill by the commonest class"),
    pytest.param("category", texts("b", "a"), texts("a", "c", None), {}, [[1, 0], [0, 0], [0, 0]],
                 id="an unseen and a missing class set nothing"),
    pytest.param("category", texts("a", "a", "b", "c"), texts("a", "b", "z", None),
                 {"kind": "one-hot", "maximum_categories": 2}, [[1, 0], [0, 1], [0, 1], [0, 0]],
                 id="an unseen class is a rare one"),
    pytest.param("category", texts("b", "a"), texts("b", "c", None), {"kind": "ordinal"}, [[1], [-1], [-1]],
                 id="ordinal makes them minus one"),
    pytest.param("category", texts("1", "2"), [1, 2, 3], {}, [[1, 0], [0, 1], [0, 0]], id="a whole number is its text"),
    pytest.param("category", texts("1", "2"), [1.0, nan], {}, [[1, 0], [0, 0]], id="a float is its text"),
    pytest.param("category", texts(b"x", b"y"), texts("y", b"x"), {}, [[0, 1], [1, 0]], id="bytes are texts"),
    pytest.param("bool", [True, False, False], texts(True, None, 1), {}, [[1], [0], [1]], id="a boolean is 0 or 1"),
    pytest.param("float64", [0, 10, nan], [5, 20, nan], {"kind": "scale", "method": "minmax"}, [[0.5], [2], [0.5]],
                 id="scale between the ends"),
    pytest.param("float64", [3, 3], [3, 4], {"kind": "scale"}, [[0], [1]], id="a constant is scaled by one"),
    pytest.param("float64", [0, 1], [-1e308, 1e308], {}, [[-3.4028234663852886e38], [3.4028234663852886e38]],
                 id="a number too large for float32 is the largest"),
    pytest.param("float64", [1, 5, 9], [1, 2, 3, nan], {"kind": "bucket", "edges": [2, 3]}, [[0], [1], [2], [2]],
                 id="an edge is the start of its bucket"),
    pytest.param("date", texts("2026-11-27"), texts(date(2024, 2, 29), "2024-02-29", None), {},
                 [[2, 29, 3], [2, 29, 3], [11, 27, 4]], id="dates in parts, a leap day"),
    pytest.param("timestamp", texts("2026-11-27T23:30:00+02:00"), texts("1969-12-31T23:59:59Z"),
                 {"kind": "date-parts", "parts": ["year", "month", "day", "weekday", "hour", "minute"]},
                 [[1969, 12, 31, 2, 23, 59]], id="a time before 1970"),
])
def test_values(kind, values, asked, transform, expected):
    transforms = [{"columns": ["x"], **transform}] if transform else []
    fitted = fit({"x": values}, {"x": kind}, transforms=transforms, hidden=())
    assert fitted.apply({"x": asked}).tolist() == expected


@pytest.mark.parametrize(("function", "expected"), [
    ("count", [0, 1, 1, 0, 3, 0]), ("sum", [0, 2, 2, 0, 12, 0]), ("mean", [2, 2, 2, 2, 4, 2]),
    ("minimum", [2, 2, 2, 2, 2, 2]), ("maximum", [2, 2, 2, 2, 6, 2])])
def test_an_aggregate_knows_earlier_rows_of_the_group_alone(function, expected):
    """Rows 1 and 2 are of one instant; row 3 is another group's; the last is beyond the window of a week."""
    days = np.array(["2026-01-01", "2026-01-02", "2026-01-02", "2026-01-03", "2026-01-03"], dtype="datetime64[us]")
    columns = {"shop": texts("a", "a", "a", "b", "a"), "sold": [2.0, 4, 6, 100, 8], "at": days}
    fitted = fit(columns, {"shop": "category", "sold": "float64", "at": "timestamp"}, hidden=(), time_column="at",
                 transforms=[{"kind": "aggregate", "columns": ["sold"], "by": ["shop"], "function": function,
                              "window_seconds": 604800}, {"kind": "drop", "columns": ["sold", "at"]},
                             {"kind": "ordinal", "columns": ["shop"]}])
    asked = {"shop": texts("a", "a", "a", "b", "a", "a"), "sold": [0.0] * 6,
             "at": np.append(days, np.datetime64("2026-02-01", "us"))}
    assert fitted.apply(asked)[:, -1].tolist() == expected


def test_an_aggregate_without_a_time_is_one_value_a_group():
    fitted = fit({"shop": texts("a", "a", "b"), "sold": [1.0, 3, 9]}, {"shop": "category", "sold": "float64"},
                 hidden=(), transforms=[{"kind": "aggregate", "columns": ["sold"], "by": ["shop"], "function": "mean"}])
    assert fitted.apply({"shop": texts("b", "a", "z"), "sold": [0, 0, 0]})[:, -1].tolist() == [9, 2, 2]


@pytest.mark.parametrize(("columns", "message"), [
    pytest.param({"x": [1.0]}, "column `y` is missing", id="absent"),
    pytest.param({"x": texts("abc"), "y": texts("a")}, "`x` holds `abc`, expected a number", id="text for a number"),
    pytest.param({"x": texts([1.0]), "y": texts("a")}, "`x` holds a list or an object", id="list for a number"),
    pytest.param({"x": [1.0], "y": texts({"a": 1})}, "`y` holds a list or an object", id="object for a class"),
    pytest.param({"x": [[1.0]], "y": texts("a")}, "`x` has 2 dimensions", id="two dimensions"),
    pytest.param({"x": [1.0, 2.0], "y": texts("a")}, "`y` has 1 values, the columns before it have 2", id="lengths"),
])
def test_columns_that_are_refused(columns, message):
    fitted = fit({"x": [1.0], "y": texts("a")}, {"x": "float64", "y": "category"}, transforms=[], hidden=())
    with pytest.raises(ColumnError, match=message):
        fitted.apply(columns)


def test_a_time_that_is_none_is_refused():
    fitted = fit({"at": texts("2026-01-01")}, {"at": "timestamp"}, transforms=[], hidden=())
    with pytest.raises(ColumnError, match="`at` holds `yesterday`, expected a date or a time in ISO 8601"):
        fitted.apply({"at": texts("yesterday")})


@pytest.mark.parametrize(("transforms", "hidden", "message"), [
    pytest.param([{"kind": "log", "columns": ["y"]}], (), "`y` holds no numbers", id="log of classes"),
    pytest.param([{"kind": "log", "columns": ["z"]}], (), "log finds no column `z`", id="unknown column"),
    pytest.param([{"kind": "one-hot", "columns": ["y"]}, {"kind": "ordinal", "columns": ["y"]}], (),
                 "ordinal finds no column `y`", id="used up"),
    pytest.param([{"kind": "one-hot", "columns": ["y"]}], ("y",), "`y` is the target or a protected", id="protected"),
    pytest.param([{"kind": "drop", "columns": ["x", "y"]}], (), "no column is left", id="nothing left"),
    pytest.param([{"kind": "aggregate", "columns": ["x"], "by": ["z"], "function": "mean"}], (),
                 "aggregate groups by `z`", id="unknown group"),
])
def test_transforms_that_cannot_be_made(transforms, hidden, message):
    with pytest.raises(FitError, match=message):
        fit({"x": [1.0, 2.0], "y": texts("a", "b")}, {"x": "float64", "y": "category"}, transforms=transforms,
            hidden=hidden)


def test_too_many_classes_are_not_one_hot_unasked():
    with pytest.raises(FitError, match="`x` has 1001 classes"):
        fit({"x": texts(*map(str, range(1001)))}, {"x": "string"}, transforms=[], hidden=())


@pytest.mark.parametrize(("values", "wanted", "labels"), [
    pytest.param(texts("good", "bad", None), None, ["bad", "good"], id="texts are sorted"),
    pytest.param(texts("good", "bad"), ["good", "bad"], ["good", "bad"], id="the contract's order"),
    pytest.param(np.array([2.0, 10.0, nan]), None, [2, 10], id="numbers by size"),
    pytest.param(np.array([True, False]), None, ["false", "true"], id="booleans"),
])
def test_classes(values, wanted, labels):
    assert class_labels(values, wanted) == labels


def test_the_target_is_encoded_by_its_classes():
    fitted = fit({"x": [1.0]}, {"x": "float64"}, transforms=[], hidden=(), classes=[0, 1])
    assert fitted.encode_target(np.array([1, 0], dtype=np.int8)).tolist() == [1, 0]
    with pytest.raises(ColumnError, match="the target holds '2'"):
        fitted.encode_target([2])


def test_a_transform_of_another_version_is_refused():
    with pytest.raises(ValueError, match="has version 9"):
        from_json({"version": 9})


def test_no_rows_make_no_rows(columns):
    fitted = fit(columns, TYPES, transforms=EVERY_TRANSFORM, hidden=(), time_column="seen")
    assert fitted.apply({name: values[:0] for name, values in columns.items()}).shape == (0, len(fitted.names))


def test_features_need_numpy_and_nothing_else():
    """The serve image has no pandas: what it would import there is all that may be imported here."""
    program = ("import sys, json; import runtime.features.fitting, runtime.features; "
               "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))")
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert not {"pandas", "scipy", "sklearn", "pyarrow", "compiler"} & set(json.loads(said))


def test_the_interface_that_others_use():
    assert isinstance(fit({"x": [1.0]}, {"x": "int8"}, transforms=[], hidden=()), FittedTransform)
