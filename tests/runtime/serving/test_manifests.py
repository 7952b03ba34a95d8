"""What the manifests start is what the program accepts: command, variables, port, probes, metrics."""

from pathlib import Path

import pytest
import yaml

from compiler.targets.kubernetes.metric_names import METRICS
from compiler.targets.kubernetes.model_server import METRICS_PATH, MODEL_FOLDER
from runtime.__main__ import PROGRAMS
from runtime.contract import SERVE_PROGRAM
from runtime.serving.options import VARIABLES, OptionError, read_options
from tests.runtime.serving.talking import ROOT

FILES = [*sorted((ROOT / "generated").glob("*/*/serving.yaml")),
         *sorted((ROOT / "tests/golden").glob("*/expected/*/*/serving.yaml"))]
_FETCH = {"MLPROJECT_MODEL_URI"}


def containers(documents):
    """Yield the containers that our image runs, with what the InferenceService adds to the ServingRuntime's."""
    added = []
    for document in documents:
        if document["kind"] == "InferenceService":
            added += document["spec"]["predictor"]["model"]["env"]
    for document in documents:
        spec = document["spec"].get("template", document).get("spec", {}) if document["kind"] in (
            "Deployment", "ServingRuntime") else {}
        for container in (*spec.get("initContainers", ()), *spec.get("containers", ())):
            if container.get("command") == ["python", "-m", "runtime"]:
                yield container | {"env": [*container["env"], *(added if document["kind"] == "ServingRuntime" else ())]}


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_the_program_accepts_what_is_rendered(file: Path, server, key):
    found = list(containers(list(yaml.load_all(file.read_text(), yaml.CSafeLoader))))
    assert found
    for container in found:
        variables = {each["name"]: each.get("value", key.read_text()) for each in container["env"]}
        assert {name for name in variables if name.startswith("MLPROJECT")} <= set(VARIABLES) | _FETCH
        program, *arguments = container["args"]
        assert program in PROGRAMS
        if program != SERVE_PROGRAM:
            continue
        options = read_options(arguments, variables)
        assert options.port in [port["containerPort"] for port in container["ports"]]
        assert options.trust.must_be_signed == (variables["MLPROJECT_MODEL_SIGNATURE"] == "required")
        assert (str(options.sources[0].folder), options.sources[0].digest) == (
            MODEL_FOLDER, variables["MLPROJECT_MODEL_DIGEST"])
        for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
            assert container[probe]["httpGet"]["port"] == options.port
            assert server.get(container[probe]["httpGet"]["path"]).status == 200


def test_metrics_are_where_they_are_scraped(server):
    text = server.get(METRICS_PATH).body.decode()
    assert all(name in text for name, metric in METRICS.items() if metric.by == "server")


@pytest.mark.parametrize(("argv", "environment", "message"), [
    pytest.param([], {}, "nothing to serve", id="nothing"),
    pytest.param(["--model", "x"], {}, "is not NAME=FOLDER", id="no folder"),
    pytest.param(["--model", "a/b=/x"], {}, "no name of a model", id="a name that is a path"),
    pytest.param(["--model", "a=/x", "--model", "a=/y"], {}, "one name and one version", id="twice"),
    pytest.param(["--model", "a=/x"], {}, "nobody is trusted", id="no key"),
    pytest.param(["--model", "a=/x", "--unsigned", "--digest", "md5:1"], {}, "no digest", id="no digest"),
    pytest.param(["--model", "a=/x"], {"MLPROJECT_MODEL_SIGNATURE": "maybe"}, "expected `required`", id="a word"),
    pytest.param(["--model", "a=/x", "--unsigned"], {"MLPROJECT_PORT": "http"}, "MLPROJECT_PORT", id="a port"),
])
def test_what_contradicts_itself_is_wrong_use(argv, environment, message):
    with pytest.raises(OptionError, match=message):
        read_options(argv, environment)
