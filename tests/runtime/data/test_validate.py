"""What breaks a contract is refused with its rows, or set aside and counted."""

import json
import subprocess
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from runtime.contract import EXIT_OK, EXIT_REFUSED
from runtime.data.tables import write_table
from runtime.validation.expectations import suite
from runtime.validation.judging import judge, refusal
from runtime.validation.typed import typed
from tests.judges import require
from tests.runtime.data.stepping import COLUMN, CONTRACT, run

NOW = datetime(2026, 11, 27, tzinfo=UTC)


def contract(columns=(), **others):
    return CONTRACT | {"columns": {name: COLUMN | column for name, column in dict(columns).items()}} | others


def judged(rows, given, **others):
    return judge(pd.DataFrame(rows), given, name="loans", now=NOW, **others)


@pytest.mark.parametrize(("column", "values", "rule", "rows"), [
    pytest.param({"type": "float64"}, ["1.5", "x", None, "1e3"], "type", [1], id="a text that is no number"),
    pytest.param({"type": "float64"}, [1.0, float("inf"), 2.0, 3.0], "type", [1], id="an infinite number"),
    pytest.param({"type": "int8"}, [1, 128, -128, 127], "type", [1], id="a number too large for its type"),
    pytest.param({"type": "int64"}, [1.0, 2.5, 3.0, 4.0], "type", [1], id="a fraction for a whole number"),
    pytest.param({"type": "bool"}, ["true", "maybe", "0", "False"], "type", [1], id="no truth"),
    pytest.param({"type": "date"}, ["2026-01-01", "2026-02-30", "2026-12-31", None], "type", [1], id="no such day"),
    pytest.param({"type": "timestamp"}, [1, 2, 3, 4], "type", [0, 1, 2, 3], id="numbers for times"),
    pytest.param({"type": "category", "nullable": False}, ["a", None, "b", ""], "not-null", [1], id="a missing value"),
    pytest.param({"type": "float64", "nullable": False}, ["1", "x", None, "2"], "not-null", [2],
                 id="what is of another type is not missing as well"),
    pytest.param({"type": "float64", "minimum": 0}, [0, -0.1, 5, None], "minimum", [1], id="below the minimum"),
    pytest.param({"type": "float64", "maximum": 5}, [0, 5.1, 5, None], "maximum", [1], id="above the maximum"),
    pytest.param({"type": "category", "allowed": ["1", "2"]}, [1, 3, 2.0, None], "allowed", [1],
                 id="a class that is not allowed"),
    pytest.param({"type": "int8", "allowed": [0, 1]}, [0, 2, 1, 1], "allowed", [1], id="a number that is not allowed"),
    pytest.param({"type": "string", "unique": True}, ["a", "b", "a", "c"], "unique", [2],
                 id="a value that repeats: the first of them stays"),
])
def test_a_column_says_which_rows_break_it(column, values, rule, rows):
    judgement = judged({"x": values, "row": range(4)}, contract({"x": column}))
    found = {violation.rule: list(violation.rows) for violation in judgement.violations}
    assert found[rule] == rows
    broken = sorted({row for violation in judgement.violations for row in violation.rows})
    assert judgement.offending["row"].tolist() == broken
    assert judgement.kept["row"].tolist() == [row for row in range(4) if row not in broken]


@pytest.mark.parametrize(("operator", "right", "rows"), [
    (">=", {"column": "b"}, [0]), ("<", {"column": "b"}, [1, 2]), ("==", {"number": 2}, [0]),
    ("!=", {"number": 2}, [1, 2]), (">", {"number": 1}, [0]), ("<=", {"number": 1}, [1, 2])])
def test_a_rule_between_columns_counts_each_row_once(operator, right, rows):
    given = contract({"a": {"type": "float64"}, "b": {"type": "float64"}},
                     rules=[{"name": "ordered", "left": "a", "operator": operator, "right": right}])
    judgement = judged({"a": [1.0, 2.0, 2.0, None], "b": [2.0, 2.0, 1.0, 1.0]}, given)
    assert [(violation.rule, list(violation.rows)) for violation in judgement.violations] == [("ordered", rows)]


def test_the_rows_set_aside_are_as_they_came_with_all_that_they_break():
    given = contract({"a": {"type": "float64", "minimum": 0}, "b": {"type": "category", "allowed": ["x"]}})
    judgement = judged({"a": ["-1", "oops", "3"], "b": ["y", "x", "x"], "extra": [1, 2, 3]}, given)
    assert judgement.offending.to_dict("records") == [
        {"a": "-1", "b": "y", "extra": 1, "violations": "minimum:a; allowed:b"},
        {"a": "oops", "b": "x", "extra": 2, "violations": "type:a"}]
    assert judgement.kept.to_dict("records") == [{"a": 3.0, "b": "x", "extra": 3}]


AGED = {"x": [1], "at": ["2026-11-20T00:00:00Z"]}


@pytest.mark.parametrize(("others", "asked", "fault"), [
    pytest.param({"freshness_seconds": 8 * 86400}, {"time_column": "at"}, None, id="fresh by its time"),
    pytest.param({"freshness_seconds": 86400}, {"time_column": "at"},
                 "source `loans`: the newest of `at` is of 2026-11-20T00:00:00+00:00, 7 days old, expected at most 1 "
                 "days", id="stale by its time"),
    pytest.param({"freshness_seconds": 86400}, {"modified": NOW - timedelta(hours=1)}, None, id="fresh by its files"),
    pytest.param({"freshness_seconds": 86400}, {"modified": NOW - timedelta(days=3)},
                 "source `loans`: the newest of its files is of 2026-11-24T00:00:00+00:00, 3 days old, expected at "
                 "most 1 days", id="stale by its files"),
    pytest.param({"freshness_seconds": 86400}, {}, "source `loans`: nothing says how old the data is, and its contract "
                 "has a freshness", id="of no known age"),
    pytest.param({"minimum_rows": 2}, {}, "source `loans`: 1 rows keep the contract, expected at least 2",
                 id="too few rows"),
])
def test_faults_of_a_whole_table(others, asked, fault):
    given = contract({"at": {"type": "timestamp"}}, **others)
    judgement = judged(AGED, given, **asked)
    assert judgement.faults == ((fault,) if fault else ())
    assert refusal(judgement, given, "loans") == fault


def test_a_missing_column_is_a_fault_that_no_quarantine_mends():
    given = contract({"y": {"type": "float64"}}, on_violation="quarantine")
    assert refusal(judged({"x": [1]}, given), given, "loans") == "source `loans`: column `y` is missing"


def test_production_has_no_target_to_ask_for():
    given = contract({"x": {"type": "float64"}, "label": {"type": "int8"}},
                     rules=[{"name": "r", "left": "x", "operator": ">", "right": {"column": "label"}}])
    assert judged({"x": [1]}, given, without=["label"]).faults == ()


@pytest.mark.parametrize(("values", "type_name", "expected"), [
    pytest.param([1, 2], "category", ["1", "2"], id="numbers as classes"),
    pytest.param([1.0, None], "category", ["1", None], id="a float as a class has no point"),
    pytest.param([True, False], "string", ["true", "false"], id="truths as texts"),
    pytest.param(["2026-01-01T02:00:00+02:00"], "timestamp", [pd.Timestamp("2026-01-01")], id="times are UTC"),
    pytest.param(["1", "2"], "int16", [1, 2], id="texts as whole numbers"),
    pytest.param([1, None], "int64", [1.0, None], id="a missing whole number makes floats"),
])
def test_types_lose_nothing(values, type_name, expected):
    made, wrong = typed(pd.Series(values), type_name)
    assert [None if pd.isna(value) else value for value in made] == expected
    assert not wrong.any()


def step(tmp_path, rows, given, capsys, modified=None):
    write_table(tmp_path / "data", "loans", pd.DataFrame(rows), modified)
    settings = {"sources": [{"name": "loans", "time_column": None, "contract": given}]}
    return run("validate", tmp_path / "run", settings, {"data": tmp_path / "data"}, capsys=capsys)


ROWS = {"age": [20.0, 17.0, 30.0, -4.0], "kind": ["a", "b", "z", "a"]}
COLUMNS = {"age": {"type": "float64", "minimum": 18}, "kind": {"type": "category", "allowed": ["a", "b"]}}


def test_a_contract_that_rejects_stops_the_run_and_names_rule_count_and_rows(tmp_path, capsys):
    finished = step(tmp_path, ROWS, contract(COLUMNS), capsys)
    assert finished.code == EXIT_REFUSED
    assert "source `loans`: minimum of `age` is broken by 2 rows (1, 3); source `loans`: allowed of `kind` is broken " \
           "by 1 row (2)" in finished.errors
    assert pd.read_parquet(finished.outputs["quarantine"] / "loans.parquet")["age"].tolist() == [17.0, 30.0, -4.0]
    assert finished.json("report")["refused"]


def test_a_contract_that_quarantines_goes_on_with_the_rest(tmp_path, capsys):
    given = contract(COLUMNS, on_violation="quarantine", maximum_quarantined=0.75)
    finished = step(tmp_path, ROWS, given, capsys, modified=NOW)
    assert finished.code == EXIT_OK
    assert finished.numbers == {"rows.loans": 1, "quarantined.loans": 3}
    assert pd.read_parquet(finished.outputs["data"] / "loans.parquet")["age"].tolist() == [20.0]
    aside = pd.read_parquet(finished.outputs["quarantine"] / "loans.parquet")
    assert aside["violations"].tolist() == ["minimum:age", "allowed:kind", "minimum:age"]
    (report,) = finished.json("report")["sources"]
    assert report["violations"] == [{"rule": "minimum", "column": "age", "count": 2, "rows": [1, 3]},
                                    {"rule": "allowed", "column": "kind", "count": 1, "rows": [2]}]
    assert [row["age"] for row in report["sample"]] == [17.0, 30.0, -4.0]


def test_too_large_a_share_in_quarantine_stops_the_run(tmp_path, capsys):
    given = contract(COLUMNS, on_violation="quarantine", maximum_quarantined=0.5)
    finished = step(tmp_path, ROWS, given, capsys)
    assert finished.code == EXIT_REFUSED
    assert "source `loans`: 3 of 4 rows are quarantined (75.00%), expected at most 50.00%" in finished.errors


def test_a_source_without_a_contract_passes_as_it_is(tmp_path, capsys):
    finished = step(tmp_path, ROWS, None, capsys)
    assert finished.code == EXIT_OK
    assert pd.read_parquet(finished.outputs["data"] / "loans.parquet").to_dict("list") == ROWS


EVERYTHING = contract(
    {"id": {"type": "string", "unique": True, "nullable": False},
     "age": {"type": "float64", "minimum": 18, "maximum": 99},
     "kind": {"type": "category", "allowed": ["a", "b"]}, "paid": {"type": "float64"}},
    minimum_rows=1, freshness_seconds=60,
    rules=[{"name": "paid-in-full", "left": "paid", "operator": ">=", "right": {"column": "age"}},
           {"name": "some", "left": "age", "operator": "!=", "right": {"number": 50}},
           {"name": "apart", "left": "age", "operator": "!=", "right": {"column": "paid"}}])


def test_a_suite_says_what_great_expectations_can_and_lists_what_it_cannot():
    made = suite("trial.loans", EVERYTHING)
    assert [expectation["type"] for expectation in made["expectations"]] == [
        "expect_table_row_count_to_be_between", "expect_column_to_exist", "expect_column_values_to_not_be_null",
        "expect_column_values_to_be_unique", "expect_column_to_exist", "expect_column_values_to_be_between",
        "expect_column_to_exist", "expect_column_values_to_be_in_set", "expect_column_to_exist",
        "expect_column_pair_values_a_to_be_greater_than_b", "expect_column_values_to_not_be_in_set"]
    assert made["notes"] == "left out: apart, freshness"
    assert json.loads(json.dumps(made)) == made


SOUND = {"id": ["p", "q"], "age": [20.0, 30.0], "kind": ["a", "b"], "paid": [25.0, 30.0]}
BROKEN = {"id": ["p", "p", None], "age": [17.0, 50.0, 30.0], "kind": ["a", "z", "b"], "paid": [20.0, 60.0, 1.0]}


def test_great_expectations_loads_the_suite_and_says_what_we_say(tmp_path):
    judge_path = require("great-expectations")
    (tmp_path / "suite.json").write_text(json.dumps(suite("trial.loans", EVERYTHING)))

    def said(name, rows):
        pd.DataFrame(rows).to_csv(tmp_path / name, index=False)
        finished = subprocess.run([judge_path, tmp_path / "suite.json", tmp_path / name], check=False,
                                  capture_output=True, text=True)
        assert finished.returncode in (0, 1), finished.stderr
        return {each["type"] for each in json.loads(finished.stdout.splitlines()[-1]) if not each["success"]}

    assert said("sound.csv", SOUND) == set()
    assert said("broken.csv", BROKEN) == {
        "expect_column_values_to_not_be_null", "expect_column_values_to_be_unique",
        "expect_column_values_to_be_between", "expect_column_values_to_be_in_set",
        "expect_column_pair_values_a_to_be_greater_than_b", "expect_column_values_to_not_be_in_set"}
    ours = {(violation.rule, violation.column) for violation in judged(BROKEN, EVERYTHING).violations}
    assert ours == {("not-null", "id"), ("unique", "id"), ("minimum", "age"), ("allowed", "kind"),
                    ("paid-in-full", ""), ("some", "")}
