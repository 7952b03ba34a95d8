"""The build files: clean by BuildKit's own rules, pinned, without root, and each takes the lock that is its own."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.images.graph import ROOT
from tests.judges import require

IMAGES = ("serve", "train")


def build_file(image: str) -> Path:
    return ROOT / "images" / image / "Dockerfile"


@pytest.mark.parametrize("image", IMAGES)
def test_buildkit_has_nothing_to_say(image):
    lint = subprocess.run([require("dockerfile-lint"), build_file(image)], capture_output=True, text=True, check=False)
    assert (lint.returncode, lint.stdout) == (0, "")


@pytest.mark.parametrize(("line", "rule"), [
    pytest.param("RUN cd /tmp", "WorkdirRelativePath", id="a relative folder"),
    pytest.param("CMD echo hello", "JSONArgsRecommended", id="a shell in front of the program"),
    pytest.param("ENV TOKEN_SECRET=1", "SecretsUsedInArgOrEnv", id="a secret in a layer"),
    pytest.param("COPY --from=nowhere a b\nRUM true", "unknown instruction", id="no instruction at all"),
])
def test_buildkit_would_say(line, rule, tmp_path):
    (tmp_path / "Dockerfile").write_text(f"FROM scratch\nWORKDIR here\n{line}\n" if "Relative" in rule
                                         else f"FROM scratch\n{line}\n")
    lint = subprocess.run([require("dockerfile-lint"), tmp_path / "Dockerfile"], capture_output=True, text=True,
                          check=False)
    assert lint.returncode == 1
    assert rule in lint.stdout


@pytest.mark.parametrize("image", IMAGES)
def test_the_base_is_pinned_and_every_stage_is_from_it(image):
    text = build_file(image).read_text()
    assert re.search(r"^ARG BASE=docker\.io/library/python:3\.11\.\d+-slim-bookworm@sha256:[0-9a-f]{64}$", text, re.M)
    assert re.findall(r"^FROM (\S+)", text, re.M) == ["${BASE}", "${BASE}"]


@pytest.mark.parametrize("image", IMAGES)
def test_it_runs_as_nobody_in_particular_on_the_libraries_of_its_own_lock(image):
    text = build_file(image).read_text()
    assert re.findall(r"^USER (\S+)$", text, re.M)[-1] == "10001:10001"
    assert "--require-hashes --only-binary :all:" in text
    assert f"-r /requirements/{image}.lock" in text
    assert "compileall" in text


@pytest.mark.parametrize("image", IMAGES)
def test_what_is_copied_is_sent(image):
    sent = {line.removeprefix("!") for line in
            (ROOT / "images" / image / "Dockerfile.dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = {path for line in re.findall(r"^COPY (?!--from)(.+)$", build_file(image).read_text(), re.M)
              for path in line.split()[:-1]}
    assert copied
    assert all((ROOT / path).exists() and any(path == one or path.startswith(f"{one}/") for one in sent)
               for path in copied)


def test_both_images_stand_on_one_base():
    assert len({re.search(r"^ARG BASE=.*", build_file(image).read_text(), re.M)[0] for image in IMAGES}) == 1


def test_without_an_engine_it_says_so(tmp_path):
    said = subprocess.run([sys.executable, ROOT / "images/build.py"], env={"PATH": str(tmp_path)}, text=True,
                          capture_output=True, check=False)
    assert (said.returncode, "no engine here" in said.stderr) == (4, True)


def test_an_unknown_image_is_wrong_use():
    said = subprocess.run([sys.executable, ROOT / "images/build.py", "bake"], text=True, capture_output=True,
                          check=False)
    assert (said.returncode, said.stderr) == (2, "no such image: bake; there are serve, train\n")
