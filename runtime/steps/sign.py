"""Make a bundle of the exported model: its files, their manifest, and a signature where the spec wants one."""

import os
import shutil

from runtime.bundle import BundleError, load_private_key, sign, write_manifest
from runtime.contract import secret_variable
from runtime.outcome import Context, Outcome, Refused


def run(context: Context) -> Outcome:
    """Write `bundle`."""
    folder = context.outputs["bundle"]
    shutil.copytree(context.inputs["onnx"], folder, dirs_exist_ok=True)
    digest = write_manifest(folder)
    name = context.settings["secret"]
    pem = os.environ.get(secret_variable(name), "") if name else ""
    if pem:
        try:
            key = sign(folder, load_private_key(pem))
        except BundleError as failure:
            raise Refused(str(failure)) from failure
        context.log.info("signed", extra={"digest": digest, "key": key})
        return Outcome({"is_signed": 1.0})
    if context.settings["signing"] == "required":
        raise Refused("the model must be signed, and the secret of `model.signing_key` is empty")
    context.log.info("not signed", extra={"digest": digest})
    return Outcome({"is_signed": 0.0})
