"""The newest data is answered by the pinned model, byte for byte the reviewed one, and every answer says by which."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from runtime.bundle import MANIFEST, key_id, manifest_digest
from runtime.models.keeping import load_model
from runtime.outcome import Refused, Unavailable
from runtime.steps.batch_predict import run
from runtime.steps.export import run as export
from runtime.steps.sign import run as sign
from runtime.steps.train import run as train
from tests.runtime.contexts import context
from tests.runtime.model.examples import settings_of, tumours

KEY, OTHER = (Ed25519PrivateKey.from_private_bytes(bytes([number] * 32)) for number in (1, 2))
NOW = datetime(2026, 1, 2, tzinfo=UTC)


def public(key):
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@pytest.fixture(scope="module")
def signed(binary, tmp_path_factory):
    """A model that was trained, exported and signed; the folder of its steps."""
    folder = tmp_path_factory.mktemp("model")
    private = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    settings = settings_of(binary, parameters={"max_iter": 5000})
    train(context("train", settings, folder, outputs={"model": folder / "model"},
                  inputs={"train": binary.train, "transform": binary.transform}))
    export(context("export", settings, folder, outputs={"onnx": folder / "onnx"},
                   inputs={"model": folder / "model", "holdout": binary.holdout}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET_SIGNING_KEY", private)
        sign(context("sign", {"secret": "signing-key", "signing": "required"}, folder,
                     inputs={"onnx": folder / "onnx"}, outputs={"bundle": folder / "bundle"}))
    return folder


@pytest.fixture
def lake(tmp_path):
    """The newest data: an identity, no target, and one row that is no tumour."""
    rows = tumours().drop(columns="target").head(40).assign(patient=[f"p{place}" for place in range(40)])
    rows.loc[7, "mean radius"] = -1.0
    (tmp_path / "lake/latest").mkdir(parents=True)
    rows.to_parquet(tmp_path / "lake/latest/part.parquet")
    return rows


@pytest.fixture
def settings(signed, lake, tmp_path):
    bundle = shutil.copytree(signed / "bundle", tmp_path / "store")
    source = {"name": "tumours", "uri": str(tmp_path / "lake"), "format": "parquet", "classification": "pii",
              "layer": "curated", "fallback": "fail", "time_column": None, "secret": None, "columns": {},
              "version": {"with": "none"}}
    column = {"type": "float64", "nullable": False, "allowed": None, "minimum": 0, "maximum": None, "unique": False,
              "protected": False}
    contract = {"columns": {"mean radius": column, "patient": {**column, "type": "category", "minimum": None,
                                                               "unique": True},
                            "target": {**column, "allowed": [0, 1], "type": "int64"}},
                "rules": [], "minimum_rows": 10, "freshness_seconds": None, "on_violation": "quarantine",
                "maximum_quarantined": 0.1}
    pinned = {"version": "7", "uri": str(bundle), "must_be_signed": True,
              "digest": manifest_digest((bundle / MANIFEST).read_bytes())}
    return {"model": pinned, "task": "classification", "target": "target", "sources": [source], "joins": [],
            "contract": contract, "output": str(tmp_path / "out/")}


def predict(settings, tmp_path):
    outcome = run(context("batch-predict", settings, tmp_path, outputs={"predictions": tmp_path / "predictions"}), NOW)
    return outcome, json.loads((tmp_path / "predictions").read_text())


def test_every_row_is_answered_as_the_trained_model_would(settings, signed, lake, tmp_path):
    outcome, said = predict(settings, tmp_path)
    assert outcome.numbers == {"rows": 39, "quarantined": 1, "fallbacks": 0}
    made = pd.read_parquet(said["uri"])
    trained = load_model(signed / "model")
    columns = {name: lake.drop(index=7)[name].to_numpy() for name in trained.transform.columns}
    expected = trained.model.predict(trained.transform.apply(columns))
    assert np.abs(made["probability_1"] - expected.probabilities[:, 1]).max() < 1e-5
    assert (made["prediction"] == expected.labels).all()
    assert list(made["row"]) == [place for place in range(40) if place != 7]
    assert list(made["patient"]) == list(lake.drop(index=7)["patient"])
    assert "mean radius" not in made.columns


def test_every_answer_says_by_which_model_of_which_data(settings, tmp_path):
    _, said = predict(settings, tmp_path)
    made = pd.read_parquet(said["uri"])
    assert set(made["model_version"]) == {"7"}
    assert set(made["model_digest"]) == {settings["model"]["digest"]}
    assert set(made["data_digest"]) == {said["sources"][0]["digest"]}
    assert set(made["run"]) == {"run-1"}
    assert set(made["predicted_at"]) == {pd.Timestamp(NOW)}


def test_rows_that_break_the_contract_are_kept_apart(settings, tmp_path):
    predict(settings, tmp_path)
    (aside,) = (tmp_path / "out/_quarantine").rglob("*.parquet")
    rows = pd.read_parquet(aside)
    assert list(rows["patient"]) == ["p7"]
    assert "mean radius" in rows["violations"][0]


def test_a_run_that_is_tried_again_writes_the_same_files(settings, tmp_path):
    _, said = predict(settings, tmp_path)
    before = Path(said["uri"]).read_bytes()
    predict(settings, tmp_path)
    assert Path(said["uri"]).read_bytes() == before
    assert {file.name for file in (tmp_path / "out").rglob("*") if file.is_file()} == {
        "predictions.parquet", "run=run-1.parquet"}


@pytest.mark.parametrize("name", ["model.onnx", "transform.json", "manifest.json"])
def test_a_model_with_a_changed_byte_predicts_nothing(settings, tmp_path, name):
    file = tmp_path / "store" / name
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(Refused, match="version 7 is refused: "):
        predict(settings, tmp_path)
    assert not (tmp_path / "out").exists()


def test_a_key_that_is_not_trusted_predicts_nothing(settings, tmp_path, monkeypatch):
    monkeypatch.setenv("MLPROJECT_TRUSTED_KEYS", public(OTHER) + public(KEY))
    predict(settings, tmp_path)
    monkeypatch.setenv("MLPROJECT_TRUSTED_KEYS", public(OTHER))
    with pytest.raises(Refused, match=f"is of key {key_id(KEY.public_key())}, which is not trusted"):
        predict(settings, tmp_path)


@pytest.mark.parametrize(("change", "failure", "message"), [
    pytest.param({"model": None}, Refused, "no model is pinned", id="no model"),
    pytest.param({"model": {"uri": "/nowhere/at/all"}}, Unavailable, "nothing at|be read", id="no store"),
    pytest.param({"contract": {"on_violation": "reject"}}, Refused, "source `tumours`", id="rejected rows"),
    pytest.param({"contract": {"minimum_rows": 1000}}, Refused, "source `tumours`", id="too few rows"),
])
def test_what_is_refused(settings, tmp_path, change, failure, message):
    ((key, value),) = change.items()
    changed = {**settings, key: value if value is None else {**settings[key], **value}}
    with pytest.raises(failure, match=message):
        predict(changed, tmp_path)


def test_an_unsigned_model_predicts_only_where_it_may(settings, tmp_path):
    (tmp_path / "store/manifest.sig").unlink()
    with pytest.raises(Refused, match="the model is not signed"):
        predict(settings, tmp_path)
    predict({**settings, "model": {**settings["model"], "must_be_signed": False}}, tmp_path)


def test_data_without_a_column_of_the_model_is_refused(settings, lake, tmp_path):
    lake.drop(columns="mean texture").to_parquet(tmp_path / "lake/latest/part.parquet")
    with pytest.raises(Refused, match="no column `mean texture`, which version 7 reads"):
        predict(settings, tmp_path)
