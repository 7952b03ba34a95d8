# METADATA
# title: No role leads to more rights than it names
# description: >-
#   Who may bind roles, impersonate others, read secrets or start a shell in a pod has all rights of
#   everyone there.
# custom:
#   code: access/escalation
#   stage: manifests
#   severity: error
#   control: "Playbook 2.3 Least Privilege; CIS Kubernetes 5.1.2, 5.1.8"
#   help: remove the right; what a step needs is mounted into it
package mlproject.manifests.access.escalation

import rego.v1

deny contains finding if {
	some index, body in input.manifests
	body.kind in {"Role", "ClusterRole"}
	some number, rule in body.rules
	some verb in rule.verbs
	verb in {"escalate", "bind", "impersonate"}
	finding := {
		"message": sprintf("a rule allows to %v", [verb]),
		"manifest": index,
		"place": ["rules", number, "verbs"],
	}
}

deny contains finding if {
	some index, body in input.manifests
	body.kind in {"Role", "ClusterRole"}
	some number, rule in body.rules
	some resource in rule.resources
	resource in {"secrets", "pods/exec", "pods/attach", "pods/portforward", "serviceaccounts/token", "nodes/proxy"}
	not _is_named_secret(rule, resource)
	finding := {
		"message": sprintf("a rule allows access to %v", [resource]),
		"manifest": index,
		"place": ["rules", number, "resources"],
	}
}

_is_named_secret(rule, "secrets") if {
	count(rule.resourceNames) > 0
	rule.verbs == ["get"]
}
