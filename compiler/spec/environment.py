"""An environment: a small set of overrides and the rules of promotion."""

from typing import Literal, TypedDict

from compiler.spec.alerts import Alerts
from compiler.spec.data import Data
from compiler.spec.deployment import Deployment
from compiler.spec.metadata import Metadata
from compiler.spec.model import Model
from compiler.spec.monitoring import Monitoring
from compiler.spec.platform import Platform
from compiler.spec.training import Training
from compiler.spec.validation import Validation
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


class Sections(TypedDict, total=False):
    """The sections of a spec that an environment may override."""

    metadata: Metadata
    data: Data
    training: Training
    validation: Validation
    model: Model
    deployment: Deployment
    monitoring: Monitoring
    alerts: Alerts
    platform: Platform
