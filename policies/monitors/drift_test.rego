package mlproject.spec.monitors.drift_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.monitors.drift

required := {"critical": ["data", "prediction"]}

test_both_monitors_pass if count(drift.deny) == 0 with input as projects.production({})
	with data.requirements.drift as required

test_development_needs_none if count(drift.deny) == 0 with data.requirements.drift as required
	with input as projects.in_mode("development", {"monitoring": {"drift": []}})

test_a_missing_one_is_denied if projects.paths(drift.deny) == {["monitoring", "drift"]} with data.requirements.drift as required
	with input as projects.production({"monitoring": {"drift": [{"kind": "data"}]}})

test_switched_off_monitoring_has_none if count(drift.deny) == 2 with data.requirements.drift as required
	with input as projects.production({"monitoring": {"enabled": false}})
