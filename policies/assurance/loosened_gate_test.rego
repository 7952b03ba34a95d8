package mlproject.change.assurance.loosened_gate_test

import rego.v1

import data.mlproject.change.assurance.loosened_gate
import data.mlproject.lib.changes_test as changes

test_production_is_denied if changes.messages(loosened_gate.deny) == {"gates/loosened"} with input as changes.production([changes.meaning("gates/loosened")])

test_it_names_a_place_of_the_spec if changes.paths(loosened_gate.deny) == {["validation", "gates"]} with input as changes.production([changes.meaning("gates/loosened")])

test_development_may if count(loosened_gate.deny) == 0 with input as changes.in_mode("development", [changes.meaning("gates/loosened")])

test_what_is_harmless_passes if count(loosened_gate.deny) == 0 with input as changes.production([changes.meaning("gates/tightened")])
