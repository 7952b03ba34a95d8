# METADATA
# title: Roles are bound to service accounts of the project
# description: >-
#   A binding to a group such as system:authenticated gives the rights to everyone in the cluster; one
#   to cluster-admin gives all of them.
# custom:
#   code: access/subjects
#   stage: manifests
#   severity: error
#   control: "Playbook 2.3 Access Control (RBAC); CIS Kubernetes 5.1.1"
#   help: bind a Role of the namespace to a ServiceAccount of the namespace
package mlproject.manifests.access.subjects

import rego.v1

deny contains finding if {
	some index, body in input.manifests
	body.kind in {"RoleBinding", "ClusterRoleBinding"}
	some number, subject in body.subjects
	not subject.kind == "ServiceAccount"
	finding := {
		"message": sprintf("a role is bound to the %v `%v`", [subject.kind, subject.name]),
		"manifest": index,
		"place": ["subjects", number],
	}
}

deny contains finding if {
	some index, body in input.manifests
	body.kind in {"RoleBinding", "ClusterRoleBinding"}
	some number, subject in body.subjects
	subject.name == "default"
	finding := {
		"message": "a role is bound to the default service account",
		"manifest": index,
		"place": ["subjects", number, "name"],
	}
}

deny contains finding if {
	some index, body in input.manifests
	body.kind in {"RoleBinding", "ClusterRoleBinding"}
	body.roleRef.kind == "ClusterRole"
	finding := {
		"message": sprintf("the cluster role `%v` is bound", [body.roleRef.name]),
		"manifest": index,
		"place": ["roleRef", "kind"],
	}
}
