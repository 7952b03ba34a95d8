"""The grammars of Kubernetes names, labels and keys, as predicates."""

from typing import Final

_LOWER: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_WORD: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")
LABEL_LENGTH: Final = 63
NAME_LENGTH: Final = 253


def is_label_name(text: str) -> bool:
    """Tell whether text is a DNS-1123 label: 63 of a-z, 0-9 and dashes between them."""
    return 0 < len(text) <= LABEL_LENGTH and _LOWER.issuperset(text) and text[0] != "-" and text[-1] != "-"


def is_service_name(text: str) -> bool:
    """Tell whether text is a DNS-1035 label: a DNS-1123 label that starts with a letter."""
    return is_label_name(text) and not text[0].isdigit()


def is_subdomain(text: str) -> bool:
    """Tell whether text is a DNS-1123 subdomain: up to 253 characters of labels between dots."""
    return len(text) <= NAME_LENGTH and all(
        part and _LOWER.issuperset(part) and part[0] != "-" and part[-1] != "-" for part in text.split("."))


def is_label_value(text: str) -> bool:
    """Tell whether text can be the value of a label; the empty text can."""
    return text == "" or (len(text) <= LABEL_LENGTH and _WORD.issuperset(text)
                          and text[0].isalnum() and text[-1].isalnum())


def is_qualified_key(text: str) -> bool:
    """Tell whether text can be the key of a label or an annotation: a name, or `prefix/name`."""
    prefix, slash, name = text.rpartition("/")
    return name != "" and is_label_value(name) and (not slash or is_subdomain(prefix))


def is_file_key(text: str) -> bool:
    """Tell whether text can be a key of a ConfigMap."""
    return 0 < len(text) <= NAME_LENGTH and _WORD.issuperset(text) and text not in (".", "..") \
        and not text.startswith("..")


def is_port_name(text: str) -> bool:
    """Tell whether text can name a port of a container: 15 of a-z, 0-9, single dashes, and a letter."""
    return 0 < len(text) <= 15 and _LOWER.issuperset(text) and text[0] != "-" and text[-1] != "-" \
        and "--" not in text and any(char.isalpha() for char in text)
