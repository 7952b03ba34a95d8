"""Tests that share something costly run in one worker: two API servers at once take longer than one after the other."""

import os
import subprocess
import sys

GROUPED = """
import pytest

@pytest.mark.parametrize("number", range(8))
@pytest.mark.xdist_group("shared")
def test_shared(number, worker_id):
    with open("workers", "a") as file:
        file.write(worker_id + "\\n")
"""


def test_a_group_stays_with_one_worker(tmp_path):
    (tmp_path / "test_grouped.py").write_text(GROUPED)
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    subprocess.run([sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-p", "no:cacheprovider"],
                   cwd=tmp_path, env=variables, check=True, capture_output=True)
    workers = (tmp_path / "workers").read_text().split()
    assert len(workers) == 8
    assert len(set(workers)) == 1
