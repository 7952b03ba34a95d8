"""What every test may use."""

from tests.judges.fixtures import cluster

__all__ = ["cluster"]
