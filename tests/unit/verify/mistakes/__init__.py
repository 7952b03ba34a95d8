"""Mistakes that no schema sees: each is one change to one object of the good project."""

from tests.unit.verify.mistakes.between import BETWEEN, DELIVERY
from tests.unit.verify.mistakes.change import Mistake, broken_project
from tests.unit.verify.mistakes.models import MONITORING, SERVING
from tests.unit.verify.mistakes.objects import OBJECTS
from tests.unit.verify.mistakes.pods import METADATA, PODS

__all__ = ["MISTAKES", "Mistake", "broken_project"]

MISTAKES = (*METADATA, *PODS, *OBJECTS, *BETWEEN, *MONITORING, *SERVING, *DELIVERY)
