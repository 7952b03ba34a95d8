"""Ten steps of a training pipeline, as a team writes them for Kubeflow Pipelines."""

from kfp import dsl

IMAGE = "registry.example/labour/employment@sha256:" + "0" * 64
CHAIN = ("validate-data", "build-features", "train", "evaluate", "check-gates", "export", "sign", "register", "notify")


@dsl.container_component
def ingest(uri: str, rows: dsl.Output[dsl.Dataset]) -> dsl.ContainerSpec:
    """Read the source once."""
    return dsl.ContainerSpec(image=IMAGE, command=["mlproject-step", "ingest"], args=[uri, rows.path])


@dsl.container_component
def step(name: str, given: dsl.Input[dsl.Artifact], result: dsl.Output[dsl.Artifact]) -> dsl.ContainerSpec:
    """Run one step on what the step before left."""
    return dsl.ContainerSpec(image=IMAGE, command=["mlproject-step"], args=[name, given.path, result.path])


@dsl.pipeline(name="employment", description="Predicts whether a person is employed, from survey answers.")
def employment(uri: str = "s3://labour-lake/curated/acs-employment-ma/") -> None:
    """Train, judge and register the model."""
    left = ingest(uri=uri).outputs["rows"]
    for name in CHAIN:
        task = step(name=name, given=left)
        task.set_display_name(name).set_cpu_limit("4").set_memory_limit("8Gi").set_retry(2, backoff_duration="300s")
        left = task.outputs["result"]
