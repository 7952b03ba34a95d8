package mlproject.manifests.network.closed_ingress_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.network.closed_ingress

ingress(rules) := manifests.production([{"kind": "NetworkPolicy", "spec": {"ingress": rules}}])

test_named_callers_pass if count(closed_ingress.deny) == 0 with input as ingress([{"from": [{"podSelector": {}}]}])

test_no_rule_passes if count(closed_ingress.deny) == 0 with input as ingress([])

test_a_rule_without_callers_is_denied if manifests.places(closed_ingress.deny) == {[0, ["spec", "ingress", 0]]} with input as ingress([{"ports": [{"port": 8080}]}])

test_the_internet_is_denied if manifests.places(closed_ingress.deny) == {[0, ["spec", "ingress", 0, "from"]]} with input as ingress([{"from": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]}])
