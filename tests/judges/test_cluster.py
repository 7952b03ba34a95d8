"""The API server refuses what schemas let through, and stores what is right."""

import copy

import pytest

from tests.judges.cluster import RefusedError

DEPLOYMENT = {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {"name": "model", "namespace": "judged-by-tests"},
    "spec": {
        "selector": {"matchLabels": {"app": "model"}},
        "template": {
            "metadata": {"labels": {"app": "model"}},
            "spec": {"containers": [{"name": "model", "image": "model:1"}]},
        },
    },
}
WORKFLOW = {
    "apiVersion": "argoproj.io/v1alpha1",
    "kind": "Workflow",
    "metadata": {"generateName": "train-", "namespace": "judged-by-tests"},
    "spec": {
        "entrypoint": "main",
        "templates": [{"name": "main", "container": {"image": "train:1"}}],
    },
}


def config_map(name, namespace="judged-by-tests"):
    return {"apiVersion": "v1", "kind": "ConfigMap", "data": {"key": "value"},
            "metadata": {"name": name, "namespace": namespace}}


def changed(document, **fields):
    copied = copy.deepcopy(document)
    copied["spec"].update(fields)
    return copied


@pytest.mark.parametrize(("document", "word"), [
    pytest.param(DEPLOYMENT, None, id="a deployment"),
    pytest.param(changed(DEPLOYMENT, selector={"matchLabels": {"app": "other"}}),
                 "`selector` does not match template `labels`", id="a selector without its labels"),
    pytest.param(changed(DEPLOYMENT, replica=2), ".spec.replica", id="an unknown field"),
    pytest.param(WORKFLOW, None, id="a workflow with generateName"),
    pytest.param(changed(WORKFLOW, entryPoint="main"), "spec.entryPoint",
                 id="an unknown field beside generateName"),
    pytest.param(config_map("Model"), "metadata.name", id="a name in capitals"),
    pytest.param(config_map("a", namespace="No_Namespace"), "Namespace No_Namespace",
                 id="a namespace that cannot be"),
    pytest.param({"apiVersion": "v2", "kind": "ConfigMap", "metadata": {"name": "a"}},
                 "serves no such kind", id="a kind that is not served"),
])
def test_dry_run(cluster, document, word):
    refusals = cluster.dry_run([document])
    if word is None:
        assert refusals == []
    else:
        assert word in refusals[0]


def test_dry_run_stores_nothing(cluster):
    assert cluster.dry_run([config_map("dry")]) == []
    assert cluster.get("v1", "ConfigMap", "dry", namespace="judged-by-tests") is None


def test_apply_stores_until_deleted(cluster):
    where = {"namespace": "judged-by-apply"}
    [stored] = cluster.apply([config_map("kept", **where)])
    assert stored["metadata"]["uid"]
    assert cluster.get("v1", "ConfigMap", "kept", **where)["data"] == {"key": "value"}
    assert [found["metadata"]["name"] for found in cluster.get_all("v1", "ConfigMap", **where)] == ["kept"]
    cluster.delete("v1", "ConfigMap", "kept", **where)
    cluster.delete("v1", "ConfigMap", "kept", **where)
    assert cluster.get("v1", "ConfigMap", "kept", **where) is None


def test_apply_names_all_that_is_refused(cluster):
    with pytest.raises(RefusedError, match=r"(?s)judged-by-tests/A: .*judged-by-tests/B: "):
        cluster.apply([config_map("A"), config_map("B")])
