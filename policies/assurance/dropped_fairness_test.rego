package mlproject.change.assurance.dropped_fairness_test

import rego.v1

import data.mlproject.change.assurance.dropped_fairness
import data.mlproject.lib.changes_test as changes

test_production_is_denied if changes.messages(dropped_fairness.deny) == {"fairness/dropped"} with input as changes.production([changes.meaning("fairness/dropped")])

test_it_names_a_place_of_the_spec if changes.paths(dropped_fairness.deny) == {["validation", "gates"]} with input as changes.production([changes.meaning("fairness/dropped")])

test_development_may if count(dropped_fairness.deny) == 0 with input as changes.in_mode("development", [changes.meaning("fairness/dropped")])

test_what_is_harmless_passes if count(dropped_fairness.deny) == 0 with input as changes.production([changes.meaning("fairness/tightened")])
