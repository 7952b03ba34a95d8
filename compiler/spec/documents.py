"""The types of whole documents, by the name of their validator. A compile with fresh frozen schemas needs none."""

from compiler.spec.lock import ProjectLock
from compiler.spec.organisation import Organisation
from compiler.spec.project import ProjectSpec

DOCUMENTS = {"project": ProjectSpec, "lock": ProjectLock, "organisation": Organisation}
