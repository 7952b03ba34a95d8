"""An environment: a small set of overrides and the rules of promotion."""

from typing import Literal, TypedDict

from compiler.spec.words import Duration, Name, NonNegative


class Settings(TypedDict, total=False):
    """What an environment has beside overrides."""

    mode: Literal["development", "standard", "production"]
    """`development` prefixes names and pauses schedules; `production` refuses what is not pinned, gated and signed."""
    promotes_from: Name
    """The environment whose models come here."""
    approvals: NonNegative
    """People who must approve a promotion to here."""
    soak: Duration
    """How long a model must have run where it comes from."""
