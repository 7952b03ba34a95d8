# METADATA
# title: Personal data is encrypted at rest and in transit
# description: >-
#   Sources with personal data say how they are encrypted; health data with a key that the organisation
#   manages itself.
# custom:
#   code: dataset/encrypted
#   stage: spec
#   severity: error
#   control: "Playbook 2.3 Data Security (Encryption); GDPR Art. 32"
#   help: "set encryption: {at_rest: customer-managed, in_transit: true} and make it so"
package mlproject.spec.dataset.encrypted

import rego.v1

deny contains finding if {
	some index, source in input.spec.data.sources
	accepted := data.requirements.encryption[source.classification]
	at_rest := object.get(source, ["encryption", "at_rest"], "none")
	not at_rest in accepted
	finding := {
		"message": sprintf("source `%v` holds %v data, at rest it is encrypted: %v", [source.name, source.classification, at_rest]),
		"path": ["data", "sources", index, "encryption"],
	}
}

deny contains finding if {
	some index, source in input.spec.data.sources
	data.requirements.encryption[source.classification]
	object.get(source, ["encryption", "in_transit"], false) == false
	finding := {
		"message": sprintf("source `%v` holds %v data and is read without TLS", [source.name, source.classification]),
		"path": ["data", "sources", index, "encryption"],
	}
}
