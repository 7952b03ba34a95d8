package mlproject.manifests.gitops.project_scope_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.gitops.project_scope

project(spec) := manifests.production([{"kind": "AppProject", "spec": spec}])

test_a_closed_project_passes if count(project_scope.deny) == 0 with input as project({
	"sourceRepos": ["https://git.example.org/a.git"],
	"destinations": [{"server": "https://kubernetes.default.svc", "namespace": "credit"}],
	"clusterResourceWhitelist": [{"group": "", "kind": "Namespace"}],
})
	with data.approved.cluster_kinds as {"Namespace": "one a project"}

test_any_repository_is_denied if manifests.places(project_scope.deny) == {[0, ["spec", "sourceRepos"]]} with input as project({"sourceRepos": ["*"]})

test_any_namespace_is_denied if manifests.places(project_scope.deny) == {[0, ["spec", "destinations", 0, "namespace"]]} with input as project({"destinations": [{"namespace": "*"}]})

test_any_cluster_kind_is_denied if manifests.places(project_scope.deny) == {[0, ["spec", "clusterResourceWhitelist", 0]]} with input as project({"clusterResourceWhitelist": [{"group": "*", "kind": "*"}]})
