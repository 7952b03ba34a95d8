package mlproject.manifests.pods.host_namespaces_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.pods.host_namespaces

test_none_passes if count(host_namespaces.deny) == 0 with input as manifests.production([manifests.deployment({})])

test_the_network_of_the_machine_is_denied if manifests.places(host_namespaces.deny) == {[0, ["spec", "template", "spec", "hostNetwork"]]} with input as manifests.production([manifests.with_pod({"hostNetwork": true}, manifests.deployment({}))])

test_a_workflow_is_denied_for_all_its_pods if manifests.messages(host_namespaces.deny) == {"hostPID is set"} with input as manifests.production([manifests.workflow_with_pod({"hostPID": true}, {})])
