"""Where a URI leads on this machine.

A cluster reads `s3://lake/...` from the object store. A laptop has a folder instead: the variable
LOCATIONS_VARIABLE holds a JSON object of URI prefixes and what stands for each; the longest prefix
that fits wins. The plan file, and with it the workflow, is the same in both places.
"""

import json
import os

from runtime.contract import LOCATIONS_VARIABLE, stand_in


def locate(uri: str) -> str:
    """Return what stands for uri on this machine; uri itself where nothing does."""
    return stand_in(uri, json.loads(os.environ.get(LOCATIONS_VARIABLE) or "{}"))
