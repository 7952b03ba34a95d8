"""A serving target, a gate kind, a check and a policy: each is one file in a copy of our own tree."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugin.test_foreign_distribution import ENERGY, NAMING, SERVING
from tests.repositories import ROOT

POLICY = """# METADATA
# title: No digits
# description: A policy that one file adds.
# custom:
#   code: names/no-digits
#   stage: spec
#   severity: error
#   help: "rename it"
package mlproject.spec.names.no_digits

import rego.v1

deny contains finding if {
\tinput.spec.metadata.name == "digits"
\tfinding := {"message": "digits is not a name", "path": ["metadata", "name"]}
}
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("compiler", "runtime", "policies", "specs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def _run(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(checkout), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, "-m", "compiler", *arguments], cwd=checkout, env=environment, check=False,
                          capture_output=True, text=True)


def _add(checkout: Path, path: str, text: str) -> None:
    (checkout / path).parent.mkdir(parents=True, exist_ok=True)
    (checkout / path).write_text(text)


def _append(checkout: Path, text: str) -> None:
    spec = checkout / "specs/digits/mlproject.yaml"
    spec.write_text(spec.read_text() + text)


def test_a_serving_target_is_one_file(checkout: Path) -> None:
    _add(checkout, "compiler/targets/serving/acme.py", SERVING)
    _append(checkout, "deployment: {serving: {with: acme}}\n")
    result = _run(checkout, "compile", "specs/digits")
    assert result.returncode == 0, result.stderr
    assert "tool: acme" in (checkout / "generated/dev/digits/serving.yaml").read_text()


def test_a_gate_kind_is_one_file(checkout: Path) -> None:
    _add(checkout, "compiler/kinds/gates/energy.py", ENERGY)
    _append(checkout, "    - {kind: energy, maximum_joules: 5}\n")
    result = _run(checkout, "compile", "specs/digits")
    assert result.returncode == 0, result.stderr
    assert '"maximum_joules": 5' in (checkout / "generated/dev/digits/pipeline.yaml").read_text()
    assert '"energy"' in _run(checkout, "schema").stdout


def test_a_check_is_one_file(checkout: Path) -> None:
    _add(checkout, "compiler/checks/names/letters.py", f'"""A name holds the letters ai."""\n{NAMING}'.replace(
        "acme/naming", "names/letters"))
    result = _run(checkout, "check", "specs/digits")
    assert result.returncode == 1
    assert "specs/digits/mlproject.yaml:6:18: error: `digits` lacks the letters ai [names/letters]" in result.stderr
    assert "letters ai" in _run(checkout, "explain", "names/letters").stdout


def test_a_policy_is_one_file(checkout: Path) -> None:
    _add(checkout, "policies/names/no_digits.rego", POLICY)
    result = _run(checkout, "check", "specs/digits")
    assert result.returncode == 1
    assert "specs/digits/mlproject.yaml:6:18: error: digits is not a name [names/no-digits]" in result.stderr
    assert "A policy that one file adds." in _run(checkout, "explain", "names/no-digits").stdout
