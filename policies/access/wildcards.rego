# METADATA
# title: Roles name what they allow
# description: >-
#   A wildcard allows what does not exist yet: the next version of the cluster adds a resource, and the
#   role has it.
# custom:
#   code: access/wildcards
#   stage: manifests
#   severity: error
#   control: "Playbook 2.3 Access Control (RBAC); CIS Kubernetes 5.1.3"
#   help: "list the apiGroups, resources and verbs that are used"
package mlproject.manifests.access.wildcards

import rego.v1

deny contains finding if {
	some index, body in input.manifests
	body.kind in {"Role", "ClusterRole"}
	some number, rule in body.rules
	some field in ["apiGroups", "resources", "verbs"]
	"*" in rule[field]
	finding := {
		"message": sprintf("a rule allows all %v", [field]),
		"manifest": index,
		"place": ["rules", number, field],
	}
}
