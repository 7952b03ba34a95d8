package mlproject.manifests.availability.replicas_test

import rego.v1

import data.mlproject.lib.manifests_test as manifests
import data.mlproject.manifests.availability.replicas

service(replicas) := {"kind": "InferenceService", "spec": {"predictor": {"minReplicas": replicas}}}

test_two_replicas_pass if count(replicas.deny) == 0 with data.requirements.replicas as {"critical": 2}
	with input as manifests.production([service(2)])

test_one_is_denied if manifests.places(replicas.deny) == {[0, ["spec", "predictor", "minReplicas"]]} with data.requirements.replicas as {"critical": 2}
	with input as manifests.production([service(1)])

test_scaling_to_zero_is_denied if manifests.places(replicas.deny) == {[0, ["spec", "minReplicaCount"]]} with data.requirements.replicas as {"critical": 2}
	with input as manifests.production([{"kind": "ScaledObject", "spec": {"minReplicaCount": 0}}])
