"""Which host a repository is on: by the address of its remote, and by what CI says of its own host."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from compiler.hosts.github import GitHub
from compiler.hosts.gitlab import GitLab
from compiler.hosts.interface import Host, HostError

__all__ = ["Host", "HostError", "host_of"]

_SCP = re.compile(r"(?:[^@/]+@)?([A-Za-z0-9.-]+):(?!//)(.+)")
_PATH = re.compile(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)+")


def host_of(address: str | None, variables: Mapping[str, str]) -> Host | None:
    """Return the host of a remote's address, None when its API is not known; without a token it is an error."""
    name, repository = _parts(address or "")
    if name == _host(variables.get("GITHUB_SERVER_URL", "")) or name == "github.com":
        token = _token(name, variables, "GITHUB_TOKEN", "GH_TOKEN")
        return GitHub(variables.get("GITHUB_API_URL", "https://api.github.com"), repository, token)
    if name and name in (_host(variables.get("CI_SERVER_URL", "")), "gitlab.com"):
        token = _token(name, variables, "GITLAB_TOKEN", "GITLAB_TOKEN")
        return GitLab(variables.get("CI_API_V4_URL", f"https://{name}/api/v4"), repository, token)
    return None


def _parts(address: str) -> tuple[str, str]:
    """Return host and path of an address: a URL, or the short form of SSH; empty for a folder."""
    if "://" in address:
        parts = urlsplit(address)
        name, path = parts.hostname or "", parts.path
    else:
        match = _SCP.fullmatch(address)
        name, path = (match[1].lower(), match[2]) if match else ("", "")
    path = path.strip("/").removesuffix(".git")
    return (name, path) if _PATH.fullmatch(path) and ".." not in path.split("/") else ("", "")


def _host(url: str) -> str:
    return urlsplit(url).hostname or "" if url else "-"


def _token(host: str, variables: Mapping[str, str], *names: str) -> str:
    token = next((variables[name] for name in names if variables.get(name)), "")
    if not token:
        raise HostError(f"there is no token for {host}", f"set {names[0]}")
    return token
