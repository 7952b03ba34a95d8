"""An etcd and a Kubernetes API server of one's own, on loopback, for a while."""

import json
import secrets
import subprocess
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.judges.processes import LOOPBACK, free_ports, guard, start
from tests.judges.rest import Rest

READY_SECONDS = 180


class ControlPlaneError(Exception):
    """The API server did not come up; the message ends with its log."""


@dataclass(frozen=True, slots=True)
class ControlPlane:
    rest: Rest
    kubeconfig: Path


@contextmanager
def control_plane(etcd: Path, kube_apiserver: Path) -> Iterator[ControlPlane]:
    """Run both binaries until the block ends; nothing of them outlives this process."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="judges-cluster-")))
        token = secrets.token_hex(16)
        store_port, peer_port, secure_port = free_ports(3)
        _write_credentials(folder, token)
        store = start(stack, folder, _etcd_command(etcd, folder, store_port, peer_port))
        server = start(stack, folder, _server_command(
            kube_apiserver, folder, store_port, secure_port))
        stack.enter_context(guard(folder, (store, server)))
        address = f"https://{LOOPBACK}:{secure_port}"
        rest = _wait_until_ready(folder, server, address, token)
        yield ControlPlane(rest, _write_kubeconfig(folder, address, token))


def _etcd_command(binary: Path, folder: Path, port: int, peer_port: int) -> list[str]:
    clients, peers = f"http://{LOOPBACK}:{port}", f"http://{LOOPBACK}:{peer_port}"
    return [
        str(binary),
        "--data-dir", str(folder / "etcd"),
        "--listen-client-urls", clients,
        "--advertise-client-urls", clients,
        "--listen-peer-urls", peers,
        "--initial-advertise-peer-urls", peers,
        "--initial-cluster", f"default={peers}",
        # Nothing here is to survive the process, and the disk is slow.
        "--unsafe-no-fsync",
        # Some CRDs come close to the default of 1.5 MiB.
        "--max-request-bytes", str(8 * 1024 * 1024),
        "--log-level", "warn",
    ]


def _server_command(binary: Path, folder: Path, store_port: int, port: int) -> list[str]:
    return [
        str(binary),
        "--etcd-servers", f"http://{LOOPBACK}:{store_port}",
        "--bind-address", LOOPBACK,
        "--secure-port", str(port),
        # A machine without a default route has no address to advertise; this one
        # is reserved for documentation, and nobody is told of it.
        "--advertise-address", "192.0.2.1",
        "--endpoint-reconciler-type", "none",
        "--cert-dir", str(folder / "certificates"),
        "--service-account-issuer", "https://local",
        "--service-account-key-file", str(folder / "accounts.key"),
        "--service-account-signing-key-file", str(folder / "accounts.key"),
        "--service-cluster-ip-range", "10.0.0.0/24",
        "--token-auth-file", str(folder / "tokens.csv"),
        "--authorization-mode", "RBAC",
        # Nobody creates the default accounts here, and pods would wait for them.
        "--disable-admission-plugins", "ServiceAccount",
    ]


def _write_credentials(folder: Path, token: str) -> None:
    (folder / "tokens.csv").write_text(f'{token},judge,judge,"system:masters"\n')
    (folder / "accounts.key").write_text(_new_signing_key())


def _new_signing_key() -> str:
    """Return a fresh P-256 private key as PEM.

    RFC 5915 lets the public half be left out, and then a key is a fixed frame
    around 32 random bytes: no need for a library or for openssl.
    """
    frame = bytes.fromhex("30310201010420"), bytes.fromhex("a00a06082a8648ce3d030107")
    encoded = b64encode(frame[0] + secrets.token_bytes(32) + frame[1]).decode()
    return f"-----BEGIN EC PRIVATE KEY-----\n{encoded}\n-----END EC PRIVATE KEY-----\n"


def _write_kubeconfig(folder: Path, address: str, token: str) -> Path:
    path = folder / "kubeconfig"
    path.write_text(json.dumps({
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "judges", "cluster": {
            "server": address, "certificate-authority": str(_certificate(folder))}}],
        "users": [{"name": "judge", "user": {"token": token}}],
        "contexts": [{"name": "judges", "context": {"cluster": "judges", "user": "judge"}}],
        "current-context": "judges",
    }))
    return path


def _certificate(folder: Path) -> Path:
    return folder / "certificates" / "apiserver.crt"


def _wait_until_ready(
    folder: Path, server: subprocess.Popen, address: str, token: str,
) -> Rest:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        rest = _ready_rest(folder, address, token)
        if rest is not None:
            return rest
        time.sleep(0.1)
    log = (folder / "kube-apiserver.log").read_text(errors="replace")
    raise ControlPlaneError(f"kube-apiserver is not ready; its log ends:\n{log[-3000:]}")


def _ready_rest(folder: Path, address: str, token: str) -> Rest | None:
    try:
        rest = Rest(address, token=token, certificate=_certificate(folder))
        return None if rest.send("GET", "/readyz").is_refusal else rest
    except OSError:
        # No certificate yet, or nobody listens yet.
        return None
