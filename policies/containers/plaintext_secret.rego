# METADATA
# title: No container has a secret in its environment as text
# description: >-
#   What stands in a manifest stands in Git, in every clone, and in every log of a controller. Secrets
#   are references to what ExternalSecret brought.
# custom:
#   code: containers/plaintext-secret
#   stage: manifests
#   severity: error
#   control: "Playbook 2.3 Secrets Management; CIS Kubernetes 5.4"
#   help: "use valueFrom.secretKeyRef; in a spec, a reference such as secret://TEAM/PATH#KEY"
package mlproject.manifests.containers.plaintext_secret

import rego.v1

import data.mlproject.lib.secrets
import data.mlproject.lib.workloads

deny contains finding if {
	some container in workloads.containers
	some index, variable in container.body.env
	secrets.is_plaintext(variable.name, variable.value)
	finding := {
		"message": sprintf("variable `%v` of container `%v` looks like a secret", [variable.name, workloads.name_of(container)]),
		"manifest": container.manifest,
		"place": array.concat(container.place, ["env", index, "value"]),
	}
}
