package mlproject.lib.workloads_test

import rego.v1

import data.mlproject.lib.workloads

places(bodies) := found if {
	found := {container.place | some container in workloads.containers} with input as {"manifests": bodies}
}

test_pods_are_found_wherever_a_kind_keeps_them if places([
	{"kind": "Pod", "spec": {"containers": [{"name": "a"}], "initContainers": [{"name": "b"}]}},
	{"kind": "CronJob", "spec": {"jobTemplate": {"spec": {"template": {"spec": {"containers": [{"name": "c"}]}}}}}},
	{"kind": "ConfigMap", "data": {}},
]) == {
	["spec", "containers", 0],
	["spec", "initContainers", 0],
	["spec", "jobTemplate", "spec", "template", "spec", "containers", 0],
}

test_steps_of_a_workflow_are_pods if places([{"kind": "CronWorkflow", "spec": {"workflowSpec": {"templates": [
	{"name": "a", "script": {"image": "x"}, "sidecars": [{"name": "s"}]},
	{"name": "b", "containerSet": {"containers": [{"name": "c"}]}},
	{"name": "d", "dag": {"tasks": []}},
]}}}]) == {
	["spec", "workflowSpec", "templates", 0, "script"],
	["spec", "workflowSpec", "templates", 0, "sidecars", 0],
	["spec", "workflowSpec", "templates", 1, "containerSet", "containers", 0],
}

service := {"kind": "InferenceService", "spec": {"predictor": {"model": {"runtime": "serve", "resources": {"cpu": 1}}}}}

runtime := {"kind": "ServingRuntime", "metadata": {"name": "serve"}, "spec": {"containers": [{"name": "kserve-container", "image": "x"}]}}

test_a_model_is_laid_over_its_runtime if {
	some container in workloads.containers with input as {"manifests": [service, runtime]}
	container.place == ["spec", "predictor", "model"]
	container.body == {"name": "kserve-container", "image": "x", "runtime": "serve", "resources": {"cpu": 1}}
}

test_a_model_without_its_runtime_is_itself if {
	some container in workloads.containers with input as {"manifests": [service]}
	container.body == {"runtime": "serve", "resources": {"cpu": 1}}
}

test_what_a_pod_inherits_holds_unless_it_says_otherwise if {
	workflow := {"kind": "Workflow", "spec": {
		"securityContext": {"runAsNonRoot": true, "runAsUser": 1},
		"templates": [{"name": "a", "container": {"securityContext": {"runAsUser": 2}}, "securityContext": {"fsGroup": 3}}],
	}}
	some container in workloads.containers with input as {"manifests": [workflow]}
	workloads.security(container, "runAsNonRoot") == true
	workloads.security(container, "runAsUser") == 2
	workloads.security(container, "fsGroup") == 3
	workloads.name_of(container) == "main"
}
