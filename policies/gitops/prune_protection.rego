# METADATA
# title: Argo CD empties nothing in production by itself
# description: >-
#   A commit that deletes a folder by mistake would delete what serves. In production an empty
#   application is refused and what is pruned is confirmed by a person.
# custom:
#   code: gitops/prune-protection
#   stage: manifests
#   severity: error
#   control: "Threat T35: unintended prune"
#   help: "set allowEmpty: false and the sync option Prune=confirm"
package mlproject.manifests.gitops.prune_protection

import rego.v1

import data.mlproject.lib.stage

deny contains finding if {
	stage.is_production
	some application in _applications
	application.spec.syncPolicy.automated.allowEmpty == true
	finding := {
		"message": "the application may become empty by itself",
		"manifest": application.manifest,
		"place": array.concat(application.place, ["syncPolicy", "automated", "allowEmpty"]),
	}
}

deny contains finding if {
	stage.is_production
	some application in _applications
	application.spec.syncPolicy.automated.prune == true
	not _is_confirmed(application)
	finding := {
		"message": "what is gone from Git is pruned without a confirmation",
		"manifest": application.manifest,
		"place": array.concat(application.place, ["syncPolicy", "automated", "prune"]),
	}
}

_is_confirmed(application) if "Prune=confirm" in application.spec.syncPolicy.syncOptions

_is_confirmed(application) if "Prune=false" in application.spec.syncPolicy.syncOptions

# The options of an object hold for it before those of its application.
_is_confirmed(_) if {
	guarded := [body | some body in input.manifests; body.kind in {"Deployment", "InferenceService", "Namespace"}]
	count(guarded) > 0
	every body in guarded {
		options := object.get(body, ["metadata", "annotations", "argocd.argoproj.io/sync-options"], "")
		contains(options, "Prune=confirm")
	}
}

_applications := [application |
	some index, body in input.manifests
	place := {"Application": ["spec"], "ApplicationSet": ["spec", "template", "spec"]}[body.kind]
	application := {"manifest": index, "place": place, "spec": object.get(body, place, {})}
]
