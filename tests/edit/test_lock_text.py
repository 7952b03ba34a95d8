"""Edits of a lock: what they do not speak of keeps every byte."""

import pytest

from compiler.edit.lock_text import NEW_LOCK, freeze, lift, pin, restore

ONE, TWO = ({"version": number, "uri": f"s3://models/fraud/{number}/", "digest": f"sha256:{number * 64}"}
            for number in "12")
FULL = {**TWO, "run": "train-x7", "revision": "18371e12", "data": {"rows": "1e3", "more-rows": "no"},
        "gates": {"verdict": "pass", "digest": f"sha256:{'a' * 64}"}, "signed_by": f"sha256:{'b' * 64}"}

PLAIN = f"""\
# Which model each environment serves.
apiVersion: mlproject.dev/v1alpha1
kind: MLProjectLock
environments:
  # Nobody looks here.
  dev:
    version: "1"   # the first
    uri: s3://models/fraud/1/
    digest: sha256:{'1' * 64}

  # Served since spring;
  # ask the risk team before it moves.
  production:
    version: "1"
    uri: s3://models/fraud/1/
    digest: sha256:{'1' * 64}  # by content
# The end.
"""
WIDE = PLAIN.replace("    ", "        ").replace("\n  ", "\n    ").replace("\n          ", "\n        ")
WIDE = WIDE.replace('"1"', "'1'")
FLOW = f"""\
apiVersion: mlproject.dev/v1alpha1
kind: MLProjectLock
environments:
  dev: {{version: "1", uri: s3://models/fraud/1/, digest: 'sha256:{'1' * 64}'}}
  # and then
  production: {{version: "1", uri: s3://models/fraud/1/, digest: 'sha256:{'1' * 64}'}}
"""
LOCKS = [pytest.param(PLAIN, id="comments everywhere"), pytest.param(WIDE, id="four columns, single quotes"),
         pytest.param(FLOW, id="flow style")]


def lines(text: str) -> list[str]:
    return text.splitlines()


@pytest.mark.parametrize("text", LOCKS)
@pytest.mark.parametrize("environment", ["dev", "production"])
@pytest.mark.parametrize("model", [pytest.param(TWO, id="same keys"), pytest.param(FULL, id="more keys")])
def test_a_pin_and_its_return_restore_every_byte(text: str, environment: str, model: dict[str, object]) -> None:
    pinned = pin(text, environment, model)
    assert pinned != text
    assert restore(pinned, environment, text) == text


@pytest.mark.parametrize("environment", ["dev", "production"])
def test_a_pin_changes_lines_of_its_environment_alone(environment: str) -> None:
    pinned = pin(PLAIN, environment, TWO)
    changed = [(old, new) for old, new in zip(lines(PLAIN), lines(pinned), strict=True) if old != new]
    assert [new.split("#")[0].split(": ")[0].strip() for _, new in changed] == ["version", "uri", "digest"]
    assert '"2"   # the first' in pinned or environment == "production"


def test_new_keys_stand_in_front_of_the_comment_of_what_follows() -> None:
    pinned = lines(pin(PLAIN, "dev", FULL))
    at = pinned.index("  # Served since spring;")
    assert pinned[at - 1] == ""
    assert pinned[at - 2].strip().startswith("signed_by: sha256:bbb")


def test_texts_that_look_like_something_else_are_quoted() -> None:
    pinned = pin(PLAIN, "dev", FULL)
    assert '    revision: "18371e12"\n' in pinned
    assert '      rows: "1e3"\n      more-rows: "no"\n' in pinned
    assert "    run: train-x7\n" in pinned


def test_a_first_model_needs_no_lock() -> None:
    pinned = pin(NEW_LOCK, "dev", ONE)
    assert pinned.startswith(NEW_LOCK.removesuffix(" {}\n") + '\n  dev:\n    version: "1"\n')
    assert pin(pinned, "staging", ONE).startswith(pinned)


@pytest.mark.parametrize("text", [*LOCKS, pytest.param(NEW_LOCK, id="no model yet")])
def test_a_freeze_and_its_end_restore_every_byte(text: str) -> None:
    frozen = freeze(text, "production", {"reason": "sales: no changes", "until": "2026-12-27"})
    assert frozen.endswith('freezes:\n  production:\n    reason: "sales: no changes"\n    until: "2026-12-27"\n') or \
        'until: "2026-12-27"' in frozen
    twice = freeze(frozen, "dev", {"reason": "audit"})
    assert lift(twice, "dev") == frozen
    assert lift(frozen, "production") == text
