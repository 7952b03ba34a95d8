"""Where the model is registered, in which format, and how it is signed."""

from typing import Annotated, Any, Literal, TypedDict

from compiler.spec.markers import Envelope
from compiler.spec.words import SecretReference


class Model(TypedDict, total=False):
    """The trained model as an artifact."""

    registry: Annotated[dict[str, Any], Envelope("registries", "with")]
    """Model registry: `with: mlflow` and the registered name."""
    format: Literal["onnx"]
    """File format; ONNX alone carries no code."""
    signing: Literal["required", "optional", "off"]
    """Whether a model without a valid signature may be served."""
    signing_key: SecretReference
    """Private key with which the pipeline signs."""
