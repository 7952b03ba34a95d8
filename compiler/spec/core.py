"""pydantic-core's validator, without the package around it.

`import pydantic_core` also builds the hundred typed dictionaries that describe its schemas,
which takes four times as long as loading the validator.  The extension module is therefore
loaded by itself; a later `import pydantic` finds it and adds the rest.
"""

import sys
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic_core import SchemaValidator, ValidationError, __version__, from_json

_NAME = "pydantic_core._pydantic_core"


def _load() -> Any:
    if _NAME not in sys.modules:
        package = PathFinder.find_spec("pydantic_core")
        found = package and PathFinder.find_spec(_NAME, package.submodule_search_locations)
        if not found or found.loader is None:
            return import_module(_NAME)
        sys.modules[_NAME] = module_from_spec(found)
        found.loader.exec_module(sys.modules[_NAME])
    return sys.modules[_NAME]


if not TYPE_CHECKING:
    _core = _load()
    SchemaValidator, ValidationError = _core.SchemaValidator, _core.ValidationError
    __version__, from_json = _core.__version__, _core.from_json

__all__ = ["SchemaValidator", "ValidationError", "__version__", "from_json"]
