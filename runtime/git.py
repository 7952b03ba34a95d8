"""Git, for the steps that read or write a repository: it asks nobody, and runs no program that an address names."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

# Git would run the program of an ext:: address. What it says is read in English.
_SAFE = {"GIT_TERMINAL_PROMPT": "0", "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh", "LC_ALL": "C"}


def call(*command: str, cwd: Path | None = None,
         variables: Mapping[str, str] = MappingProxyType({})) -> "subprocess.CompletedProcess[str]":
    """Run Git, or what runs Git, with variables where the surroundings have none of that name."""
    return subprocess.run(command, cwd=cwd, env={**variables, **os.environ, **_SAFE}, check=False,
                          capture_output=True, stdin=subprocess.DEVNULL, encoding="utf-8", errors="replace")


def last_line(text: str) -> str:
    """Return the last thing that was said."""
    return (text.strip().splitlines() or ["Git said nothing"])[-1]
