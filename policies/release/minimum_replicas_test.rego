package mlproject.spec.release.minimum_replicas_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.release.minimum_replicas

test_two_replicas_pass if count(minimum_replicas.deny) == 0 with input as projects.production({})
	with data.requirements.replicas as {"critical": 2}

test_development_may_have_one if count(minimum_replicas.deny) == 0 with input as projects.in_mode("development", {"deployment": {"scaling": {"minimum": 1}}})

test_one_replica_is_denied if projects.paths(minimum_replicas.deny) == {["deployment", "scaling", "minimum"]} with data.requirements.replicas as {"critical": 2}
	with input as projects.production({"deployment": {"scaling": {"minimum": 1}}})
