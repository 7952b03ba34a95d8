"""Whole compiles give what is committed, byte for byte."""

import os
import subprocess
import sys

import pytest

from tests.golden.cases import CASES, FOLDER, compiled, expected
from tests.repositories import ROOT


@pytest.mark.parametrize("case", CASES)
def test_a_compile_gives_the_committed_bytes(case: str) -> None:
    now, before = compiled(case), expected(case)
    assert now.output == before.output
    assert sorted(now.files) == sorted(before.files), "a golden file is missing, or is no longer produced"
    for path, content in now.files.items():
        assert content.decode() == before.files[path].decode(), path


def test_the_cases_are_few_and_small() -> None:
    assert len(CASES) >= 7
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 600_000


def test_nothing_is_rewritten_in_ci() -> None:
    result = subprocess.run([sys.executable, "-m", "tests.golden.rewrite"], cwd=ROOT, check=False,
                            env=dict(os.environ, CI="true"), capture_output=True, text=True)
    assert result.returncode == 2
    assert "make golden" in result.stderr
