package mlproject.change.release.weakened_promotion_test

import rego.v1

import data.mlproject.change.release.weakened_promotion
import data.mlproject.lib.changes_test as changes

test_production_is_denied if changes.messages(weakened_promotion.deny) == {"promotion/soak-lowered"} with input as changes.production([changes.meaning("promotion/soak-lowered")])

test_it_names_a_place_of_the_spec if changes.paths(weakened_promotion.deny) == {["validation", "gates"]} with input as changes.production([changes.meaning("promotion/soak-lowered")])

test_development_may if count(weakened_promotion.deny) == 0 with input as changes.in_mode("development", [changes.meaning("promotion/soak-lowered")])

test_what_is_harmless_passes if count(weakened_promotion.deny) == 0 with input as changes.production([changes.meaning("promotion/soak-raised")])
