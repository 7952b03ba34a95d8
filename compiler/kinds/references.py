"""Secrets as the plan knows them: a stable name for each reference of the spec."""

from compiler.ir.common import SecretKey
from compiler.source.path import FieldPath
from compiler.spec.resolved import ResolvedProject

SIGNING_KEY = "signing-key"


def secret_key(name: str, reference: str, at: FieldPath) -> SecretKey:
    """Return the key behind `secret://STORE_PATH#KEY`, known to the plan as name."""
    store_path, _, key = reference.removeprefix("secret://").partition("#")
    return SecretKey(name, store_path, key, at)


def source_secret_name(source: str) -> str:
    """Return the name of the secret with which a source is read."""
    return f"source-{source}"


def source_secrets(project: ResolvedProject) -> tuple[SecretKey, ...]:
    """Return the secrets with which the sources are read, in their order."""
    return tuple(secret_key(source_secret_name(source["name"]), source["credentials"],
                            ("data", "sources", index, "credentials"))
                 for index, source in enumerate(project.spec["data"]["sources"]) if "credentials" in source)


def signing_key(project: ResolvedProject) -> SecretKey | None:
    """Return the key that signs models; None when the project signs none."""
    model = project.spec["model"]
    if model["signing"] == "off" or "signing_key" not in model:
        return None
    return secret_key(SIGNING_KEY, model["signing_key"], ("model", "signing_key"))
