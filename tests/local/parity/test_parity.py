"""Our engine and the real workflow-controller come to the same nodes.

Nothing is expected here by hand: the small workflows of corpus/ and the training workflow of an example run
under the real controller, on a real API server, with pods that end as scripted, and under our engine with the
same script. Names, types and phases of all nodes are compared, and the phase of the workflow.
"""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.judges import require_crds
from tests.judges.cluster import api_server
from tests.local.parity.controller import controller
from tests.local.parity.corpus import Case, cases
from tests.local.parity.kubelet import play
from tests.local.scripted import run_scripted

pytestmark = pytest.mark.xdist_group("parity")


@pytest.fixture(scope="module")
def workflows(tmp_path_factory) -> Mapping[str, Any]:
    """Every workflow as the controller left it; they run at once, on a server that knows the kinds of Argo alone."""
    with api_server(require_crds() / "argo-workflows") as cluster, \
            controller(cluster, tmp_path_factory.mktemp("controller")):
        templates = {one["metadata"]["name"]: one for case in cases() for one in case.objects}
        cluster.apply([*templates.values(), *(case.body for case in cases())])
        return play(cluster, {case.name: case for case in cases()})


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_same_nodes(case: Case, workflows):
    status = workflows[case.name]["status"]
    real = {node["name"]: (node["type"], node["phase"]) for node in status.get("nodes", {}).values()}
    engine = run_scripted(case.workflow, case.outcome)
    ours = {node.name: (node.type, node.phase) for node in engine.nodes.values()}
    assert ours == real
    assert engine.phase == status["phase"]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_same_shape(case: Case, workflows):
    status = workflows[case.name]["status"]
    real = {key: (node["displayName"], node.get("boundaryID", ""), sorted(node.get("children", ())))
            for key, node in status.get("nodes", {}).items()}
    engine = run_scripted(case.workflow, case.outcome)
    ours = {node.id: (node.display_name, node.boundary, sorted(node.children)) for node in engine.nodes.values()}
    assert ours == real


def test_enough_of_them():
    assert len(cases()) >= 30
    assert {case.name for case in cases()} >= {"training-passes", "training-stops", "training-refused"}
