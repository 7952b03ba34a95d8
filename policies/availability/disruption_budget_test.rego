package mlproject.manifests.availability.disruption_budget_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.availability.disruption_budget

budget := {"kind": "PodDisruptionBudget", "metadata": {"namespace": "credit"}}

test_a_budget_passes if count(disruption_budget.deny) == 0 with input as manifests.production([manifests.deployment({}), budget])

test_standard_needs_none if count(disruption_budget.deny) == 0 with input as manifests.of_tier("standard", [manifests.deployment({})])

test_none_is_denied if manifests.places(disruption_budget.deny) == {[0, ["metadata", "name"]]} with input as manifests.production([manifests.deployment({})])
