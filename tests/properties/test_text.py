"""Any text in any field: refused in words, or data and nothing else; never a crash."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compiler.commands.selecting import exit_code_of
from compiler.driver import Report
from tests.hostile.oracle import assert_harmless_to_readers, differences, is_data
from tests.properties.naughty import STRINGS
from tests.properties.specs import FIELDS, SPEC, changed, paths, write
from tests.repositories import Compiler

FREE = [field.path for field in FIELDS.values() if field.is_free]
WRONG_TYPES: tuple[Any, ...] = (None, [], {}, "", -1, True, 1e308, 2**63 - 1, [None], {"kind": {}})


@pytest.fixture(scope="module")
def compiler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Compiler]:
    made = Compiler(tmp_path_factory.mktemp("text"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def harmless(compiler: Compiler) -> Report:
    report = compiler.compile(write(compiler.root, SPEC))
    assert report.folders, report.diagnostics
    return report


@pytest.mark.parametrize("name", FIELDS)
def test_naughty_text_is_taken_or_refused(compiler: Compiler, name: str) -> None:
    for text in STRINGS:
        report = compiler.read(write(compiler.root, changed(SPEC, {FIELDS[name].path: text})))
        if report.diagnostics:
            assert_harmless_to_readers(report)
            assert exit_code_of(report.diagnostics) in (1, 2)


def test_naughty_text_is_data_in_every_field_that_takes_it(compiler: Compiler, harmless: Report) -> None:
    taken = [text for text in STRINGS if _is_taken(compiler, text)]
    assert len(taken) > 80
    for turn in range(len(taken)):
        # Each text is once in each field: the fields start at different places of the list.
        texts = {path: taken[(turn + 17 * index) % len(taken)] for index, path in enumerate(FREE)}
        _assert_data(compiler.compile(write(compiler.root, changed(SPEC, texts))), harmless, str(texts))


def _is_taken(compiler: Compiler, text: str) -> bool:
    report = compiler.read(write(compiler.root, changed(SPEC, dict.fromkeys(FREE, text))))
    return not report.diagnostics


@settings(
    deadline=None,
    derandomize=True,
    max_examples=40,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(texts=st.lists(st.text(st.characters(codec="utf-8"), max_size=60), min_size=len(FREE), max_size=len(FREE)))
def test_any_text_is_data_or_refused(compiler: Compiler, harmless: Report, texts: list[str]) -> None:
    report = compiler.compile(write(compiler.root, changed(SPEC, dict(zip(FREE, texts, strict=True)))))
    assert_harmless_to_readers(report)
    if report.folders:
        _assert_data(report, harmless, str(texts))
    else:
        assert exit_code_of(report.diagnostics) in (1, 2)


def _assert_data(report: Report, harmless: Report, texts: str) -> None:
    assert report.folders, (texts, report.diagnostics)
    assert [place for place, _, _ in differences(report, harmless) if not is_data(place)] == [], texts


@pytest.mark.parametrize("part", range(6))
def test_any_type_in_any_place_is_taken_or_refused(compiler: Compiler, part: int) -> None:
    for turn, path in enumerate(paths(SPEC)):
        if turn % 6 == part:
            for value in WRONG_TYPES:
                report = compiler.read(write(compiler.root, changed(SPEC, {path: value})))
                assert not report.diagnostics or exit_code_of(report.diagnostics) in (1, 2)


@pytest.mark.parametrize("part", range(3))
def test_null_in_any_place_still_compiles_or_is_refused(compiler: Compiler, part: int) -> None:
    for turn, path in enumerate(paths(SPEC)):
        if turn % 3 == part:
            report = compiler.compile(write(compiler.root, changed(SPEC, {path: None})))
            assert report.folders or exit_code_of(report.diagnostics) in (1, 2), path
