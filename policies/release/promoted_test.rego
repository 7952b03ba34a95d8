package mlproject.spec.release.promoted_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.release.promoted

test_promotion_from_staging_passes if count(promoted.deny) == 0 with input as projects.production({})

test_experiments_need_no_other if count(promoted.deny) == 0 with input as projects.first_environment({"metadata": {"tier": "experimental"}})

test_none_is_denied if projects.paths(promoted.deny) == {["environment", "promotes_from"]} with input as projects.first_environment({})
