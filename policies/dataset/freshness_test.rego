package mlproject.spec.dataset.freshness_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.dataset.freshness

test_fresh_data_passes if count(freshness.deny) == 0 with input as projects.production({})

test_development_may_be_silent if count(freshness.deny) == 0 with input as projects.in_mode("development", {"data": {"sources": [{"name": "a", "contract": {"columns": {}}}]}})

test_production_may_not if projects.paths(freshness.deny) == {["data", "sources", 0, "contract"]} with input as projects.production({"data": {"sources": [{"name": "a", "contract": {"columns": {}}}]}})
