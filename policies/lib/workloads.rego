package mlproject.lib.workloads

import rego.v1

# Every pod that a manifest describes, wherever its kind keeps it: computed once, used by many policies.
#
#   manifest, kind, place    where it is
#   spec                     what the pod itself says
#   above                    what all pods of a workflow inherit
#   security                 both security contexts, the pod's own laid over the inherited one
#   containers               all of them, with place and body
pods := array.concat(array.concat(_plain, _of_workflows), _of_services)

containers := [entry |
	some pod in pods
	some container in pod.containers
	entry := {"pod": pod, "manifest": pod.manifest, "place": container.place, "body": container.body}
]

# What a pod says itself or inherits; null where neither says anything.
setting(pod, name) := object.get(pod.spec, name, object.get(pod.above, name, null))

# How a container's security is set, by itself or by its pod; null where it is not.
security(container, name) := object.get(
	container.body,
	["securityContext", name],
	object.get(container.pod.security, name, null),
)

security_place(container, name) := array.concat(container.place, ["securityContext", name])

name_of(container) := object.get(container.body, "name", "main")

_places := {
	"Pod": ["spec"],
	"Deployment": ["spec", "template", "spec"],
	"StatefulSet": ["spec", "template", "spec"],
	"DaemonSet": ["spec", "template", "spec"],
	"ReplicaSet": ["spec", "template", "spec"],
	"Rollout": ["spec", "template", "spec"],
	"Job": ["spec", "template", "spec"],
	"CronJob": ["spec", "jobTemplate", "spec", "template", "spec"],
	"ServingRuntime": ["spec"],
	"ClusterServingRuntime": ["spec"],
}

_plain := [pod |
	some index, body in input.manifests
	place := _places[body.kind]
	spec := object.get(body, place, {})
	pod := _pod(index, body.kind, place, spec, {})
]

_workflow_places := {
	"Workflow": ["spec"],
	"WorkflowTemplate": ["spec"],
	"ClusterWorkflowTemplate": ["spec"],
	"CronWorkflow": ["spec", "workflowSpec"],
}

_of_workflows := [pod |
	some index, body in input.manifests
	place := _workflow_places[body.kind]
	above := object.get(body, place, {})
	some number, template in above.templates
	_runs_a_pod(template)
	pod := _pod(index, body.kind, array.concat(place, ["templates", number]), template, above)
]

_runs_a_pod(template) if template.container

_runs_a_pod(template) if template.script

_runs_a_pod(template) if template.containerSet

_of_services := [pod |
	some index, body in input.manifests
	body.kind == "InferenceService"
	some component in ["predictor", "transformer", "explainer"]
	spec := body.spec[component]
	pod := _pod(index, body.kind, ["spec", component], spec, {})
]

_pod(index, kind, place, spec, above) := {
	"manifest": index,
	"kind": kind,
	"place": place,
	"spec": spec,
	"above": above,
	"security": object.union(
		object.get(above, "securityContext", {}),
		object.get(spec, "securityContext", {}),
	),
	"containers": array.concat(_listed(place, spec), _single(place, spec)),
}

_listed(place, spec) := [container |
	some field in ["containers", "initContainers", "sidecars", "ephemeralContainers"]
	some number, body in spec[field]
	container := {"place": array.concat(place, [field, number]), "body": body}
]

_single(place, spec) := array.concat(
	[container |
		some field in ["container", "script"]
		container := {"place": array.concat(place, [field]), "body": spec[field]}
	],
	array.concat(
		[container |
			some number, body in spec.containerSet.containers
			container := {"place": array.concat(place, ["containerSet", "containers", number]), "body": body}
		],
		[container |
			model := spec.model
			container := {"place": array.concat(place, ["model"]), "body": object.union(_runtime_of(model), model)}
		],
	),
)

# KServe lays a model over the container of its runtime.
_runtime_of(model) := _runtimes[model.runtime]

_runtime_of(model) := {} if {
	name := object.get(model, "runtime", "")
	not _runtimes[name]
}

_runtimes := {name: container |
	some body in input.manifests
	body.kind == "ServingRuntime"
	name := body.metadata.name
	some container in body.spec.containers
	container.name == "kserve-container"
}
