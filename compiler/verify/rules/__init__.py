"""What no schema says: one concern a file, and every rule in one of the two tables below.

A rule of an object sees one manifest; a rule of a set sees them all. Both see only
manifests of the right shape.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.verify.rules.argo_calls import calls
from compiler.verify.rules.argo_flow import flows
from compiler.verify.rules.argo_templates import templates
from compiler.verify.rules.argo_variables import variables
from compiler.verify.rules.containers import containers
from compiler.verify.rules.delivery import project_policies, projects, sync_policy
from compiler.verify.rules.metadata import labels, names, namespaces
from compiler.verify.rules.objects import (
    config_keys,
    external_secret,
    limit_range,
    network_policy,
    role_rules,
    role_subjects,
    service_ports,
)
from compiler.verify.rules.pods import container_names, restart_policy, scheduling, selector_matches_labels
from compiler.verify.rules.prometheus import rules, scraping
from compiler.verify.rules.quantities import quantities
from compiler.verify.rules.references import config_maps, duplicates, roles, scale_targets, service_accounts
from compiler.verify.rules.scaling import disruption_budget, replica_range, scaling_metrics
from compiler.verify.rules.schedules import schedules
from compiler.verify.rules.selecting import monitor_selectors, pod_selectors, service_targets
from compiler.verify.rules.serving import components, model_runtimes, runtime_container

ObjectRule = Callable[[Manifest], Iterator[Diagnostic]]
SetRule = Callable[[Sequence[Manifest]], Iterator[Diagnostic]]

OBJECT_RULES: Final[tuple[ObjectRule, ...]] = (
    names, labels,
    containers, container_names, quantities, scheduling, selector_matches_labels, restart_policy,
    replica_range, scaling_metrics, disruption_budget, schedules,
    service_ports, config_keys, role_rules, role_subjects, network_policy, limit_range, external_secret,
    templates, flows,
    components, runtime_container,
    rules, scraping,
    sync_policy, project_policies,
)
SET_RULES: Final[tuple[SetRule, ...]] = (
    namespaces, duplicates, service_accounts, config_maps, roles, scale_targets,
    pod_selectors, monitor_selectors, service_targets,
    calls, variables,
    model_runtimes, projects,
)
