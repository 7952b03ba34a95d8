"""A whole project as a good platform engineer would emit it: every kind that verify knows, at least once."""

from compiler.artifact.artifact import Manifest
from tests.unit.verify.project.access import access
from tests.unit.verify.project.core import core
from tests.unit.verify.project.delivery import delivery
from tests.unit.verify.project.monitoring import monitoring
from tests.unit.verify.project.parts import IMAGE, NAMESPACE, Body, body
from tests.unit.verify.project.serving import serving
from tests.unit.verify.project.training import training

__all__ = ["IMAGE", "NAMESPACE", "Body", "body", "good_bodies", "manifests"]


def good_bodies() -> list[Body]:
    """Return the objects of the whole project; each call makes new ones, to be broken freely."""
    return [*access(), *core(), *training(), *serving(), *monitoring(), *delivery()]


def manifests(bodies: list[Body]) -> list[Manifest]:
    """Return bodies as a target would hand them over."""
    return [Manifest(item["kind"].lower(), item, ("metadata", "name")) for item in bodies]
