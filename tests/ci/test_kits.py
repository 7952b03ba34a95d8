"""Each kit is right by its host's own schema or linter, asks for no more than it needs, and pins what it runs."""

import json
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import yaml

from compiler.ci import HOSTS, kit_of
from tests.judges import REPOSITORY, require

IMAGE = "ghcr.io/example/train@sha256:" + "0" * 64
SCHEMAS = {"azure-pipelines": "azure-pipelines.json", "gitlab-ci": "gitlab-ci.json",
           "github-actions": "github-workflows.json"}
DEFAULTS = "apiVersion: mlproject.dev/v1alpha1\nkind: MLProjectDefaults\ndefaults:\n"


def written(tmp_path, host):
    """Return the file that `mlproject ci --write` writes in a repository whose organisation file names host."""
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/defaults.yaml").write_text(
        f"{DEFAULTS}  platform: {{ci: {host}}}\n  training: {{image: \"{IMAGE}\"}}\n")
    assert ci(tmp_path, "--write").returncode == 0
    return tmp_path / kit_of(host).path


def ci(root, *arguments):
    return subprocess.run([sys.executable, "-m", "compiler", "ci", "--root", root, *arguments], cwd=REPOSITORY,
                          text=True, capture_output=True, check=False)


def schema(host):
    return json.loads((files("check_jsonschema") / "builtin_schemas/vendor" / SCHEMAS[host]).read_text())


@pytest.mark.parametrize("host", SCHEMAS)
def test_the_schema_of_the_host_accepts_it(host, tmp_path):
    body = yaml.safe_load(written(tmp_path, host).read_text())
    validator = jsonschema.validators.validator_for(schema(host))
    assert [error.message[:200] for error in validator(schema(host)).iter_errors(body)] == []


@pytest.mark.parametrize(("host", "path", "value"), [
    pytest.param("github-actions", ("jobs", "check", "steps"), "none", id="github: steps are no list"),
    pytest.param("gitlab-ci", ("check", "artifacts"), {"paths": 7}, id="gitlab: paths are no list"),
    pytest.param("azure-pipelines", ("jobs",), 7, id="azure: jobs are no list"),
])
def test_the_schema_of_the_host_would_say(host, path, value):
    body = json.loads(json.dumps(kit_of(host).render(IMAGE)))
    place = body
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(body, schema(host))


def test_actionlint_has_nothing_to_say(tmp_path):
    path = written(tmp_path, "github-actions")
    lint = subprocess.run([require("actionlint"), path], capture_output=True, text=True, check=False)
    assert (lint.returncode, lint.stdout) == (0, "")


def zizmor(path):
    return subprocess.run([Path(sys.executable).with_name("zizmor"), "--offline", "--format", "plain",
                           "--no-progress", path], capture_output=True, text=True, check=False)


def test_zizmor_has_nothing_to_say(tmp_path):
    said = zizmor(written(tmp_path, "github-actions"))
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.parametrize(("former", "worse", "rule"), [
    pytest.param("@3d3c42e5aac5ba805825da76410c181273ba90b1", "@v7", "unpinned-uses", id="a tag that moves"),
    pytest.param("pull_request: {}", "pull_request_target: {}", "dangerous-triggers", id="a fork's code with secrets"),
    pytest.param('"$BASE"', '"${{ github.head_ref }}"', "template-injection", id="a branch name as program text"),
])
def test_zizmor_would_say(former, worse, rule, tmp_path):
    path = written(tmp_path, "github-actions")
    text = path.read_text()
    assert former in text
    path.write_text(text.replace(former, worse))
    said = zizmor(path)
    assert said.returncode != 0
    assert rule in said.stdout


def test_github_may_nothing_but_what_each_job_says():
    body = kit_of("github-actions").render(IMAGE)
    assert (body["permissions"], list(body["on"])) == ({}, ["pull_request"])
    assert body["jobs"]["check"]["permissions"] == {"contents": "read"}
    assert body["jobs"]["comment"]["permissions"] == {"contents": "read", "pull-requests": "write"}
    used = [step["uses"] for job in body["jobs"].values() for step in job["steps"] if "uses" in step]
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action) for action in used)
    assert all(step["with"]["persist-credentials"] is False for job in body["jobs"].values() for step in job["steps"]
               if step.get("uses", "").startswith("actions/checkout"))
    # What may write comments never has the proposal's files: only the base, and one JSON document.
    assert body["jobs"]["comment"]["steps"][0]["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"


@pytest.mark.parametrize("host", HOSTS)
def test_every_host_does_the_same_checks(host, tmp_path):
    text = written(tmp_path, host).read_text()
    for command in ("mlproject check", "mlproject compile --check", "mlproject ci --check", "mlproject plan --base"):
        assert command in text


@pytest.mark.parametrize("host", HOSTS)
def test_check_says_whether_it_is_up_to_date(host, tmp_path):
    path = written(tmp_path, host)
    assert ci(tmp_path, "--check").returncode == 0
    path.write_text(path.read_text() + "#\n")
    assert ci(tmp_path, "--check").returncode == 3


def test_an_organisation_without_a_ci_system_is_told(tmp_path):
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/defaults.yaml").write_text(f"{DEFAULTS}  training: {{image: x}}\n")
    said = ci(tmp_path)
    assert said.returncode == 2
    assert "platform.ci" in said.stderr


def test_no_image_becomes_a_program_of_jenkins():
    with pytest.raises(ValueError, match="no reference"):
        kit_of("jenkins").render("x' + evil() + '")


def test_the_hooks_run_commands_that_exist():
    from compiler.commands import COMMANDS

    hooks = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text())
    assert {hook["entry"].split()[1] for hook in hooks} <= {*COMMANDS}
