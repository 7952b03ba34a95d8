# METADATA
# title: An Argo CD project names its sources, destinations and kinds
# description: >-
#   An AppProject with wildcards is the one without a project: any repository may put anything anywhere.
# custom:
#   code: gitops/project-scope
#   stage: manifests
#   severity: error
#   control: "Playbook 2.3 Least Privilege; threat T36: two specs own one object"
#   help: "name the repository, the server and namespace, and the kinds"
package mlproject.manifests.gitops.project_scope

import rego.v1

deny contains finding if {
	some index, body in input.manifests
	body.kind == "AppProject"
	"*" in body.spec.sourceRepos
	finding := {
		"message": "the project takes any repository",
		"manifest": index,
		"place": ["spec", "sourceRepos"],
	}
}

deny contains finding if {
	some index, body in input.manifests
	body.kind == "AppProject"
	some number, destination in body.spec.destinations
	some field in ["server", "namespace", "name"]
	destination[field] == "*"
	finding := {
		"message": sprintf("the project may deploy to any %v", [field]),
		"manifest": index,
		"place": ["spec", "destinations", number, field],
	}
}

deny contains finding if {
	some index, body in input.manifests
	body.kind == "AppProject"
	some number, allowed in body.spec.clusterResourceWhitelist
	not data.approved.cluster_kinds[allowed.kind]
	finding := {
		"message": sprintf("the project may bring %v, which is of the whole cluster", [allowed.kind]),
		"manifest": index,
		"place": ["spec", "clusterResourceWhitelist", number],
	}
}
