package mlproject.spec.assurance.required_gates_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.assurance.required_gates

test_all_gates_of_the_tier_pass if count(required_gates.deny) == 0 with input as projects.production({})

test_development_needs_none if count(required_gates.deny) == 0 with input as projects.in_mode("development", {"validation": {"gates": []}})

test_each_missing_kind_is_named if projects.messages(required_gates.deny) == {
	"there is no gate of kind `champion`, which tier `critical` requires",
	"there is no gate of kind `latency`, which tier `critical` requires",
} with data.requirements.gates as {"critical": ["metric", "champion"]}
	with data.requirements.online_gates as {"critical": ["latency"]}
	with input as projects.production({"validation": {"gates": [{"kind": "metric"}]}})

test_batch_needs_no_latency if count(required_gates.deny) == 0 with data.requirements.gates as {"critical": []}
	with data.requirements.online_gates as {"critical": ["latency"]}
	with input as projects.production({"validation": {"gates": []}, "deployment": {"kind": "batch"}})
