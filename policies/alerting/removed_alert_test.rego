package mlproject.change.alerting.removed_alert_test

import rego.v1

import data.mlproject.change.alerting.removed_alert
import data.mlproject.lib.changes_test as changes

test_production_is_denied if changes.messages(removed_alert.deny) == {"alerts/silenced"} with input as changes.production([changes.meaning("alerts/silenced")])

test_it_names_a_place_of_the_spec if changes.paths(removed_alert.deny) == {["validation", "gates"]} with input as changes.production([changes.meaning("alerts/silenced")])

test_development_may if count(removed_alert.deny) == 0 with input as changes.in_mode("development", [changes.meaning("alerts/silenced")])

test_what_is_harmless_passes if count(removed_alert.deny) == 0 with input as changes.production([changes.meaning("alerts/added")])
