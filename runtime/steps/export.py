"""Write the model as ONNX, refuse one that answers differently, and say what it reads and answers."""

import json
import shutil

from runtime.drift.pinned import PROFILE
from runtime.drift.predictions import PREDICTIONS, describe_predictions
from runtime.models.describing import describe
from runtime.models.examples import load_examples
from runtime.models.exporting import to_onnx
from runtime.models.keeping import TRANSFORM, load_model
from runtime.models.onnx_model import OnnxModel
from runtime.models.parity import check_parity
from runtime.outcome import Context, Outcome

MODEL = "model.onnx"
DESCRIPTION = "model.json"


def run(context: Context) -> Outcome:
    """Export, compare on the held-out rows, and write `onnx`."""
    settings = context.settings
    trained = load_model(context.inputs["model"])
    holdout = load_examples(context.inputs["holdout"], trained.transform, settings["target"])
    content = to_onnx(trained.model, task=settings["task"], features=len(trained.transform.names))
    numbers = check_parity(trained.model.predict(holdout.features),
                           OnnxModel(content, settings["task"]).predict(holdout.features))
    folder = context.outputs["onnx"]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MODEL).write_bytes(content)
    shutil.copyfile(context.inputs["model"] / TRANSFORM, folder / TRANSFORM)
    description = describe(name=context.project, task=settings["task"], transform=trained.transform,
                           training=trained.training)
    (folder / DESCRIPTION).write_text(json.dumps(description, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    # What production is compared with travels with the model: one digest pins them all.
    answers = OnnxModel(content, settings["task"]).predict(holdout.features)
    described = describe_predictions(answers, trained.transform.classes)
    (folder / PREDICTIONS).write_text(json.dumps(described, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    if "profile" in context.inputs:
        shutil.copyfile(context.inputs["profile"], folder / PROFILE)
    context.log.info("exported", extra={"bytes": len(content)})
    return Outcome({**numbers, "bytes": float(len(content))})
