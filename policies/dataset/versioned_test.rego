package mlproject.spec.dataset.versioned_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.dataset.versioned

test_versioned_data_passes if count(versioned.deny) == 0 with input as projects.production({})

test_development_may_do_without if count(versioned.deny) == 0 with input as projects.in_mode("development", {"data": {"sources": [{"name": "a"}]}})

test_experiments_may_do_without if count(versioned.deny) == 0 with input as projects.production({"metadata": {"tier": "experimental"}, "data": {"sources": [{"name": "a"}]}})

test_production_may_not if projects.paths(versioned.deny) == {["data", "sources", 0, "version"]} with input as projects.with_source({"version": {"with": "none"}})
