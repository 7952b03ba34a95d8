package mlproject.lib.accelerators

import rego.v1

# The most that a training run holds at once: on all nodes, in all parallel trials.
in_training := (_on_a_node * object.get(_training, "nodes", 1)) * _parallel_trials if input.spec.training.enabled

in_training := 0 if not input.spec.training.enabled

# The most that the service may grow to; a batch job is one replica.
in_serving := _on_a_replica * _replicas if input.spec.deployment.enabled

in_serving := 0 if not input.spec.deployment.enabled

_training := object.get(input.spec.training, "hardware", {})

_on_a_node := _count(_training)

_parallel_trials := object.get(input.spec.training, ["tuning", "parallel"], 1)

_on_a_replica := _count(object.get(input.spec.deployment, "hardware", {}))

_replicas := object.get(input.spec.deployment, ["scaling", "maximum"], 1) if input.spec.deployment.kind == "online"

_replicas := 1 if input.spec.deployment.kind != "online"

_count(hardware) := object.get(hardware.accelerator, "count", 1)

_count(hardware) := 0 if not hardware.accelerator
