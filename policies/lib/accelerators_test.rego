package mlproject.lib.accelerators_test

import rego.v1

import data.mlproject.lib.accelerators

gpu := {"accelerator": {"type": "nvidia-l4", "count": 2}}

training(hardware) := {"spec": {"training": {"enabled": true, "hardware": hardware}, "deployment": {"enabled": false}}}

test_nodes_and_trials_multiply if accelerators.in_training == 12 with input as {"spec": {"training": {
	"enabled": true,
	"hardware": {"accelerator": {"count": 2}, "nodes": 2},
	"tuning": {"parallel": 3},
}}}

test_one_is_meant_where_no_count_is_said if accelerators.in_training == 1 with input as training({"accelerator": {"type": "nvidia-l4"}})

test_no_accelerator_is_none if accelerators.in_training == 0 with input as training({"cpu": 8})

test_training_that_is_off_holds_none if accelerators.in_training == 0 with input as {"spec": {"training": {"enabled": false, "hardware": gpu}}}

test_replicas_multiply if accelerators.in_serving == 6 with input as {"spec": {"deployment": {
	"enabled": true,
	"kind": "online",
	"hardware": gpu,
	"scaling": {"maximum": 3},
}}}

test_a_batch_job_is_one_replica if accelerators.in_serving == 2 with input as {"spec": {"deployment": {
	"enabled": true,
	"kind": "batch",
	"hardware": gpu,
	"scaling": {"maximum": 3},
}}}

test_serving_that_is_off_holds_none if accelerators.in_serving == 0 with input as training(gpu)
