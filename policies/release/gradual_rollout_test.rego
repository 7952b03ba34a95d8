package mlproject.spec.release.gradual_rollout_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.release.gradual_rollout

test_a_canary_passes if count(gradual_rollout.deny) == 0 with input as projects.production({})

test_batch_needs_none if count(gradual_rollout.deny) == 0 with input as projects.production({"deployment": {"kind": "batch", "strategy": {"kind": "direct"}}})

test_experiments_need_none if count(gradual_rollout.deny) == 0 with input as projects.production({"metadata": {"tier": "experimental"}, "deployment": {"strategy": {"kind": "direct"}}})

test_direct_is_denied if projects.paths(gradual_rollout.deny) == {["deployment", "strategy", "kind"]} with input as projects.production({"deployment": {"strategy": {"kind": "direct"}}})
