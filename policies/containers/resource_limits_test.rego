package mlproject.manifests.containers.resource_limits_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.containers.resource_limits

test_both_of_both_pass if count(resource_limits.deny) == 0 with input as manifests.production([manifests.deployment({})])

test_a_missing_limit_is_denied if manifests.messages(resource_limits.deny) == {"container `main` has no memory in limits"} with input as manifests.production([manifests.replaced({"resources": {
	"requests": {"cpu": "1", "memory": "1Gi"},
	"limits": {"cpu": "1"},
}})])

test_no_resources_are_four_findings if count(resource_limits.deny) == 4 with input as manifests.production([manifests.replaced({"resources": {}})])
