"""Every command line in generated/ is one that the runtime accepts, with artifacts as its contract says."""

import re
from pathlib import Path

import pytest
import yaml

from runtime.contract import PROGRAM, STEPS
from runtime.running import _parser

ROOT = Path(__file__).parents[2]
PIPELINES = sorted(path for path in ROOT.glob("generated/*/*/*.yaml")
                   if b"\nkind: WorkflowTemplate" in path.read_bytes())


def containers(path: Path):
    for one in yaml.load_all(path.read_text(), Loader=yaml.CSafeLoader):
        if one["kind"] == "WorkflowTemplate":
            for template in one["spec"]["templates"]:
                if "container" in template:
                    yield template["name"], template["container"]


@pytest.mark.parametrize("path", PIPELINES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_is_accepted(path):
    found = dict(containers(path))
    assert found
    for name, container in found.items():
        assert tuple(container["command"]) == PROGRAM, name
        words = [re.sub(r"\{\{[^}]*\}\}", "0", word) for word in container["args"]]
        options = _parser().parse_args(words)
        contract = STEPS[options.step]
        inputs = {pair.partition("=")[0] for pair in options.input}
        outputs = {pair.partition("=")[0] for pair in options.output}
        assert set(contract.inputs) - set(contract.optional) <= inputs <= set(contract.inputs), name
        assert outputs <= set(contract.outputs), name
        # A step that runs for each item has numbers alone; every other one writes all that it promises.
        assert outputs == set(contract.outputs) or options.item is not None, name
