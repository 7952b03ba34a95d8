package mlproject.spec.dataset.encrypted_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.dataset.encrypted

test_encrypted_personal_data_passes if count(encrypted.deny) == 0 with input as projects.production({})

test_public_data_needs_none if count(encrypted.deny) == 0 with input as projects.with_source({"classification": "public", "encryption": {"at_rest": "none", "in_transit": false}})

test_plain_at_rest_is_denied if projects.messages(encrypted.deny) == {"source `loans` holds pii data, at rest it is encrypted: none"} with input as projects.with_source({"encryption": {"at_rest": "none"}})

test_the_providers_key_is_not_enough_for_health_data if count(encrypted.deny) == 1 with input as projects.with_source({"classification": "phi", "encryption": {"at_rest": "provider-managed"}})

test_plain_in_transit_is_denied if projects.paths(encrypted.deny) == {["data", "sources", 0, "encryption"]} with input as projects.with_source({"encryption": {"in_transit": false}})
