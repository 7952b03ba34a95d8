"""Signatures by OpenSSH (`ssh-keygen -Y`): offline, with keys that people have, and one file that says who may sign.

The namespace keeps a signature that was made for something else, a Git commit say, from being one of these.
"""

import os
import subprocess
from collections.abc import Sequence

NAMESPACE = "mlproject-generated"
_LIMIT_SECONDS = 60


class SigningError(Exception):
    """The signature is not what it should be, or cannot be made; the message is for a person."""


def sign(content: bytes, key: str) -> bytes:
    """Return the signature over content with a private key, or with the public half of one that an agent holds."""
    finished = _run(("-Y", "sign", "-q", "-n", NAMESPACE, "-f", os.path.abspath(key)), content)
    if finished.returncode != 0 or not finished.stdout:
        raise SigningError(_reason(finished, "it cannot be signed"))
    return finished.stdout


def verify(content: bytes, signature: str, *, allowed_signers: str, identity: str) -> None:
    """Raise SigningError unless the file of a signature is one of identity over content."""
    for path, what in ((signature, "signature"), (allowed_signers, "file of allowed signers")):
        if not os.path.isfile(path):
            raise SigningError(f"there is no {what} at {path}")
    finished = _run(("-Y", "verify", "-q", "-n", NAMESPACE, "-f", os.path.abspath(allowed_signers), "-I", identity,
                     "-s", os.path.abspath(signature)), content)
    if finished.returncode != 0:
        raise SigningError(_reason(finished, f"it is no signature of {identity} over this statement"))


def _run(arguments: Sequence[str], content: bytes) -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(["ssh-keygen", *arguments], input=content, capture_output=True, check=False,
                              timeout=_LIMIT_SECONDS, start_new_session=True)
    except FileNotFoundError:
        raise SigningError("there is no ssh-keygen on the PATH: install OpenSSH 8.2 or newer") from None
    except subprocess.TimeoutExpired:
        raise SigningError("ssh-keygen waits for something: use a key without a passphrase, or an agent") from None


def _reason(finished: "subprocess.CompletedProcess[bytes]", otherwise: str) -> str:
    lines = (finished.stderr + finished.stdout).decode("utf-8", "replace").strip().splitlines()
    detail = lines[-1].strip()[:200] if lines else ""
    return f"{otherwise} ({detail})" if detail else otherwise
