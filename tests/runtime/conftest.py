"""Data that is prepared once for all tests of the model's steps; the libraries are imported by whoever asks."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.runtime.model.examples import Prepared


@pytest.fixture(scope="session")
def binary(tmp_path_factory) -> "Prepared":
    return _prepared(tmp_path_factory.mktemp("binary"), "classification", "tumours")


@pytest.fixture(scope="session")
def three_classes(tmp_path_factory) -> "Prepared":
    return _prepared(tmp_path_factory.mktemp("three"), "classification", "wines")


@pytest.fixture(scope="session")
def regression(tmp_path_factory) -> "Prepared":
    return _prepared(tmp_path_factory.mktemp("regression"), "regression", "patients")


def _prepared(folder: Path, task: str, rows: str) -> "Prepared":
    from tests.runtime.model import examples

    return examples.prepare(folder, task, getattr(examples, rows)(), "target")
