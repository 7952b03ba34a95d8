"""Real processes: what a container would see, what it leaves behind, and how it is ended."""

import json
import os
import select
from pathlib import Path

import pytest

from compiler.local.machine.ending import exit_code_of, words_of
from tests.local.workflows import phases, prepare, run


def logs(folder) -> dict[str, str]:
    return {path.parent.name.rpartition("-")[0]: path.read_text() for path in Path(folder.path).glob("nodes/*/log")}


def test_parameters_artifacts_and_results_pass_from_task_to_task(tmp_path):
    folder = prepare(tmp_path, r"""
        volumes: [{name: work, emptyDir: {}}]
        templates:
          - name: main
            dag:
              tasks:
                - {name: make, template: make}
                - name: use
                  template: use
                  depends: make
                  arguments:
                    parameters: [{name: word, value: "{{tasks.make.outputs.parameters.word}}"}]
                    artifacts: [{name: thing, from: "{{tasks.make.outputs.artifacts.thing}}"}]
                - {name: say, template: say, depends: use}
                - {name: hear, template: hear, depends: say, arguments: {parameters: [{name: word,
                    value: "{{tasks.say.outputs.result}}"}]}}
          - name: make
            container:
              command: [sh, -c, 'echo content > "$0"; printf "{{workflow.name}}" > "$1"; pwd > "$2"']
              args: ["{{outputs.artifacts.thing.path}}", "{{outputs.parameters.word.path}}", /work/here]
              workingDir: /work
              volumeMounts: [{name: work, mountPath: /work}]
            outputs:
              parameters: [{name: word, valueFrom: {path: /work/word}}, {name: absent,
                  valueFrom: {path: /work/absent, default: none}}]
              artifacts: [{name: thing, path: /work/thing}, {name: perhaps, path: /work/perhaps, optional: true}]
          - name: use
            inputs: {parameters: [{name: word}], artifacts: [{name: thing, path: /inputs/thing}]}
            container: {command: [sh, -c, 'cat "$1"; cat "$2"; echo "$0"'], args: ["{{inputs.parameters.word}}",
                "{{inputs.artifacts.thing.path}}", /inputs/thing]}
          - {name: say, script: {command: [python], source: "print('said')"}}
          - {name: hear, inputs: {parameters: [{name: word}]}, container: {command: [echo,
              "heard {{inputs.parameters.word}}"]}}
        """)
    engine = run(folder)
    assert engine.phase == "Succeeded"
    assert logs(folder)["use"] == "content\ncontent\nsmall-1\n"
    assert logs(folder)["hear"] == "heard said\n"
    outputs = next(node.outputs for node in engine.nodes.values() if node.display_name == "make")
    assert outputs["parameters"] == [{"name": "word", "value": "small-1"}, {"name": "absent", "value": "none"}]
    assert [one["name"] for one in outputs["artifacts"]] == ["thing"]


def test_what_a_value_says_is_never_evaluated(tmp_path):
    hostile = "{{workflow.name}} $(id) `id` /work/x"
    folder = prepare(tmp_path, r"""
        templates:
          - name: main
            dag:
              tasks:
                - {name: say, template: say}
                - {name: hear, template: hear, depends: say, arguments: {parameters: [{name: word,
                    value: "{{tasks.say.outputs.parameters.out}}"}]}}
          - name: say
            script: {command: [python], source: "open('out', 'w').write('{{' + 'workflow.name}} $(id) `id` /work/x')"}
            outputs: {parameters: [{name: out, valueFrom: {path: /work/out}}]}
          - {name: hear, inputs: {parameters: [{name: word}]}, container: {command: [echo,
              "{{inputs.parameters.word}}"]}}
        """)
    assert run(folder).phase == "Succeeded"
    assert logs(folder)["hear"] == hostile + "\n"


def test_environment_holds_what_the_template_names_and_nothing_of_the_runner(tmp_path, monkeypatch):
    monkeypatch.setenv("OF_THE_RUNNER", "secret")
    (tmp_path / "key").write_text("the key")
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "local.yaml").write_text(
        "apiVersion: mlproject.dev/v1alpha1\nkind: MLProjectLocal\nlocations: {'s3://lake/': lake/}\n"
        "secrets: {'secret://team/signing#private-key': {file: key}}\n")
    folder = prepare(tmp_path, r"""
        templates:
          - name: main
            container:
              command: [python, -c, "import json, os; print(json.dumps(dict(os.environ)))"]
              env:
                - {name: HOME, value: /tmp}
                - {name: RUN, value: "{{workflow.name}}"}
                - {name: KEY, valueFrom: {secretKeyRef: {name: keys, key: signing}}}
        """, objects="""
        apiVersion: external-secrets.io/v1
        kind: ExternalSecret
        metadata: {name: keys}
        spec: {target: {name: keys}, data: [{secretKey: signing, remoteRef: {key: team/signing,
            property: private-key}}]}
        """)
    assert run(folder).phase == "Succeeded"
    seen = json.loads(next(iter(logs(folder).values())))
    assert (seen["RUN"], seen["KEY"], "OF_THE_RUNNER" in seen) == ("small-1", "the key", False)
    assert seen["HOME"].startswith(folder.path)
    assert json.loads(seen["MLPROJECT_LOCATIONS"]) == {"s3://lake/": f"{tmp_path}/lake/"}
    assert "the key" not in Path(folder.path, "status.json").read_text()


def test_mounted_config_map(tmp_path):
    folder = prepare(tmp_path, """
        volumes: [{name: plan, configMap: {name: plan}}]
        templates: [{name: main, container: {command: [cat, /etc/mlproject/plan.json],
            volumeMounts: [{name: plan, mountPath: /etc/mlproject}]}}]
        """, objects="""
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: plan}
        data: {plan.json: "{}"}
        """)
    run(folder)
    assert list(logs(folder).values()) == ["{}"]


def test_deadline_kills_the_whole_group(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    folder = prepare(tmp_path, f"""
        templates:
          - name: main
            dag: {{tasks: [{{name: slow, template: slow}}, {{name: then, template: then, depends: slow.Failed}}]}}
          - name: slow
            activeDeadlineSeconds: 1
            container: {{command: [sh, -c, "exec > {tmp_path}/pipe; sleep 600 & wait"]}}
          - {{name: then, container: {{command: ["true"]}}}}
        """)
    engine = run(folder)
    assert phases(engine) == {"small-1": "Succeeded", "slow": "Failed", "then": "Succeeded"}
    # The pipe ends when the last process that has it is gone.
    assert select.select([reader], [], [], 20)[0]
    assert os.read(reader, 1) == b""
    os.close(reader)


def test_exit_code_and_words_of_a_refusal(tmp_path):
    folder = prepare(tmp_path, r"""
        onExit: bye
        templates:
          - {name: main, dag: {tasks: [{name: check, template: check}, {name: then, template: bye, depends: check}]}}
          - name: check
            retryStrategy: {limit: "3", expression: 'lastRetry.exitCode != "1"', backoff: {duration: 60s}}
            container: {command: [sh, -c, "echo '{\"level\": \"error\", \"message\": \"refused: 3 rows\"}'; exit 1"]}
          - {name: bye, container: {command: [echo, "{{workflow.status}}"]}}
        """)
    engine = run(folder)
    assert exit_code_of(engine) == 1
    assert "check(0) failed: refused: 3 rows" in list(words_of(engine, folder))
    assert logs(folder)["small-1.onExit"] == "Failed\n"


@pytest.mark.parametrize(("command", "code"), [
    pytest.param("exit 4", 4, id="the environment failed"),
    pytest.param("exit 70", 70, id="a bug"),
    pytest.param("exit 0", 4, id="an output is missing"),
])
def test_exit_codes(tmp_path, command, code):
    folder = prepare(tmp_path, f"""
        templates: [{{name: main, container: {{command: [sh, -c, "{command}"]}},
            outputs: {{artifacts: [{{name: a, path: /work/a}}]}}}}]
        """)
    assert exit_code_of(run(folder)) == code


def test_memoized_by_content(tmp_path):
    spec = """
        templates:
          - {name: main, dag: {tasks: [{name: a, template: costly}, {name: b, template: costly, depends: a}]}}
          - name: costly
            memoize: {key: one, cache: {configMap: {name: cache}}}
            container: {command: [sh, -c, "echo x >> %s/count; echo out > $0", "{{outputs.parameters.out.path}}"]}
            outputs: {parameters: [{name: out, valueFrom: {path: /work/out}}]}
        """ % tmp_path
    engine = run(prepare(tmp_path, spec))
    assert phases(engine) == {"small-1": "Succeeded", "a": "Succeeded", "b": "Succeeded"}
    assert (tmp_path / "count").read_text() == "x\n"


VERDICT = {"verdict": "stop", "gates": [
    {"name": "calibration", "mode": "warn", "outcome": "fail", "notes": [],
     "numbers": [{"name": "error", "value": 0.06, "relation": "<=", "limit": 0.05, "holds": False}]},
    {"name": "metric-f1", "mode": "block", "outcome": "fail", "notes": ["95 % interval 0.5 to 0.6"],
     "numbers": [{"name": "f1", "value": 0.55, "relation": ">=", "limit": 0.8, "holds": False}]},
    {"name": "latency", "mode": "block", "outcome": "pass", "numbers": [], "notes": []}]}


def test_gates_that_say_no_end_with_1_and_their_numbers(tmp_path):
    folder = prepare(tmp_path, r"""
        templates:
          - name: main
            dag:
              tasks:
                - {name: gates, template: gates}
                - {name: promote, template: promote, depends: gates.Succeeded,
                   when: "{{tasks.gates.outputs.parameters.verdict}} == pass"}
          - name: gates
            inputs: {artifacts: [{name: text, path: /inputs/text, raw: {data: '%s'}}]}
            container:
              command: [sh, -c, 'cp "$0" "$1"; printf stop > "$2"']
              args: [/inputs/text, "{{outputs.artifacts.verdict.path}}", "{{outputs.parameters.verdict.path}}"]
            outputs:
              parameters: [{name: verdict, valueFrom: {path: /work/verdict}}]
              artifacts: [{name: verdict, path: /work/verdict.json}]
          - {name: promote, container: {command: ["false"]}}
        """ % json.dumps(VERDICT))
    engine = run(folder)
    assert phases(engine) == {"small-1": "Succeeded", "gates": "Succeeded", "promote": "Skipped"}
    assert exit_code_of(engine) == 1
    assert list(words_of(engine, folder)) == [
        "gates said stop: nothing behind it ran",
        "  metric-f1 (block): f1 is 0.55, expected >= 0.8", "    95 % interval 0.5 to 0.6",
        "  calibration (warn): error is 0.06, expected <= 0.05"]
