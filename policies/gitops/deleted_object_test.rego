package mlproject.change.gitops.deleted_object_test

import rego.v1

import data.mlproject.change.gitops.deleted_object
import data.mlproject.lib.changes_test as changes

_changed(mode, action, kind) := changes.judged(mode, {
	"meanings": [],
	"objects": [{"action": action, "kind": kind, "namespace": "fraud-production", "name": "fraud"}],
})

test_production_is_denied if changes.messages(deleted_object.deny) == {"InferenceService `fraud` of production is deleted"} with input as _changed("production", "delete", "InferenceService")

test_it_names_a_place_of_the_spec if changes.paths(deleted_object.deny) == {["metadata", "name"]} with input as _changed("production", "delete", "InferenceService")

test_development_may if count(deleted_object.deny) == 0 with input as _changed("development", "delete", "InferenceService")

test_a_change_passes if count(deleted_object.deny) == 0 with input as _changed("production", "change", "InferenceService")

test_a_text_is_no_object if count(deleted_object.deny) == 0 with input as _changed("production", "delete", "file")
