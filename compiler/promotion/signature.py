"""Whether the files of a model are those that were signed: asked of the runtime, in a process of its own.

The bundle's format has one reader, `runtime.bundle`; a second one here would be a second opinion on what is
signed. The compiler may not import it, and its light installation has no cryptography: what cannot be asked
is not taken for an answer.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic, error, warning
from compiler.edit import codes
from compiler.records import NamedTuple
from compiler.spec.resolved import ResolvedProject
from runtime.contract import EXIT_OK, EXIT_REFUSED, VERIFY_PROGRAM

KEYS = "keys"
_AT = ("model", "signing")


class Verified(NamedTuple):
    """What came of it: the key that signed (None: nobody, or nobody asked), and what there is to say."""

    key: str | None
    diagnostics: tuple[Diagnostic, ...] = ()


def verify(project: ResolvedProject, model: Mapping[str, Any], keys: Sequence[str],
           variables: Mapping[str, str]) -> Verified:
    """Have the model's files held against the digest and the keys, as strictly as the spec asks for."""
    signing = project.spec["model"]["signing"]
    if signing == "off":
        return Verified(None)
    if not keys and signing == "required":
        return Verified(None, (error(codes.SIGNATURE, "there is no key to verify the signature with", at=_AT,
                                     help=f"put the public keys that you trust into {KEYS}/*.pem, or give --keys"),))
    finished = _ask(model, keys, variables, must_be_signed=signing == "required")
    if finished.returncode == EXIT_OK:
        return Verified(json.loads(finished.stdout)["key"])
    reason = (finished.stderr.strip().splitlines() or ["it said nothing"])[-1][:300]
    if finished.returncode == EXIT_REFUSED:
        return Verified(None, (error(codes.SIGNATURE, f"version {model['version']} is refused: {reason}", at=_AT,
                                     help="do not serve it; register it again from the run that made it"),))
    say = error if signing == "required" else warning
    return Verified(None, (say(codes.SIGNATURE, f"the files of version {model['version']} cannot be verified: {reason}",
                               at=_AT, help="promote from where the model can be read: mlproject-compiler[serve] and "
                               "access to its store"),))


def trusted_keys(root: str, given: Sequence[str]) -> tuple[str, ...]:
    """Return the files of public keys: those given, else those of the repository. A folder stands for what it holds."""
    found: list[str] = []
    for place in given or [os.path.join(root, KEYS)]:
        if os.path.isdir(place):
            found += [os.path.join(place, name) for name in sorted(os.listdir(place)) if name.endswith(".pem")]
        elif given:
            found.append(place)
    return tuple(os.path.abspath(path) for path in found)


def _ask(model: Mapping[str, Any], keys: Sequence[str], variables: Mapping[str, str], *,
         must_be_signed: bool) -> "subprocess.CompletedProcess[str]":
    # -P: the folder that we are in is a repository that anyone may have written to.
    command = [sys.executable, "-P", "-m", "runtime", VERIFY_PROGRAM, f"--uri={model['uri']}",
               f"--digest={model['digest']}", *(f"--key={key}" for key in keys),
               *(("--must-be-signed",) if must_be_signed else ())]
    return subprocess.run(command, capture_output=True, check=False, env=dict(variables), encoding="utf-8",
                          errors="replace")
