package mlproject.change.release.replaced_model_test

import rego.v1

import data.mlproject.change.release.replaced_model
import data.mlproject.lib.changes_test as changes

test_production_is_denied if changes.messages(replaced_model.deny) == {"model/replaced"} with input as changes.production([changes.meaning("model/replaced")])

test_it_names_a_place_of_the_spec if changes.paths(replaced_model.deny) == {["validation", "gates"]} with input as changes.production([changes.meaning("model/replaced")])

test_development_may if count(replaced_model.deny) == 0 with input as changes.in_mode("development", [changes.meaning("model/replaced")])

test_what_is_harmless_passes if count(replaced_model.deny) == 0 with input as changes.production([changes.meaning("model/promoted")])
