"""One server for all tests that only ask it something: four models, REST and gRPC."""

from collections.abc import Iterator

import pytest

from tests.runtime.serving.bundles import classifier, regressor, write_bundle, write_key
from tests.runtime.serving.talking import Running, end, start


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("serving")


@pytest.fixture(scope="session")
def key(folder):
    return write_key(folder / "key.pem")


@pytest.fixture(scope="session")
def bundle(folder):
    return write_bundle(folder / "plain", classifier())


@pytest.fixture(scope="session")
def server(folder, key, bundle) -> Iterator[Running]:
    second = write_bundle(folder / "second", classifier(factor=3.0))
    columns = write_bundle(folder / "columns", classifier(), with_transform=True)
    sums = write_bundle(folder / "sums", regressor())
    running = start([
        "--trust", str(key), "--grpc-port", "0", "--head-seconds", "1", "--request-seconds", "1.5",
        "--max-body-mib", "1",
        "--model", f"plain:2={bundle}", "--model", f"plain:10={second}", "--model", f"columns={columns}",
        "--model", f"sums={sums}"])
    yield running
    assert running.process.poll() is None, "the server died"
    assert end(running) == 0
