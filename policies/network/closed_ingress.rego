# METADATA
# title: Network policies let in only who they name
# description: >-
#   A rule without `from`, or one for 0.0.0.0/0, lets in everyone and looks like a policy.
# custom:
#   code: network/closed-ingress
#   stage: manifests
#   severity: error
#   control: "Playbook 2.3 Network Security"
#   help: "name the namespaces and pods that may call"
package mlproject.manifests.network.closed_ingress

import rego.v1

deny contains finding if {
	some index, body in input.manifests
	body.kind == "NetworkPolicy"
	some number, rule in body.spec.ingress
	count(object.get(rule, "from", [])) == 0
	finding := {
		"message": "a rule lets in everyone",
		"manifest": index,
		"place": ["spec", "ingress", number],
	}
}

deny contains finding if {
	some index, body in input.manifests
	body.kind == "NetworkPolicy"
	some number, rule in body.spec.ingress
	some peer in rule.from
	peer.ipBlock.cidr in {"0.0.0.0/0", "::/0"}
	finding := {
		"message": sprintf("a rule lets in %v, which is everyone", [peer.ipBlock.cidr]),
		"manifest": index,
		"place": ["spec", "ingress", number, "from"],
	}
}
