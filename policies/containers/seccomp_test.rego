package mlproject.manifests.containers.seccomp_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.containers.seccomp

test_the_runtimes_profile_passes if count(seccomp.deny) == 0 with input as manifests.production([manifests.deployment({})])

test_the_pods_profile_passes if count(seccomp.deny) == 0 with input as manifests.production([manifests.workflow_with_pod(
	{"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}},
	{"securityContext": {}},
)])

test_none_is_denied if manifests.places(seccomp.deny) == {[0, ["spec", "template", "spec", "containers", 0, "securityContext", "seccompProfile"]]} with input as manifests.production([manifests.replaced({"securityContext": {}})])

test_unconfined_is_denied if count(seccomp.deny) == 1 with input as manifests.production([manifests.deployment({"securityContext": {"seccompProfile": {"type": "Unconfined"}}})])
