"""`mlproject.lock`: the model that each environment serves. Edited by promotion and rollback alone."""

from typing import Literal, Required, TypedDict

from compiler.spec.words import Digest, Identifier, Line, Name, Uri


class PinnedModel(TypedDict, total=False):
    """One registered model version, by content."""

    version: Required[Line]
    """Version in the registry."""
    uri: Required[Uri]
    """Folder of the model files, immutable."""
    digest: Required[Digest]
    """Digest of the signed manifest of the model files."""
    run: Identifier
    """Training run that made it."""
    revision: Line
    """Git commit of the spec that made it."""
    data: dict[Name, Line]
    """Revision of each data source that it learned from."""


class ProjectLock(TypedDict, total=False):
    """The pinned model of every environment that has one."""

    apiVersion: Required[Literal["mlproject.dev/v1alpha1"]]
    """Version of this language."""
    kind: Required[Literal["MLProjectLock"]]
    """Always MLProjectLock."""
    environments: Required[dict[Name, PinnedModel]]
    """Pinned model by environment; one that is missing has no model yet."""
