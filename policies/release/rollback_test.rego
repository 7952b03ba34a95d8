package mlproject.spec.release.rollback_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.release.rollback

test_rollback_passes if count(rollback.deny) == 0 with input as projects.production({"deployment": {"strategy": {"on_failure": "rollback"}}})

test_the_default_passes if count(rollback.deny) == 0 with input as projects.production({})

test_pause_is_denied if projects.paths(rollback.deny) == {["deployment", "strategy", "on_failure"]} with input as projects.production({"deployment": {"strategy": {"on_failure": "pause"}}})
