"""Attacks on the compiler and on what reads its output: refused by name, or data and nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from ruamel.yaml import YAML

from compiler.commands.selecting import exit_code_of
from compiler.driver import Report
from compiler.source.codes import UNSAFE
from tests.hostile.oracle import assert_harmless_to_readers, differences, is_data
from tests.repositories import Compiler, mlproject, tree

FOLDER = Path(__file__).resolve().parent / "specs"
ATTACKS = sorted(path.stem for path in FOLDER.glob("*.yaml"))
_MARK = re.compile(r"\s*# (refused|twin|accepted):? ?(.*)$")


class Mark(NamedTuple):
    """What an attack's file says of itself; `line` is None when a policy decides where."""

    line: int | None
    verb: str
    words: str


class Attack(NamedTuple):
    """A spec, its lock (empty for none), and what is promised of them."""

    spec: str
    lock: str

    @property
    def mark(self) -> Mark:
        """Return the first mark."""
        for text in (self.spec, self.lock):
            for number, line in enumerate(text.splitlines(), 1):
                if found := _MARK.search(line):
                    return Mark(number if found.start() else None, found[1], found[2])
        raise AssertionError("the file says nothing of what is promised")

    @property
    def twin(self) -> "Attack":
        """Return the attack with the harmless words in its place."""
        return Attack(_harmless(self.spec), _harmless(self.lock))


def _harmless(text: str) -> str:
    lines = []
    for line in text.splitlines():
        found = _MARK.search(line)
        indent = line[: len(line) - len(line.lstrip())]
        lines.append(f"{indent}{found[2]}" if found and found[1] == "twin" else line)
    return "\n".join(lines) + "\n"


def attack(name: str) -> Attack:
    """Return an attack by name."""
    lock = FOLDER / f"{name}.lock"
    return Attack((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), lock.read_text() if lock.exists() else "")


@pytest.fixture(scope="module")
def compiler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Compiler]:
    made = Compiler(tmp_path_factory.mktemp("hostile"))
    yield made
    made.close()


def compile_attack(compiler: Compiler, one: Attack) -> Report:
    """Compile an attack in the repository of the compiler."""
    spec = compiler.root / "specs/fraud/mlproject.yaml"
    spec.parent.mkdir(parents=True, exist_ok=True)
    spec.write_text(one.spec, encoding="utf-8")
    lock = spec.with_name("mlproject.lock")
    lock.unlink(missing_ok=True)
    if one.lock.strip():
        lock.write_text(one.lock)
    report = compiler.compile(spec)
    assert_harmless_to_readers(report)
    return report


REFUSED = [name for name in ATTACKS if attack(name).mark.verb == "refused"]
TWINS = [name for name in ATTACKS if attack(name).mark.verb == "twin"]
ACCEPTED = [name for name in ATTACKS if attack(name).mark.verb == "accepted"]


@pytest.mark.parametrize("name", REFUSED)
def test_refused_by_name_at_its_line(compiler: Compiler, name: str) -> None:
    one = attack(name)
    report = compile_attack(compiler, one)
    errors = [finding for finding in report.diagnostics if finding.severity == "error"]
    lines = {finding.span.line if finding.span else 0 for finding in errors if finding.code == one.mark.words}
    assert lines, [finding.code for finding in errors]
    assert one.mark.line is None or one.mark.line in lines
    assert report.folders == {}
    assert exit_code_of(report.diagnostics) == (2 if one.mark.words in UNSAFE else 1)


@pytest.mark.parametrize("name", TWINS)
def test_text_is_data_and_nothing_else(compiler: Compiler, name: str) -> None:
    hostile, harmless = (compile_attack(compiler, one) for one in (attack(name), attack(name).twin))
    assert hostile.folders
    assert list(hostile.folders) == list(harmless.folders)
    assert [place for place, _, _ in differences(hostile, harmless) if not is_data(place)] == []
    assert_read_back(hostile)


@pytest.mark.parametrize("name", ACCEPTED)
def test_an_ordinary_value(compiler: Compiler, name: str) -> None:
    report = compile_attack(compiler, attack(name))
    assert report.folders
    assert_read_back(report)


@pytest.mark.parametrize("name", ["yaml-1-1-words-as-text", "norway-as-a-name", "null-as-a-team"])
def test_yaml_1_2_reads_the_same(compiler: Compiler, name: str) -> None:
    modern = YAML(typ="safe", pure=True)
    for files in compile_attack(compiler, attack(name)).folders.values():
        for path, content in files.items():
            if path.endswith(".yaml"):
                assert list(modern.load_all(content)) == list(yaml.load_all(content, yaml.CSafeLoader))


def assert_read_back(report: Report) -> None:
    """Assert that a reader of YAML 1.1 finds in the files what the targets made."""
    read = [
        document
        for files in report.folders.values()
        for path, content in sorted(files.items())
        if path.endswith(".yaml")
        for document in yaml.load_all(content, yaml.CSafeLoader)
    ]
    made = [manifest.body for one in report.rendered for manifest in one.manifests]
    assert len(read) == len(made)
    by_name = {(body["kind"], body["metadata"]["name"]): body for body in made}
    for document in read:
        assert document == by_name[document["kind"], document["metadata"]["name"]]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("argo-workflows-12534-variable-in-a-description", 0),
        ("helm-cve-2026-35206-dots-as-a-name", 1),
        ("terminal-escape", 2),
    ],
)
def test_the_command_ends_as_promised(tmp_path: Path, name: str, code: int) -> None:
    spec = tmp_path / "specs/fraud/mlproject.yaml"
    spec.parent.mkdir(parents=True)
    spec.write_text(attack(name).spec, encoding="utf-8")
    result = mlproject("compile", cwd=tmp_path)
    assert result.returncode == code
    assert "Traceback" not in result.stdout + result.stderr
    assert (tmp_path / "generated").exists() == (code == 0)
    outside = {path for path in tree(tmp_path) if not path.startswith(("specs/", "generated/"))}
    assert outside == set()


@pytest.mark.parametrize(
    ("projects", "code"),
    [
        pytest.param({"one": ("fraud", "dev"), "two": ("fraud", "dev")}, "names/unique-project", id="the same name"),
        pytest.param(
            {"one": ("a", "b-c"), "two": ("a-b", "c")},
            "names/unique-project",
            id="argo-cd-8811: other names, the same namespace",
        ),
    ],
)
def test_two_specs_never_own_one_thing(tmp_path: Path, projects: dict[str, tuple[str, str]], code: str) -> None:
    compiler = Compiler(tmp_path)
    plain = attack("markdown-as-a-key").twin.spec.replace('  "<img src=x onerror=alert(1)>": words', "  description: x")
    specs = []
    for folder, (name, environment) in projects.items():
        specs.append(tmp_path / "specs" / folder / "mlproject.yaml")
        specs[-1].parent.mkdir(parents=True)
        text = plain.replace("name: fraud", f"name: {name}") + f"environments: {{{environment}: {{}}}}\n"
        specs[-1].write_text(text)
    report = compiler.compile(*specs, is_whole_repository=True)
    compiler.close()
    assert code in {finding.code for finding in report.diagnostics}
    assert report.folders == {}


def test_there_are_attacks() -> None:
    assert len(ATTACKS) >= 100
    assert all((FOLDER / f"{path.stem}.yaml").exists() for path in FOLDER.glob("*.lock"))
