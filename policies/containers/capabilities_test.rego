package mlproject.manifests.containers.capabilities_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.containers.capabilities

test_all_dropped_passes if count(capabilities.deny) == 0 with input as manifests.production([manifests.deployment({})])

test_kept_ones_are_denied if manifests.messages(capabilities.deny) == {"container `main` keeps capabilities"} with input as manifests.production([manifests.deployment({"securityContext": {"capabilities": {"drop": ["NET_RAW"]}}})])

test_added_ones_are_denied if manifests.messages(capabilities.deny) == {"container `main` adds capability NET_ADMIN"} with input as manifests.production([manifests.deployment({"securityContext": {"capabilities": {"add": ["NET_ADMIN"]}}})])
