"""Ten steps of a training pipeline, as a team writes them for Argo Workflows with hera."""

import sys
from pathlib import Path

from hera.workflows import DAG, Artifact, Container, Parameter, Resources, RetryStrategy, WorkflowTemplate
from hera.workflows.models import Backoff

IMAGE = "registry.example/labour/employment@sha256:" + "0" * 64
STEPS = ("ingest", "validate-data", "build-features", "train", "evaluate", "check-gates", "export", "sign",
         "register", "notify")


def _container(name: str, is_first: bool) -> Container:
    return Container(
        name=name, image=IMAGE, command=["mlproject-step"], args=[name],
        inputs=[] if is_first else [Artifact(name="given", path="/data/given")],
        outputs=[Artifact(name="result", path="/data/result")],
        resources=Resources(cpu_request=4, cpu_limit=4, memory_request="8Gi", memory_limit="8Gi"),
        retry_strategy=RetryStrategy(limit=2, backoff=Backoff(duration="5m", factor=2)))


with WorkflowTemplate(name="employment", namespace="labour-statistics", entrypoint="train",
                      service_account_name="employment",
                      arguments=[Parameter(name="uri", value="s3://labour-lake/curated/")]) as workflow:
    containers = [_container(name, index == 0) for index, name in enumerate(STEPS)]
    with DAG(name="train"):
        before = None
        for container in containers:
            given = {} if before is None else {"arguments": [before.get_artifact("result").with_name("given")]}
            task = container(name=container.name, **given)
            if before is not None:
                before >> task
            before = task

Path(sys.argv[1]).write_text(workflow.to_yaml())
