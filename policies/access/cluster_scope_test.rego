package mlproject.manifests.access.cluster_scope_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.access.cluster_scope

test_a_role_passes if count(cluster_scope.deny) == 0 with input as manifests.production([{"kind": "Role"}])

test_an_approved_kind_passes if count(cluster_scope.deny) == 0 with data.approved.cluster_kinds as {"Namespace": "one a project"}
	with input as manifests.production([{"kind": "Namespace"}])

test_a_cluster_role_is_denied if manifests.places(cluster_scope.deny) == {[0, ["kind"]]} with input as manifests.production([{"kind": "ClusterRole"}])

test_a_webhook_is_denied if count(cluster_scope.deny) == 1 with input as manifests.production([{"kind": "MutatingWebhookConfiguration"}])
