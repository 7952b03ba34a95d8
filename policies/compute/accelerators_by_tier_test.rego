package mlproject.spec.compute.accelerators_by_tier_test

import rego.v1

import data.mlproject.lib.projects_test as projects
import data.mlproject.spec.compute.accelerators_by_tier

limits := {"experimental": 1, "standard": 4, "critical": 8}

test_a_project_without_accelerators_passes if count(accelerators_by_tier.deny) == 0 with input as projects.production({})
	with data.limits.accelerators_by_tier as limits

test_as_many_as_the_tier_has_pass if count(accelerators_by_tier.deny) == 0 with data.limits.accelerators_by_tier as limits
	with input as projects.production({"training": {"hardware": {"accelerator": {"type": "nvidia-l4", "count": 8}}}})

test_nodes_count if projects.paths(accelerators_by_tier.deny) == {["training", "hardware", "accelerator"]} with data.limits.accelerators_by_tier as limits
	with input as projects.production({"training": {"hardware": {"accelerator": {"type": "nvidia-l4", "count": 8}, "nodes": 2}}})

test_parallel_trials_count if count(accelerators_by_tier.deny) == 1 with data.limits.accelerators_by_tier as limits
	with input as projects.production({"training": {"hardware": {"accelerator": {"type": "nvidia-l4"}}, "tuning": {"trials": 40, "parallel": 9}}})

test_replicas_count if projects.paths(accelerators_by_tier.deny) == {["deployment", "hardware", "accelerator"]} with data.limits.accelerators_by_tier as limits
	with input as projects.production({"deployment": {"hardware": {"accelerator": {"type": "nvidia-l4"}}, "scaling": {"minimum": 2, "maximum": 9}}})
