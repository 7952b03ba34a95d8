"""Bundle the model's files with a manifest of their digests, signed unless signing is off."""

from compiler.ir.pipeline import Step
from compiler.kinds.hardware import small
from compiler.kinds.interface import KindOf, StepKind
from compiler.kinds.references import signing_key
from compiler.kinds.step_building import MINUTE, build_step
from compiler.spec.resolved import ResolvedProject


def lower(project: ResolvedProject, _kind_of: KindOf) -> Step:
    """Return the step that signs; `secret` is None where no key is named."""
    key = signing_key(project)
    settings = {"signing": project.spec["model"]["signing"], "secret": key.name if key else None}
    return build_step(project, "sign", reads={"onnx": ("export", "onnx")}, settings=settings, resources=small(),
                      timeout_seconds=15 * MINUTE, secrets=(key,) if key else (), origin=("model", "signing"),
                      only_if="gates")


KIND = StepKind("sign", lower)
