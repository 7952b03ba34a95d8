"""What we render for Argo CD, under the real one: in sync, calm, reversible, and never pruned unasked in production."""

import pytest

from tests.argocd.story import NEXT, REMOVED, Story, live_through
from tests.argocd.system import argo_cd
from tests.argocd.watching import is_synced, out_of_sync

pytestmark = pytest.mark.xdist_group("argocd")


@pytest.fixture(scope="module")
def story(tmp_path_factory) -> Story:
    with argo_cd() as argo:
        return live_through(argo, tmp_path_factory.mktemp("gitops"))


def test_every_application_is_synced_from_the_commit(story):
    assert {*story.synced} == story.rendered
    assert [name for name, app in story.synced.items() if not is_synced(app, story.commit)] == []


def test_nothing_is_left_out_of_sync(story):
    assert {name: out_of_sync(app) for name, app in story.synced.items() if out_of_sync(app)} == {}


def test_a_condition_warns_of_nothing(story):
    assert {name: app["status"]["conditions"] for name, app in story.synced.items()
            if app["status"].get("conditions")} == {}


def test_a_second_pass_changes_nothing(story):
    assert len(story.versions_before) > 50
    assert story.versions_after == story.versions_before


def test_a_promotion_changes_the_live_service(story):
    before, promoted = str(story.service_before["spec"]), str(story.service_promoted["spec"])
    assert "employment/2/" in promoted
    assert "employment/2/" not in before
    assert NEXT in str(story.service_promoted)
    assert NEXT not in str(story.service_before)


def test_its_revert_brings_back_every_field(story):
    assert story.service_reverted == story.service_before


def test_a_hand_edit_is_healed(story):
    assert story.service_healed == story.service_reverted


def test_a_removed_project_stays_in_production_until_someone_confirms(story):
    assert f"{REMOVED}-production" in story.unconfirmed
    assert story.unconfirmed_root["status"]["operationState"]["phase"] == "Running"
    assert story.kept_in_production


def test_outside_production_it_goes_with_its_objects(story):
    assert f"{REMOVED}-dev" not in story.unconfirmed
    assert story.left_in_dev == []


def test_once_confirmed_the_application_goes_and_what_serves_stays(story):
    assert f"{REMOVED}-production" not in story.confirmed
    assert story.kept_after_confirmation == story.kept_in_production


def test_no_program_ended_on_its_own(story):
    assert story.dead == []
