package mlproject.manifests.pods.volumes_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.pods.volumes

approved := {"emptyDir": "scratch"}

test_scratch_space_passes if count(volumes.deny) == 0 with data.approved.volumes as approved
	with input as manifests.production([manifests.with_pod({"volumes": [{"name": "tmp", "emptyDir": {}}]}, manifests.deployment({}))])

test_the_machines_files_are_denied if manifests.places(volumes.deny) == {[0, ["spec", "template", "spec", "volumes", 0, "hostPath"]]} with data.approved.volumes as approved
	with input as manifests.production([manifests.with_pod({"volumes": [{"name": "x", "hostPath": {"path": "/"}}]}, manifests.deployment({}))])

test_a_workflow_is_denied_once if manifests.places(volumes.deny) == {[0, ["spec", "volumes", 0, "hostPath"]]} with data.approved.volumes as approved
	with input as manifests.production([manifests.workflow_with_pod({"volumes": [{"name": "x", "hostPath": {"path": "/"}}]}, {})])
