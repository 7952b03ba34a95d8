"""The codes of what a promotion says, and which of them are wrong use."""

ENVIRONMENT = "promotion/environment"
PROJECT = "promotion/project"
VERSION_FILE = "promotion/version-file"
NO_MODEL = "promotion/no-model"
SAME = "promotion/same-model"
ORDER = "promotion/order"
GATES = "promotion/gates"
SOAK = "promotion/soak"
APPROVALS = "promotion/approvals"
SIGNATURE = "promotion/signature"
FROZEN = "promotion/frozen"
NOT_FROZEN = "promotion/not-frozen"
HISTORY = "promotion/history"
UNCOMMITTED = "promotion/uncommitted"
STALE = "promotion/stale"

WRONG_USE: frozenset[str] = frozenset({ENVIRONMENT, PROJECT, VERSION_FILE, NOT_FROZEN})
