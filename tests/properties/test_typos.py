"""A typo in any key of any example: its place, what was meant, exit code 1, and nothing is written."""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from compiler.commands.selecting import exit_code_of
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.diagnostics.suggest import suggest
from tests.properties.keys import FILES, SPECS, Key, keys_of, slips, with_key
from tests.repositories import Compiler, copy_of_examples, mlproject, tree

KEYS = [pytest.param(file, part, id=f"{file.relative_to(SPECS)} {part + 1}/4") for file in FILES for part in range(4)]


@pytest.fixture(scope="module")
def compiler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Compiler]:
    made = Compiler(copy_of_examples(tmp_path_factory.mktemp("typos")))
    yield made
    made.close()


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a compiled repository; a test gives back the file that it changed."""
    repository = copy_of_examples(tmp_path_factory.mktemp("compiled"))
    assert mlproject("compile", cwd=repository).returncode == 0
    return repository


@pytest.mark.parametrize(("file", "part"), KEYS)
def test_every_typo_of_every_key_is_found(compiler: Compiler, file: Path, part: int) -> None:
    copy = compiler.root / "specs" / file.relative_to(SPECS)
    spec = _spec_that_reads(copy)
    text = file.read_text()
    seen: Counter[object] = Counter()
    try:
        for turn, key in enumerate(keys_of(file)):
            if turn % 4 == part and not key.is_free:
                for typo in _some(slips(key.name, turn // 4), (key.name, key.siblings), seen):
                    _assert_found(compiler, copy, spec, (key, typo), with_key(text, key, typo))
    finally:
        copy.write_text(text)


def _some(typos: Iterable[str], place: object, seen: Counter[object]) -> list[str]:
    """Return all slips at the first key of its kind, and one of them, in turn, at each that is just like it."""
    every = list(typos)
    seen[place] += 1
    return every if seen[place] == 1 else [every[seen[place] % len(every)]]


def _assert_found(compiler: Compiler, copy: Path, spec: Path, change: tuple[Key, str], text: str) -> None:
    key, typo = change
    if typo in ("", key.name) or typo in key.siblings:
        return
    copy.write_text(text)
    report = compiler.compile(spec)
    here = [finding for finding in report.diagnostics if _is_at(finding, copy, key)]
    assert here, (key.path, typo, report.diagnostics)
    assert any(_says(finding, key, typo) for finding in here), (key.path, typo, here)
    assert exit_code_of(report.diagnostics) == 1
    assert report.folders == {}


def _is_at(finding: Diagnostic, file: Path, key: Key) -> bool:
    span = finding.span
    return span is not None and (span.file, span.line, span.column) == (str(file), key.span.line, key.span.column)


def _says(finding: Diagnostic, key: Key, typo: str) -> bool:
    """Tell whether a finding suggests the key; one of few letters may be as close to another, and all are listed."""
    if f"did you mean `{key.name}`?" in finding.help:
        return True
    return len(typo) <= 2 and suggest(typo, (key.name, *key.siblings)) is None and f" {key.name}," in finding.help


def _spec_that_reads(file: Path) -> Path:
    """Return a spec that has what is written in a file."""
    return (
        file.with_name("mlproject.yaml") if file.parent.name != "specs" else file.parent / "employment/mlproject.yaml"
    )


def test_the_keys_are_many_and_few_are_free() -> None:
    keys = [key for file in FILES for key in keys_of(file)]
    assert len(keys) > 700
    assert {key.path[-2] for key in keys if key.is_free} == {"columns", "environments", "rule_labels"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SPECS)))
def test_the_command_leaves_generated_as_it_was(compiled: Path, file: Path) -> None:
    repository = compiled
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in (repository / "generated").rglob("*")}
    content = tree(repository / "generated")
    assert content
    key = next(key for key in keys_of(file) if len(key.path) > 1 and not key.is_free)
    copy = repository / "specs" / file.relative_to(SPECS)
    copy.write_text(with_key(file.read_text(), key, f"{key.name}x"))
    result = mlproject("compile", cwd=repository)
    shutil.copy(file, copy)
    assert result.returncode == 1
    place = f"{copy.relative_to(repository)}:{key.span.line}:{key.span.column}: error: "
    assert place in result.stderr
    assert f"did you mean `{key.name}`?" in result.stderr
    assert tree(repository / "generated") == content
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in before} == before


def test_a_made_up_key_is_missed_where_it_was_meant(compiler: Compiler) -> None:
    file = compiler.root / "specs/flight-delay/mlproject.yaml"
    text = file.read_text()
    file.write_text(text.replace("          arr_delay: {", "          arr_dealy: {"))
    report = compiler.compile(file)
    shutil.copy(SPECS / "flight-delay/mlproject.yaml", file)
    finding = next(finding for finding in report.diagnostics if finding.code == "references/target-column")
    assert finding.help == "did you mean `arr_dealy`?"
