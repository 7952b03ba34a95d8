"""Fixtures for tests which ask the judges; tests/conftest.py imports them."""

from collections.abc import Iterator

import pytest

from tests.judges import require_crds
from tests.judges.cluster import Cluster, api_server


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One API server with all upstream CRDs for the whole run: it takes half a minute."""
    with api_server(require_crds()) as running:
        yield running
