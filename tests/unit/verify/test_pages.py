"""Every code has a page, and every page and every rule a test."""

import os
import re

import pytest

import compiler
from compiler.verify.pages import PAGES
from tests.unit.verify.argo_mistakes import MISTAKES as ARGO_MISTAKES
from tests.unit.verify.mistakes import MISTAKES

ROOMS = ("verify", "crds")


def codes_in_source() -> set[str]:
    found = set()
    for room in ROOMS:
        for folder, _, names in os.walk(os.path.join(os.path.dirname(compiler.__file__), room)):
            for name in names:
                if name.endswith(".py") and not name.startswith("page"):
                    with open(os.path.join(folder, name), encoding="utf-8") as file:
                        found |= set(re.findall(r'^[A-Z_]+ = "((?:verify|crds)/[a-z-]+)"', file.read(), re.MULTILINE))
    return found


def test_every_code_has_a_page_and_no_page_is_left_over() -> None:
    assert codes_in_source() == set(PAGES)


@pytest.mark.parametrize("code", sorted(PAGES))
def test_a_page_has_its_four_parts(code: str) -> None:
    law, gap, *rest = PAGES[code].splitlines()
    assert law.endswith(".")
    assert gap == ""
    assert "Bad:" in rest
    assert "Good:" in rest


def test_every_rule_has_a_mistake_that_it_refuses() -> None:
    elsewhere = {"verify/no-schema", "verify/not-served", "verify/cluster-schema"}
    tested = {mistake.code for mistake in (*MISTAKES, *ARGO_MISTAKES)} | elsewhere
    assert {code for code in PAGES if code.startswith("verify/")} == tested
