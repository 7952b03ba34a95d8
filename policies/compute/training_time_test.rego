package mlproject.spec.compute.training_time_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.compute.training_time

test_hours_pass if count(training_time.deny) == 0 with input as projects.production({})
	with data.limits.training_hours as {"critical": 4}

test_a_week_is_denied if projects.paths(training_time.deny) == {["training", "timeout"]} with input as projects.production({"training": {"timeout": "1w"}})
	with data.limits.training_hours as {"critical": 72}
