package mlproject.manifests.network.service_type_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.network.service_type

service(spec) := manifests.production([{"kind": "Service", "spec": spec}])

test_a_cluster_address_passes if count(service_type.deny) == 0 with input as service({"type": "ClusterIP"})

test_the_default_passes if count(service_type.deny) == 0 with input as service({})

test_a_load_balancer_is_denied if manifests.places(service_type.deny) == {[0, ["spec", "type"]]} with input as service({"type": "LoadBalancer"})

test_an_outer_address_is_denied if manifests.places(service_type.deny) == {[0, ["spec", "externalIPs"]]} with input as service({"externalIPs": ["203.0.113.7"]})
