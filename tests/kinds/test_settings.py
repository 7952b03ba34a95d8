"""Versioning, features, registries: what the runtime gets, and what cannot be made."""

import pytest

from compiler.registry import discover
from compiler.source.path import dotted
from tests.kinds.projects import COLUMNS, project, source

REGISTRY = discover(())
FEATURES = ("data", "features")
VERSION = ("data", "sources", 0, "version")
WEATHER = {"name": "weather", "uri": "s3://lake/weather/", "time_column": "hour", "contract": {"columns": {
    "country": {"type": "category"}, "hour": {"type": "timestamp"}, "rain": {"type": "float64"}}}}
TWO = project({"data": {"sources": [
    {"name": "transactions", "uri": "s3://lake/t/", "time_column": "booked_at", "contract": {"columns": COLUMNS}},
    WEATHER]}})


REPOSITORY = {"repository": "https://git.example.org/ml/gitops.git", "branch": "main"}


@pytest.mark.parametrize(("parameters", "settings"), [
    pytest.param({"with": "none"}, {}, id="none"),
    pytest.param({"with": "dvc", "path": "data/rows"}, REPOSITORY | {"path": "data/rows", "remote": None,
                 "revision": None}, id="DVC at the synced revision"),
    pytest.param({"with": "git-lfs", "path": "data", "revision": "v1"}, REPOSITORY | {"path": "data",
                 "revision": "v1"}, id="Git LFS"),
    pytest.param({"with": "delta", "version": 12}, {"version": 12}, id="Delta"),
    pytest.param({"with": "iceberg", "reference": "main"}, {"table": None, "reference": "main"}, id="Iceberg"),
    pytest.param({"with": "lakefs", "repository": "lake", "reference": "main"},
                 {"repository": "lake", "reference": "main"}, id="lakeFS"),
    pytest.param({"with": "pachyderm", "repository": "rows"}, {"repository": "rows", "branch": None, "commit": None},
                 id="Pachyderm"),
])
def test_versioning_becomes_settings(parameters, settings):
    kind = REGISTRY.find("versioning", parameters["with"])
    assert kind.lower(TWO, parameters, VERSION) == {"with": parameters["with"]} | settings


@pytest.mark.parametrize(("format", "expected"), [
    pytest.param("delta", [], id="a Delta table"),
    pytest.param("parquet", ["data.sources[0].format"], id="plain files"),
])
def test_a_table_keeps_its_own_revisions(format, expected):
    of = project(source(format=format))
    assert [dotted(fault.path) for fault in REGISTRY.find("versioning", "delta").check(of, {}, VERSION)] == expected


@pytest.mark.parametrize(("mode", "parameters", "expected"), [
    pytest.param("standard", {"with": "mlflow"}, ("card-fraud", "http://mlflow.mlflow.svc:5000"),
                 id="the project's name"),
    pytest.param("production", {"with": "mlflow", "name": "fraud", "uri": "https://ml.example.org"},
                 ("fraud", "https://ml.example.org"), id="a name and a server of its own"),
    pytest.param("development", {"with": "mlflow"}, ("dev-card-fraud", "http://mlflow.mlflow.svc:5000"),
                 id="development never registers among the real ones"),
])
def test_registries_become_settings(mode, parameters, expected):
    of = project({"environment": {"mode": mode}})
    settings = REGISTRY.find("registries", "mlflow").lower(of, parameters, ("model", "registry"))
    assert (settings["name"], settings["uri"]) == expected


def test_features_keep_the_order_of_transforms_and_have_units():
    lowered = REGISTRY.find("features", "built-in").lower(TWO, {
        "with": "built-in",
        "transforms": [{"kind": "scale", "columns": ["amount"]},
                       {"kind": "aggregate", "columns": ["amount"], "by": ["country"], "function": "mean",
                        "window": "24h"}],
        "joins": [{"source": "weather", "on": ["country"], "tolerance": "1h"}]}, FEATURES)
    assert lowered == {
        "with": "built-in",
        "transforms": [{"kind": "scale", "columns": ["amount"]},
                       {"kind": "aggregate", "columns": ["amount"], "by": ["country"], "function": "mean",
                        "window_seconds": 86400}],
        "joins": [{"source": "weather", "on": ["country"], "columns": None, "time_column": "hour",
                   "tolerance_seconds": 3600}]}


@pytest.mark.parametrize(("transform", "expected"), [
    pytest.param({"kind": "log", "columns": ["amount"]}, [], id="a logarithm of numbers"),
    pytest.param({"kind": "log", "columns": ["country"]}, [("column-type", "columns[0]")], id="a logarithm of classes"),
    pytest.param({"kind": "date-parts", "columns": ["amount"], "parts": ["hour"]}, [("column-type", "columns[0]")],
                 id="parts of a number"),
    pytest.param({"kind": "date-parts", "columns": ["booked_at"]}, [("option", "")], id="no parts"),
    pytest.param({"kind": "scale", "columns": ["amuont"]}, [("column", "columns[0]")], id="unknown column"),
    pytest.param({"kind": "scale", "columns": ["label"]}, [("target", "columns[0]")], id="the target as a feature"),
    pytest.param({"kind": "scale", "columns": ["amount"], "edges": [1]}, [("option", "edges")],
                 id="an option of another transform"),
    pytest.param({"kind": "bucket", "columns": ["amount"], "edges": [5, 1]}, [("option", "edges")],
                 id="edges that fall"),
    pytest.param({"kind": "fill", "columns": ["amount"]}, [("option", "")], id="filled with nothing"),
    pytest.param({"kind": "fill", "columns": ["amount"], "value": 0, "using": "mean"}, [("option", "")],
                 id="filled with two things"),
    pytest.param({"kind": "aggregate", "columns": ["amount"], "by": ["country"], "function": "sum", "window": "1d"},
                 [("join", "window")], id="a window without a time"),
])
def test_transforms_that_cannot_be_made_are_refused(transform, expected):
    found = REGISTRY.find("features", "built-in").check(
        project(), {"with": "built-in", "transforms": [transform]}, FEATURES)
    assert [(fault.code.removeprefix("features/"), dotted(fault.path[4:])) for fault in found] == expected


@pytest.mark.parametrize(("join", "of", "expected"), [
    pytest.param({"source": "weather", "on": ["country"]}, TWO, [], id="as of a time"),
    pytest.param({"source": "wether", "on": ["country"]}, TWO, ["source"], id="unknown source"),
    pytest.param({"source": "transactions", "on": ["country"]}, TWO, ["source"], id="with itself"),
    pytest.param({"source": "weather", "on": ["amount"]}, TWO, ["on[0]"], id="a key that one side lacks"),
    pytest.param({"source": "weather", "on": ["country"], "columns": ["snow"]}, TWO, ["columns[0]"],
                 id="a column that is not there"),
    pytest.param({"source": "weather", "on": ["country"]}, project({"data": {"sources": [
        {"name": "transactions", "uri": "s3://lake/t/"}, WEATHER]}}), [""], id="rows without a time"),
])
def test_joins_never_reach_into_the_future(join, of, expected):
    found = REGISTRY.find("features", "built-in").check(of, {"with": "built-in", "joins": [join]}, FEATURES)
    assert [dotted(fault.path[4:]) for fault in found] == expected


def test_feast_looks_up_columns_as_of_the_time_of_the_row():
    parameters = {"with": "feast", "feature_service": "fraud_v1", "registry": "s3://feast/registry.db",
                  "entities": ["country"]}
    feast = REGISTRY.find("features", "feast")
    assert feast.lower(TWO, parameters, FEATURES)["time_column"] == "booked_at"
    assert [*feast.check(TWO, parameters, FEATURES)] == []
    assert [fault.code for fault in feast.check(project(), parameters | {"entities": ["contry"]}, FEATURES)] == [
        "features/join", "features/column"]
