"""What verify lets through, upstream's strict schema lets through: no change of a good object slips between them."""

from typing import Any

import pytest

from compiler.passes.verify import verify
from compiler.verify.json_schema import violations
from compiler.verify.rules import OBJECT_RULES
from compiler.verify.rules.metadata import namespaces
from compiler.verify.structure import structure
from tests.judges import require_crds
from tests.unit.verify.changes import changed, places_of, without
from tests.unit.verify.project import Body, good_bodies, manifests
from tests.unit.verify.upstream import upstream

# Words that are right in one place and wrong in most others.
NEW: tuple[Any, ...] = (
    None,
    True,
    -1,
    70000,
    0.5,
    "",
    "A",
    "a_b",
    "10%",
    "1.5",
    "a/b",
    "{{a}}",
    "x" * 64,
    [],
    {},
    ["a"],
    {"a": "b"},
)
BODIES = [pytest.param(item, id=f"{item['kind']} {item['metadata']['name']}") for item in good_bodies()]


def changes(body: Body) -> Any:
    """Yield every place of body and the body with something else, or nothing, in that place."""
    for place in places_of(body):
        for new in NEW:
            yield place, changed(body, place, new)
        yield place, without(body, place)


@pytest.mark.parametrize("body", BODIES)
def test_a_change_that_we_accept_is_accepted_upstream(body: Body) -> None:
    schema = upstream(require_crds() / "_schemas", body)
    (manifest,) = manifests([body])
    for place, other in changes(body):
        one = manifest._replace(body=other)
        if list(structure(one)) or any(list(rule(one)) for rule in OBJECT_RULES) or list(namespaces((one,))):
            continue
        assert violations(schema, other) == [], place


@pytest.mark.parametrize("body", BODIES)
def test_no_change_breaks_verify_itself(body: Body) -> None:
    """A misshapen object is a finding, never an exception, whatever stands where."""
    others = [item for item in manifests(good_bodies()) if item.body["metadata"] != body["metadata"]]
    (manifest,) = manifests([body])
    for place, other in list(changes(body))[::7]:
        found = verify([*others, manifest._replace(body=other)])
        assert all(diagnostic.code.startswith("verify/") for diagnostic in found), place
