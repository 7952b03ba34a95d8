"""The public keys whose signature counts, as a deployment names them: texts, which this module does not parse.

The server's own process reads them and leaves cryptography to a child.
"""

import re

VARIABLE = "MLPROJECT_TRUSTED_KEYS"
"""Environment variable with PEM public keys, one after the other."""
_PEM = re.compile("-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----", re.DOTALL)


def pem_texts(text: str) -> list[str]:
    """Return the PEM texts in text, in their order."""
    return [f"{pem}\n" for pem in _PEM.findall(text)]
