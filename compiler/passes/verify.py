"""Verify: refuse a manifest that the cluster, or the controller behind its kind, would refuse later."""

from collections.abc import Sequence

from compiler.artifact.artifact import Manifest
from compiler.diagnostics.diagnostic import Diagnostic
from compiler.verify.rules import OBJECT_RULES, SET_RULES
from compiler.verify.served import Served
from compiler.verify.structure import cluster_structure, structure


def verify(manifests: Sequence[Manifest], extra_schemas: Sequence[Served] = ()) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the objects of one project in one environment.

    Rules see only objects of the right shape, and rules between objects run only when all
    have it: else every reference to a misshapen object would be one more finding.
    """
    found: list[Diagnostic] = []
    sound = []
    for manifest in manifests:
        faults = list(structure(manifest))
        found += faults
        if not faults:
            sound.append(manifest)
            found += cluster_structure(manifest, extra_schemas)
    for object_rule in OBJECT_RULES:
        for manifest in sound:
            found += object_rule(manifest)
    if len(sound) == len(manifests):
        for set_rule in SET_RULES:
            found += set_rule(manifests)
    return tuple(found)
