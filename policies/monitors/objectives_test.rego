package mlproject.spec.monitors.objectives_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.monitors.objectives

required := {"critical": ["availability", "latency"]}

test_both_objectives_pass if count(objectives.deny) == 0 with input as projects.production({})
	with data.requirements.slos as required

test_batch_needs_none if count(objectives.deny) == 0 with data.requirements.slos as required
	with input as projects.production({"deployment": {"kind": "batch"}, "monitoring": {"slos": []}})

test_a_missing_one_is_denied if projects.messages(objectives.deny) == {"there is no objective for latency, which tier `critical` requires"} with data.requirements.slos as required
	with input as projects.production({"monitoring": {"slos": [{"name": "availability"}]}})

test_switched_off_monitoring_has_none if count(objectives.deny) == 2 with data.requirements.slos as required
	with input as projects.production({"monitoring": {"enabled": false}})
