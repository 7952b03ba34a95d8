package mlproject.spec.dataset.contract_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.dataset.contract

test_a_contract_passes if count(contract.deny) == 0 with input as projects.production({})

test_development_needs_none if count(contract.deny) == 0 with input as projects.in_mode("development", {"data": {"sources": [{"name": "a"}]}})

test_production_needs_one if projects.paths(contract.deny) == {["data", "sources", 0]} with input as projects.production({"data": {"sources": [{"name": "a"}]}})
