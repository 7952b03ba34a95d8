# METADATA
# title: No secret is committed
# description: >-
#   A Secret in Git is public to everyone who ever clones it, base64 or not, and stays so after it is
#   deleted. The same holds for a password in a ConfigMap.
# custom:
#   code: objects/no-secrets
#   stage: manifests
#   severity: error
#   control: "Playbook 2.3 Secrets Management"
#   help: "keep it in the secret store and refer to it; ExternalSecret brings it"
package mlproject.manifests.objects.no_secrets

import rego.v1

import data.mlproject.lib.secrets

deny contains finding if {
	some index, body in input.manifests
	body.kind == "Secret"
	some field in ["data", "stringData"]
	count(object.get(body, field, {})) > 0
	finding := {
		"message": sprintf("a Secret with %v is in Git", [field]),
		"manifest": index,
		"place": [field],
	}
}

deny contains finding if {
	some index, body in input.manifests
	body.kind == "ConfigMap"
	some name, value in body.data
	secrets.is_plaintext(name, value)
	finding := {
		"message": sprintf("key `%v` looks like a secret", [name]),
		"manifest": index,
		"place": ["data", name],
	}
}
