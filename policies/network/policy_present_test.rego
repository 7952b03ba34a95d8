package mlproject.manifests.network.policy_present_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.network.policy_present

policy(types) := {"kind": "NetworkPolicy", "metadata": {"namespace": "credit"}, "spec": {"podSelector": {}, "policyTypes": types}}

test_a_policy_for_both_directions_passes if count(policy_present.deny) == 0 with input as manifests.production([manifests.deployment({}), policy(["Ingress", "Egress"])])

test_no_pods_need_none if count(policy_present.deny) == 0 with input as manifests.production([{"kind": "ConfigMap"}])

test_none_is_denied if manifests.places(policy_present.deny) == {[0, ["metadata", "namespace"]]} with input as manifests.production([manifests.deployment({})])

test_one_direction_is_not_enough if count(policy_present.deny) == 1 with input as manifests.production([manifests.deployment({}), policy(["Ingress"])])
