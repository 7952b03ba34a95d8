"""A whole spec."""

from typing import Any, Literal, Required, TypedDict

from compiler.spec.alerts import Alerts
from compiler.spec.data import Data
from compiler.spec.deployment import Deployment
from compiler.spec.environment import Settings
from compiler.spec.metadata import Metadata
from compiler.spec.model import Model
from compiler.spec.monitoring import Monitoring
from compiler.spec.platform import Platform
from compiler.spec.training import Training
from compiler.spec.validation import Validation
from compiler.spec.words import Name

API_VERSION = "mlproject.dev/v1alpha1"
KIND = "MLProject"


class ProjectSpec(TypedDict, total=False):
    """One machine-learning project: its data, training, validation, deployment and monitoring."""

    # As resolved: every section is there, and `environment` holds the settings of the chosen one.
    apiVersion: Required[Literal["mlproject.dev/v1alpha1"]]
    """Version of this language."""
    kind: Required[Literal["MLProject"]]
    """Always MLProject."""
    metadata: Required[Metadata]
    """Name and owner."""
    data: Required[Data]
    """What the model learns from."""
    training: Required[Training]
    """How it is trained."""
    validation: Required[Validation]
    """The gates that it must pass."""
    model: Required[Model]
    """Where it is registered, and how it is signed."""
    deployment: Required[Deployment]
    """How it is served."""
    monitoring: Required[Monitoring]
    """What is watched."""
    alerts: Required[Alerts]
    """Who is told."""
    platform: Required[Platform]
    """What the organisation runs."""
    environment: Required[Settings]
    """Settings of the chosen environment."""
    plugins: list[Name]
    """Installed plug-ins that this spec uses."""


Values = dict[str, Any]
