"""Sync waves: in which order Argo CD applies what one needs before the other.

Objects without a wave are in wave 0, the pipelines and their plan files around it.
"""

from typing import Final

NAMESPACE: Final = -5
ACCESS: Final = -4
SECRETS: Final = -3
RUNTIME: Final = 1
SERVICE: Final = 2
