# METADATA
# title: Personal data stays in approved storage
# description: >-
#   Sources with personal data are read from storage that someone approved for their classification. A
#   copy in another bucket is a copy that nobody encrypts, logs or deletes.
# custom:
#   code: dataset/approved-storage
#   stage: spec
#   severity: error
#   control: "Playbook 2.3 Data Security; GDPR Art. 32"
#   help: move the data to approved storage, or have its prefix added to approved.storage in policies/data/
package mlproject.spec.dataset.approved_storage

import rego.v1

deny contains finding if {
	some index, source in input.spec.data.sources
	prefixes := data.approved.storage[source.classification]
	uri := object.get(source, "uri", "")
	not _approved(uri, prefixes)
	finding := {
		"message": sprintf("source `%v` holds %v data outside approved storage", [source.name, source.classification]),
		"path": ["data", "sources", index, "uri"],
	}
}

_approved(uri, prefixes) if {
	some prefix, _ in prefixes
	startswith(uri, prefix)
}
