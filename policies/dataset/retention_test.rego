package mlproject.spec.dataset.retention_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.dataset.retention

test_short_retention_passes if count(retention.deny) == 0 with input as projects.production({})

test_public_data_may_stay if count(retention.deny) == 0 with input as projects.with_source({"classification": "public", "retention": "900w"})

test_none_is_denied if projects.paths(retention.deny) == {["data", "sources", 0]} with input as projects.production({"data": {"sources": [{"name": "loans", "classification": "pii"}]}})

test_ten_years_are_denied if projects.paths(retention.deny) == {["data", "sources", 0, "retention"]} with input as projects.with_source({"retention": "3650d"})
