package mlproject.spec.dataset.owner_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.dataset.owner

test_owned_data_passes if count(owner.deny) == 0 with input as projects.production({})

test_public_data_in_development_needs_none if count(owner.deny) == 0 with input as projects.in_mode("development", {"data": {"sources": [{"name": "flights", "classification": "public"}]}})

test_production_needs_one if projects.paths(owner.deny) == {["data", "sources", 0]} with input as projects.production({"data": {"sources": [{"name": "flights", "classification": "public"}]}})

test_personal_data_needs_one_everywhere if count(owner.deny) == 1 with input as projects.in_mode("development", {"data": {"sources": [{"name": "loans", "classification": "pii"}]}})
