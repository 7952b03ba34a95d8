package mlproject.manifests.access.subjects_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.access.subjects

binding(subject, role) := manifests.production([{"kind": "RoleBinding", "subjects": [subject], "roleRef": role}])

test_a_service_account_passes if count(subjects.deny) == 0 with input as binding({"kind": "ServiceAccount", "name": "training"}, {"kind": "Role", "name": "training"})

test_a_group_is_denied if manifests.places(subjects.deny) == {[0, ["subjects", 0]]} with input as binding({"kind": "Group", "name": "system:authenticated"}, {"kind": "Role", "name": "training"})

test_the_default_account_is_denied if manifests.places(subjects.deny) == {[0, ["subjects", 0, "name"]]} with input as binding({"kind": "ServiceAccount", "name": "default"}, {"kind": "Role", "name": "training"})

test_a_cluster_role_is_denied if manifests.places(subjects.deny) == {[0, ["roleRef", "kind"]]} with input as binding({"kind": "ServiceAccount", "name": "training"}, {"kind": "ClusterRole", "name": "cluster-admin"})
