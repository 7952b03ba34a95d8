"""What may stand beside `with: kserve` and `with: kubernetes`."""

from typing import Any

import pytest

from compiler.spec.freeze import core_schema_of
from compiler.targets.interface import Target
from compiler.targets.serving.kserve import TARGET as KSERVE
from compiler.targets.serving.kubernetes import TARGET as KUBERNETES


def is_accepted(target: Target, given: dict[str, Any]) -> bool:
    import pydantic_core

    validator = pydantic_core.SchemaValidator(core_schema_of(target.parameters), {"extra_fields_behavior": "forbid"})
    try:
        validator.validate_python(given)
    except pydantic_core.ValidationError:
        return False
    return True


@pytest.mark.parametrize(("target", "given", "expected"), [
    pytest.param(KSERVE, {"with": "kserve"}, True, id="nothing but the tool"),
    pytest.param(KSERVE, {"with": "kserve", "deployment_mode": "standard", "protocol": "v2", "timeout": "30s",
                          "concurrency_limit": 8, "prometheus": "http://prometheus:9090"}, True, id="everything"),
    pytest.param(KSERVE, {"with": "seldon"}, False, id="another tool"),
    pytest.param(KSERVE, {"with": "kserve", "deployment_mode": "RawDeployment"}, False, id="a mode by its old name"),
    pytest.param(KSERVE, {"with": "kserve", "deploymentMode": "standard"}, False, id="a typo"),
    pytest.param(KSERVE, {"with": "kserve", "concurrency_limit": -1}, False, id="less than no limit"),
    pytest.param(KUBERNETES, {"with": "kubernetes"}, True, id="plain"),
    pytest.param(KUBERNETES, {"with": "kubernetes", "deployment_mode": "standard"}, False, id="a setting of another"),
])
def test_parameters(target: Target, given: dict[str, Any], expected: bool) -> None:
    assert is_accepted(target, given) is expected
