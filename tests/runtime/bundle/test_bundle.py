"""A bundle is read as it was signed, or refused by the name of what is wrong."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from runtime.bundle import (
    BundleError,
    key_id,
    load_private_key,
    load_public_key,
    manifest_digest,
    read_bundle,
    sign,
    write_manifest,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model.onnx").write_bytes(bytes(range(256)))
    (tmp_path / "model.json").write_text('{"name": "m"}')
    (tmp_path / "extra").mkdir()
    (tmp_path / "extra/card.md").write_text("# Model")
    write_manifest(tmp_path)
    sign(tmp_path, KEY)
    return tmp_path


def test_what_was_signed_is_read(folder):
    bundle = read_bundle(folder, trusted=[OTHER.public_key(), KEY.public_key()])
    assert sorted(bundle.files) == ["extra/card.md", "model.json", "model.onnx"]
    assert bundle.files["model.onnx"] == bytes(range(256))
    assert bundle.key == key_id(KEY.public_key())
    assert bundle.digest == manifest_digest((folder / "manifest.json").read_bytes())
    assert read_bundle(folder, trusted=[KEY.public_key()], digest=bundle.digest) == bundle


def test_the_same_files_have_the_same_digest(folder):
    before = manifest_digest((folder / "manifest.json").read_bytes())
    assert write_manifest(folder) == before


@pytest.mark.parametrize("name", ["model.onnx", "model.json", "extra/card.md", "manifest.json", "manifest.sig"])
def test_one_changed_byte_is_refused_by_name(folder, name):
    data = bytearray((folder / name).read_bytes())
    for place in range(0, len(data), max(1, len(data) // 8)):
        changed = bytearray(data)
        changed[place] ^= 1
        (folder / name).write_bytes(changed)
        with pytest.raises(BundleError, match=name.rpartition("/")[2].partition(".")[0]):
            read_bundle(folder, trusted=[KEY.public_key()])


def _replace_by_link(folder):
    (folder / "model.onnx").rename(folder.parent / "elsewhere.onnx")
    (folder / "model.onnx").symlink_to(folder.parent / "elsewhere.onnx")


def _leave_the_folder(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"].append({"path": "../secret", "sha256": "0" * 64, "size": 1})
    (folder / "manifest.json").write_text(json.dumps(manifest))
    sign(folder, KEY)


@pytest.mark.parametrize(("damage", "message"), [
    pytest.param(lambda folder: (folder / "new.bin").write_text("x"), "`new.bin` is not in the manifest",
                 id="a file more"),
    pytest.param(lambda folder: (folder / "model.json").unlink(), "`model.json` is missing", id="a file less"),
    pytest.param(lambda folder: (folder / "manifest.sig").unlink(), "not signed", id="no signature"),
    pytest.param(lambda folder: sign(folder, OTHER), "not trusted", id="signed by somebody else"),
    pytest.param(lambda folder: (folder / "manifest.sig").write_text("[" * 100_000), "no ed25519 signature",
                 id="a signature that is none"),
    pytest.param(_replace_by_link, "is a link", id="a link in the place of a file"),
    pytest.param(_leave_the_folder, "leaves its folder", id="a signed path that leaves the folder"),
])
def test_damage_is_refused(folder, damage, message):
    damage(folder)
    with pytest.raises(BundleError, match=message):
        read_bundle(folder, trusted=[KEY.public_key()])


def test_another_digest_than_the_pinned_one_is_refused(folder):
    with pytest.raises(BundleError, match="pinned is sha256:00"):
        read_bundle(folder, trusted=[KEY.public_key()], digest="sha256:" + "0" * 64)


def test_a_model_that_is_too_large_is_refused(folder):
    with pytest.raises(BundleError, match="larger than 10 bytes"):
        read_bundle(folder, trusted=[KEY.public_key()], maximum_bytes=10)


def test_an_unsigned_model_is_read_only_where_that_is_allowed(folder):
    (folder / "manifest.sig").unlink()
    assert read_bundle(folder, must_be_signed=False).key is None


def test_keys_travel_as_pem_and_their_text_is_not_repeated(tmp_path):
    pem = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    assert key_id(load_private_key(pem).public_key()) == key_id(KEY.public_key())
    (tmp_path / "key.pem").write_bytes(KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    assert key_id(load_public_key(tmp_path / "key.pem")) == key_id(KEY.public_key())
    with pytest.raises(BundleError) as failure:
        load_private_key(pem[:60])
    assert pem[30:60] not in str(failure.value)
