"""Whole projects: what upstream schemas, a real API server and our own verify say of all their objects."""

import pytest

from compiler.ir.plan import ReleasePlan
from compiler.passes.verify import verify
from tests.judges.cluster import Cluster
from tests.targets.rendering import everything, schema_faults
from tests.targets.serving_plans import SERVING_PLANS

PLANS = [pytest.param(plan, id=name) for name, plan in SERVING_PLANS.items()]


@pytest.mark.parametrize("plan", PLANS)
def test_our_verify_accepts_it(plan: ReleasePlan) -> None:
    assert verify(everything(plan)) == ()


@pytest.mark.parametrize("plan", PLANS)
def test_upstream_schemas_accept_it(plan: ReleasePlan) -> None:
    assert [fault for manifest in everything(plan) for fault in schema_faults(manifest)] == []


@pytest.mark.parametrize("plan", PLANS)
def test_a_real_api_server_accepts_it(plan: ReleasePlan, cluster: Cluster) -> None:
    assert cluster.dry_run([manifest.body for manifest in everything(plan)]) == []


@pytest.mark.parametrize("plan", PLANS)
def test_every_object_has_its_own_name(plan: ReleasePlan) -> None:
    identities = [manifest.identity for manifest in everything(plan)]
    assert len(identities) == len(set(identities))


@pytest.mark.parametrize("plan", PLANS)
def test_all_but_the_namespace_is_inside_of_it(plan: ReleasePlan) -> None:
    outside = [manifest.identity[1] for manifest in everything(plan)
               if manifest.identity[2] != plan.environment.namespace]
    assert outside == ["Namespace"]


@pytest.mark.parametrize("plan", PLANS)
def test_rendering_twice_gives_the_same(plan: ReleasePlan) -> None:
    assert [manifest.body for manifest in everything(plan)] == [manifest.body for manifest in everything(plan)]
