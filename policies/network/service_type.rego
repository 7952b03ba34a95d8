# METADATA
# title: Services open no door of the cluster
# description: >-
#   NodePort and LoadBalancer put a model on the network of the machines or of the world, past the
#   gateway that authenticates and counts.
# custom:
#   code: network/service-type
#   stage: manifests
#   severity: error
#   control: "Playbook 2.3 Network Security (private endpoints)"
#   help: "use a ClusterIP service behind the gateway"
package mlproject.manifests.network.service_type

import rego.v1

deny contains finding if {
	some index, body in input.manifests
	body.kind == "Service"
	type := body.spec.type
	type in {"NodePort", "LoadBalancer", "ExternalName"}
	finding := {
		"message": sprintf("the service is of type %v", [type]),
		"manifest": index,
		"place": ["spec", "type"],
	}
}

deny contains finding if {
	some index, body in input.manifests
	body.kind == "Service"
	count(body.spec.externalIPs) > 0
	finding := {
		"message": "the service takes addresses outside the cluster",
		"manifest": index,
		"place": ["spec", "externalIPs"],
	}
}
