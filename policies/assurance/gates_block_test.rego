package mlproject.spec.assurance.gates_block_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.assurance.gates_block

required := {"critical": ["metric"]}

gates(list) := projects.production({"validation": {"gates": list}})

test_blocking_gates_pass if count(gates_block.deny) == 0 with data.requirements.gates as required
	with input as gates([{"kind": "metric"}])

test_a_second_gate_may_warn if count(gates_block.deny) == 0 with data.requirements.gates as required
	with input as gates([{"kind": "metric", "mode": "block"}, {"kind": "metric", "mode": "warn"}])

test_a_gate_that_is_not_required_may_warn if count(gates_block.deny) == 0 with data.requirements.gates as required
	with input as gates([{"kind": "metric"}, {"kind": "footprint", "mode": "warn"}])

test_only_a_warning_is_denied if projects.paths(gates_block.deny) == {["validation", "gates", 0, "mode"]} with data.requirements.gates as required
	with input as gates([{"kind": "metric", "mode": "warn"}])
