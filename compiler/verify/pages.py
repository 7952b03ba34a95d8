"""The pages of the codes of verify and of `crds import`: `mlproject explain CODE` prints them.

A finding of verify is about an object that a target wrote. The spec is seldom wrong: the page says
what the cluster would have done, so that a reader knows what the compiler kept from happening.
"""

from collections.abc import Mapping

from compiler.verify.pages_argo import ARGO_PAGES
from compiler.verify.pages_argo_flow import ARGO_FLOW_PAGES
from compiler.verify.pages_between import BETWEEN_PAGES
from compiler.verify.pages_models import MODEL_PAGES
from compiler.verify.pages_objects import OBJECT_PAGES
from compiler.verify.pages_structure import STRUCTURE_PAGES

PAGES: Mapping[str, str] = {
    **STRUCTURE_PAGES, **OBJECT_PAGES, **BETWEEN_PAGES, **ARGO_PAGES, **ARGO_FLOW_PAGES, **MODEL_PAGES,
}
