package mlproject.manifests.containers.non_root_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.containers.non_root

test_set_on_the_container_passes if count(non_root.deny) == 0 with input as manifests.production([manifests.deployment({})])

test_set_on_the_pod_passes if count(non_root.deny) == 0 with input as manifests.production([manifests.with_pod(
	{"securityContext": {"runAsNonRoot": true}},
	manifests.replaced({"securityContext": {}}),
)])

test_set_nowhere_is_denied if manifests.places(non_root.deny) == {[0, ["spec", "template", "spec", "containers", 0, "securityContext", "runAsNonRoot"]]} with input as manifests.production([manifests.replaced({"securityContext": {}})])

test_a_container_may_not_undo_its_pod if count(non_root.deny) == 1 with input as manifests.production([manifests.with_pod(
	{"securityContext": {"runAsNonRoot": true}},
	manifests.replaced({"securityContext": {"runAsNonRoot": false}}),
)])

test_user_zero_is_denied if count(non_root.deny) == 1 with input as manifests.production([manifests.deployment({"securityContext": {"runAsUser": 0}})])
