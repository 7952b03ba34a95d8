"""What an image runs finds its libraries in the lock of that image, and the server is given none that it does not use.

No image is built here: the lock of each is installed into an environment of its own, and every import is done in it.
"""

import re
import subprocess
import tomllib

import pytest

from runtime.__main__ import PROGRAMS
from tests.images.environments import environment, failures
from tests.images.graph import ROOT, external, reachable

pytestmark = pytest.mark.xdist_group("images")

SERVER = PROGRAMS["serve"]
WRITTEN = sorted(f"runtime.steps.{path.stem}" for path in (ROOT / "runtime/steps").glob("[a-z]*.py"))
TRAINERS = ("dvc", "lightgbm", "mlflow", "onnx", "pandas", "pyarrow", "skl2onnx", "sklearn", "xgboost")
DISTRIBUTIONS = {"onnxruntime-gpu": "onnxruntime", "grpcio": "grpc", "protobuf": "google"}
"""Names of distributions that are not those of their modules."""


@pytest.fixture(scope="session")
def trained():
    """What does not import in the train image, of all that any step or either program needs."""
    needed = frozenset().union(*map(external, [*WRITTEN, "compiler.cli", "compiler.driver"]))
    python = environment("train")
    return python, failures(python, needed | {*WRITTEN, "compiler.cli"})


@pytest.mark.parametrize("step", WRITTEN)
def test_a_step_finds_its_libraries_in_the_train_image(trained, step):
    _, faults = trained
    assert {name: faults[name] for name in external(step) | {step} if name in faults} == {}


def test_both_programs_find_theirs(trained):
    python, faults = trained
    assert {name: why for name, why in faults.items() if name in external("compiler.driver") | {"compiler.cli"}} == {}
    said = subprocess.run([python, "-m", "compiler", "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "compile" in said.stdout


def test_the_server_finds_its_libraries_in_the_serve_image():
    assert failures(environment("serve"), external(SERVER) | {SERVER}) == {}


def test_the_serve_image_holds_no_library_that_trains():
    assert sorted(failures(environment("serve"), frozenset(TRAINERS))) == sorted(TRAINERS)


def test_the_serve_image_is_asked_for_nothing_that_the_server_does_not_import():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]["serve"]
    names = [re.match(r"[a-z0-9-]+", requirement)[0] for requirement in declared]
    used = {name.partition(".")[0] for name in external(SERVER)}
    assert [name for name in names if DISTRIBUTIONS.get(name, name) not in used] == []


def test_the_server_never_reaches_the_compiler_nor_a_step():
    assert [name for name in sorted(reachable(SERVER)) if name.startswith(("compiler", "runtime.steps"))] == []
