package mlproject.spec.compute.no_spot_serving_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.compute.no_spot_serving

test_lasting_machines_pass if count(no_spot_serving.deny) == 0 with input as projects.production({})

test_batch_may_use_spot if count(no_spot_serving.deny) == 0 with input as projects.production({"deployment": {"kind": "batch", "hardware": {"spot": true}}})

test_development_may_use_spot if count(no_spot_serving.deny) == 0 with input as projects.in_mode("development", {"deployment": {"hardware": {"spot": true}}})

test_spot_in_production_is_denied if projects.paths(no_spot_serving.deny) == {["deployment", "hardware", "spot"]} with input as projects.production({"deployment": {"hardware": {"spot": true}}})
