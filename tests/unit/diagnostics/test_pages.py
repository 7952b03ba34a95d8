"""Every code of the reader has a page, and its examples do what it says."""

import re

import pytest

from compiler.diagnostics.pages import PAGES
from compiler.source import codes
from compiler.source.read import read

CODES = sorted(value for name, value in vars(codes).items() if name.isupper() and isinstance(value, str))
# What a few lines of YAML cannot show.
TOLD = {codes.TOO_LARGE, codes.NOT_UTF8, codes.BYTE_ORDER_MARK, codes.TOO_MANY_NODES, codes.TOO_MANY_PROBLEMS,
        codes.MISSING, codes.NO_SPEC, codes.LINK, codes.OUTSIDE, codes.NOT_A_FILE, codes.UNREADABLE}


def example(page, name):
    block = re.search(rf"^{name}:\n((?:    .*\n)+)", page, re.MULTILINE).group(1)
    return re.sub(r"^    ", "", block, flags=re.MULTILINE)


def test_every_code_has_a_page():
    assert set(CODES) <= set(PAGES)
    assert all(code.startswith("source/") for code in CODES)


@pytest.mark.parametrize("code", sorted(PAGES))
def test_a_page_starts_with_the_law(code):
    law, blank, *_ = PAGES[code].split("\n")
    assert law.endswith(".")
    assert blank == ""
    assert example(PAGES[code], "Bad")
    assert example(PAGES[code], "Good")
    assert max(map(len, PAGES[code].split("\n"))) <= 120


@pytest.mark.parametrize("code", [code for code in CODES if code not in TOLD])
def test_the_examples_are_true(code):
    _, problems = read(example(PAGES[code], "Bad").encode(), "bad")
    assert code in [problem.code for problem in problems]
    assert read(example(PAGES[code], "Good").encode(), "good")[1] == ()
