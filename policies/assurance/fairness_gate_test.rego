package mlproject.spec.assurance.fairness_gate_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.assurance.fairness_gate

gates(gate) := {"metadata": {"scores_people": true}, "validation": {"gates": [gate]}}

test_a_fairness_gate_passes if count(fairness_gate.deny) == 0 with input as projects.production(gates({"kind": "fairness"}))

test_models_of_things_need_none if count(fairness_gate.deny) == 0 with input as projects.production({"metadata": {"scores_people": false}, "validation": {"gates": []}})

test_development_needs_none if count(fairness_gate.deny) == 0 with input as projects.in_mode("development", gates({"kind": "metric"}))

test_other_gates_are_not_enough if projects.paths(fairness_gate.deny) == {["validation", "gates"]} with input as projects.production(gates({"kind": "metric"}))

test_a_warning_is_not_enough if count(fairness_gate.deny) == 1 with input as projects.production(gates({"kind": "fairness", "mode": "warn"}))
