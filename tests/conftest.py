"""What every test may use."""

import pytest

from tests.judges.fixtures import cluster

__all__ = ["cluster"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tests that use the API server to one worker: it takes half a minute to start, and two take longer."""
    for item in items:
        if "cluster" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("cluster"))
