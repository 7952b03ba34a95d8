"""The built-in pack: whole, tested, documented, and good Rego to the real opa."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from compiler.policy import embedded, testing
from compiler.policy.documents import list_policies, page_of_policy, policy_pages, stale_pages, write_pages
from compiler.policy.packs import built_in_folder, merged_data, read_pack_with_tests, read_packs, read_packs_with_tests
from compiler.policy.pages import PAGES
from tests.judges import REPOSITORY, require

FOLDER = Path(built_in_folder())
PACK = read_pack_with_tests(str(FOLDER), "policies")
LISTED, FAULTS = list_policies([PACK])


@pytest.fixture(scope="module")
def report() -> testing.Tested:
    return testing.run_tests(lambda: read_packs_with_tests(str(REPOSITORY)))


def test_the_pack_has_no_fault_and_is_whole() -> None:
    assert FAULTS == ()
    assert len(LISTED) >= 28
    # Adding a policy is one file; a tenth of them may come before the minimum has to follow.
    assert 0.9 * len(LISTED) <= PACK.minimum <= len(LISTED), "raise `minimum` in policies/pack.json"


def test_the_pack_denies_its_own_bad_inputs() -> None:
    judge = embedded.start(lambda: read_packs(str(REPOSITORY)))
    spec = judge.judge("spec", [PACK.denies["spec"]])
    manifests = judge.judge("manifests", [PACK.denies["manifests"]])
    judge.close()
    assert (spec.faults, manifests.faults) == ((), ())
    assert len(spec.findings[0]) > 15
    assert len(manifests.findings[0]) > 10


@pytest.mark.parametrize("code", [one.policy.code for one in LISTED])
def test_each_policy_says_what_to_do_and_which_control_it_serves(code: str) -> None:
    (one,) = [listed for listed in LISTED if listed.policy.code == code]
    assert one.metadata.control
    assert one.metadata.help
    assert not one.metadata.title.endswith(".")


@pytest.mark.parametrize("code", [one.policy.code for one in LISTED])
def test_each_policy_has_a_case_that_passes_and_one_that_is_denied(code: str) -> None:
    (one,) = [listed for listed in LISTED if listed.policy.code == code]
    tests = PACK.files[one.policy.file.replace(".rego", "_test.rego")]
    names = [line.partition(" ")[0] for line in tests.split("\n") if line.startswith("test_")]
    assert len(names) >= 2
    assert ".deny) == 0" in tests or "_passes if" in tests
    assert any(".deny) ==" in line and "== 0" not in line for line in tests.split("\n"))


def test_all_tests_of_the_pack_pass(report: testing.Tested) -> None:
    assert report.faults == ()
    assert [test for test in report.tests if test.outcome != "pass"] == []
    assert len(report.tests) > 200


def test_each_file_is_covered(report: testing.Tested) -> None:
    assert {one.file for one in report.coverage} == {file for file in PACK.files if not file.endswith("_test.rego")}
    assert [(one.file, one.missing) for one in report.coverage if one.percent < 90] == []


READ_BY_THE_PLAN = {"reviewers", "prices"}


def test_every_threshold_is_used() -> None:
    text = "\n".join(PACK.files.values())
    keys = [f"data.{top}.{key}" for top, value in merged_data([PACK]).items() if top not in READ_BY_THE_PLAN
            for key in value]
    assert [key for key in keys if key not in text] == []


def test_the_pages_are_fresh() -> None:
    assert stale_pages(str(REPOSITORY / "docs" / "policies")) == (), "run `make docs`"


def test_pages_are_written_and_those_of_gone_policies_removed(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    assert len(write_pages(str(folder))) == len(LISTED) + 1
    gone = folder / "gone-rule.md"
    gone.write_text(next(iter(policy_pages().values())), encoding="utf-8")
    own = folder / "README.md"
    own.write_text("mine", encoding="utf-8")
    assert stale_pages(str(folder)) == ("gone-rule.md",)
    assert write_pages(str(folder)) == ("gone-rule.md",)
    assert (gone.exists(), own.read_text(encoding="utf-8"), stale_pages(str(folder))) == (False, "mine", ())


def test_explain_prints_the_page_of_a_policy() -> None:
    page = page_of_policy("dataset/encrypted", str(REPOSITORY))
    assert page is not None
    assert page.startswith("Personal data is encrypted")
    assert "policies/dataset/encrypted.rego" in page
    assert page_of_policy("dataset/nothing", str(REPOSITORY)) is None
    assert page_of_policy("nothing", str(REPOSITORY)) is None


def test_no_code_of_a_policy_is_that_of_a_check_or_of_the_engine() -> None:
    checks = REPOSITORY / "compiler" / "checks"
    taken = {f"{path.parent.name}/{path.stem}".replace("_", "-") for path in checks.glob("*/*.py")}
    assert {one.policy.code for one in LISTED} & (taken | PAGES.keys()) == set()


def _codes_in_the_room() -> Iterator[str]:
    for path in sorted((REPOSITORY / "compiler" / "policy").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        for part in text.split("fault(")[1:] + text.split("EngineFault(fault(")[1:]:
            if part.startswith('"'):
                yield f"policy/{part.split(chr(34))[1]}"


def test_each_fault_has_a_page_and_each_page_a_fault() -> None:
    said = {*_codes_in_the_room(), "policy/syntax", "policy/evaluation-failed", "policy/unreadable-manifest",
            "policy/unsupported", "policy/forbidden-builtin", "policy/timeout", "policy/engine-failed"}
    assert said == PAGES.keys()
    for code, page in PAGES.items():
        assert "\nBad:\n" in page, code
        assert "\nGood:\n" in page, code


def opa(*arguments: str) -> str:
    return subprocess.run([str(require("opa")), *arguments], cwd=FOLDER, check=True, capture_output=True,
                          text=True, encoding="utf-8").stdout


def test_opa_check_strict_takes_the_pack() -> None:
    assert opa("check", "--strict", ".") == ""


def test_opa_fmt_would_change_nothing() -> None:
    assert opa("fmt", "-l", ".") == ""


def test_opa_passes_the_same_tests() -> None:
    folders = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
    assert opa("test", *folders).startswith("PASS: ")
