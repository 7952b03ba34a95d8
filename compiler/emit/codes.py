"""The codes of what emit says, and the exit code that each asks for."""

SYMLINK = "emit/symlink"
NOT_A_FILE = "emit/not-a-file"
FOREIGN_FILE = "emit/foreign-file"
LOCKED = "emit/locked"
DISK = "emit/disk"
LEFTOVER = "emit/leftover"

# What stands under generated/ is not what we may write to: exit code 2.
UNSAFE: frozenset[str] = frozenset({SYMLINK, NOT_A_FILE, FOREIGN_FILE})

# The machine failed, not the spec: exit code 4.
ENVIRONMENT: frozenset[str] = frozenset({LOCKED, DISK})
