"""The commands, one module each: `arguments` declares, `run` does and returns an exit code."""

COMMANDS = {
    "init": "create a project, or a whole repository with --repository",
    "check": "check specs and policies; render nothing",
    "compile": "check specs and write generated/",
    "plan": "say what a proposal means, changes and needs approved",
    "comment": "put a plan on its pull or merge request",
    "promote": "pin a model for an environment, unless a rule says no",
    "rollback": "go back to the model that an environment served before",
    "freeze": "let nothing be promoted to an environment for a while",
    "run": "run a workflow on this machine, without a cluster",
    "runs": "list the runs of this machine",
    "logs": "print the logs of a run",
    "lineage": "say where a registered model came from",
    "explain": "explain a diagnostic's code, or where a value of a spec came from",
    "graph": "draw the training pipeline as Mermaid or SVG",
    "policy": "test, list and document policies; judge foreign manifests",
    "schema": "print the JSON Schema of mlproject.yaml for your editor",
    "crds": "import what your cluster serves, to check against it",
    "completion": "print the completion script of your shell",
}
