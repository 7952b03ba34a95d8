"""`mlproject.lock`: the model that each environment serves. Edited by promotion and rollback alone."""

from typing import Literal, Required, TypedDict

from compiler.spec.words import Day, Digest, Identifier, Line, Name, Uri


class Verdict(TypedDict, total=False):
    """What the gates said of a model, and where it can be read again."""

    verdict: Required[Literal["pass", "stop"]]
    """`pass` alone is ever promoted."""
    digest: Digest
    """Digest of the verdict file, which holds every number and its threshold."""


class Freeze(TypedDict, total=False):
    """Why nothing is promoted to an environment for now. A rollback still works."""

    reason: Required[Line]
    """For whoever is refused."""
    until: Day
    """First day (UTC) on which promotion works again; until it is lifted when left out."""


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
    gates: Verdict
    """What the gates said; a model without is not promoted further."""
    signed_by: Digest
    """Key whose signature was verified when the model was pinned."""


class ProjectLock(TypedDict, total=False):
    """The pinned model of every environment that has one."""

    apiVersion: Required[Literal["mlproject.dev/v1alpha1"]]
    """Version of this language."""
    kind: Required[Literal["MLProjectLock"]]
    """Always MLProjectLock."""
    environments: Required[dict[Name, PinnedModel]]
    """Pinned model by environment; one that is missing has no model yet."""
    freezes: dict[Name, Freeze]
    """Environments to which nothing is promoted for now."""
