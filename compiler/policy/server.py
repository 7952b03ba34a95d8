"""An OPA server as the engine: the same policies, the same findings, judged by OPA itself.

The packs are stored on the server below a name of their own, which nothing else there can have, and are
deleted by `close`. Nothing of the environment decides where the input goes: neither proxies nor netrc.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from compiler.diagnostics.diagnostic import Diagnostic
from compiler.policy.faults import fault
from compiler.policy.interface import LIBRARY, ROOT, Finding, Input, Judgement, Packs, Policy, ReadPacks, Stage
from compiler.policy.packs import merged_data
from compiler.policy.preflight import Sorted, inspect, sort_files
from compiler.policy.rego import moved_below
from compiler.policy.results import findings_of
from compiler.policy.stage_policies import EngineFault, Judged, StagePolicies
from compiler.records import NamedTuple

SECONDS = 30.0
_PORTS = {"http": 80, "https": 443}


def start(read_packs: ReadPacks, *, url: str, token: str = "", ca_file: str = "",
          seconds: float = SECONDS) -> "ServerJudge":
    """Return a judge that asks the OPA server at url; it is first spoken to when there is something to judge.

    `token` is sent as a bearer token; `ca_file` holds the certificates that the server's is checked
    against, those of certifi when it is empty. `seconds` is the longest time of one request.
    """
    return ServerJudge(read_packs, _Address(url, token, ca_file, seconds))


class _Address(NamedTuple):
    url: str
    token: str
    ca_file: str
    seconds: float


class _Ready(NamedTuple):
    policies: Mapping[str, Policy]
    faults: tuple[Diagnostic, ...]
    judge: StagePolicies | None


class ServerJudge:
    """The judge that an OPA server is."""

    def __init__(self, read_packs: ReadPacks, address: _Address) -> None:
        self._read_packs = read_packs
        self._address = address
        self._store: _Store | None = None
        self._stages: dict[Stage, _Ready] = {}
        self._sources: tuple[Packs, Sorted] | None = None

    def judge(self, stage: Stage, inputs: Sequence[Input]) -> Judgement:
        """Return what all policies of the stage say of each input."""
        if stage not in self._stages:
            self._stages[stage] = self._prepare(stage)
        ready = self._stages[stage]
        found: list[tuple[Finding, ...]] = []
        faults = [*ready.faults]
        for judged in inputs:
            if ready.judge is None or ready.faults:
                found.append(())
                continue
            denials, failed = ready.judge.judge(judged)
            findings, bad = findings_of(stage, denials, ready.policies, judged)
            found.append(findings)
            faults += [*failed, *bad]
        return Judgement(tuple(found), tuple(dict.fromkeys(faults)))

    def ask(self, stage: Stage, inputs: Sequence[Input]) -> Callable[[], Judgement]:
        """Return a function that judges when it is called: a server has its own processors."""
        return lambda: self.judge(stage, inputs)

    def dismiss(self) -> None:
        """Do nothing: the server goes on."""

    def close(self) -> None:
        """Delete everything that was stored on the server."""
        if self._store is not None:
            self._store.clear()

    def _prepare(self, stage: Stage) -> _Ready:
        packs, ordered = self._sorted()
        library = ordered.files[LIBRARY]
        policies, faults = inspect(ordered.files[stage], library)
        known = {policy.package: policy for policy in policies}
        if found := (*packs.faults, *ordered.faults, *faults):
            return _Ready(known, found, None)
        try:
            store = self._connected(merged_data(packs.packs))
            store.put({**library, **ordered.files[stage]})
        except EngineFault as failure:
            return _Ready(known, (failure.diagnostic,), None)
        judge = StagePolicies(stage, policies, store)
        return _Ready(known, tuple(judge.test(packs.packs)), judge)

    def _sorted(self) -> tuple[Packs, Sorted]:
        if self._sources is None:
            packs = self._read_packs()
            self._sources = packs, sort_files(packs.packs)
        return self._sources

    def _connected(self, data: Mapping[str, Any]) -> "_Store":
        if self._store is None:
            self._store = _Store(_client(self._address), self._address)
            self._store.put_data(data)
        return self._store


class _Store:
    """Everything of ours on the server, below one name; asks it for documents."""

    def __init__(self, client: Any, address: _Address) -> None:
        self._client = client
        self._address = address
        # Two compiles may share a server. The name is in nothing that is written.
        self._prefix = f"mlproject_{os.urandom(8).hex()}"
        self._stored: dict[str, str] = {}
        self._has_data = False
        self._judged: Mapping[str, Any] = {}

    def put(self, files: Mapping[str, str]) -> None:
        """Store files that are not there yet; a library follows those that it imports."""
        waiting = {file: text for file, text in files.items() if f"{self._prefix}/{file}" not in self._stored}
        while waiting:
            refused: dict[str, Diagnostic] = {}
            for file, text in waiting.items():
                self._put(file, text, refused)
            if len(refused) == len(waiting):
                raise EngineFault(next(iter(refused.values())))
            waiting = {file: waiting[file] for file in refused}

    def put_data(self, data: Mapping[str, Any]) -> None:
        """Store the data of the packs."""
        self._has_data = True
        self._ask(lambda: self._client.update_or_create_data(dict(data), self._prefix))

    def give(self, judged: Judged) -> None:
        """Take the input of the next queries."""
        self._judged = json.loads(judged) if isinstance(judged, str) else judged

    def verdicts(self, stage: str, _policies: Sequence[Policy]) -> Any:
        """Return the document of a stage, None when it is undefined; raise EngineFault."""
        return self.document(f"{ROOT}.{stage}")

    def document(self, package: str) -> Any:
        """Return the document of a package, None when it is undefined; raise EngineFault."""
        answer = self._ask(lambda: self._client.query_rule(
            self._judged, f"{self._prefix}.{package}", query_params={"strict-builtin-errors": "true"}))
        # Without `result` the document is undefined: OPA says the same of packages that it never saw.
        return answer.get("result")

    def clear(self) -> None:
        """Delete policies and data; what cannot be deleted is left, under a name that nothing else uses."""
        for identifier in reversed(self._stored):
            self._forget(lambda identifier=identifier: self._client.delete_policy(identifier))
        if self._has_data:
            self._forget(lambda: self._client.delete_data(self._prefix))
        self._stored.clear()
        self._client.close_connection()

    def _put(self, file: str, text: str, refused: dict[str, Diagnostic]) -> None:
        identifier = f"{self._prefix}/{file}"
        try:
            self._ask(lambda: self._client.update_policy_from_string(
                moved_below(text, self._prefix), identifier, rego_compat=False))
            self._stored[identifier] = file
        except EngineFault as failure:
            if failure.diagnostic.code != "policy/syntax":
                raise
            span = failure.diagnostic.span
            refused[file] = failure.diagnostic._replace(span=span and span._replace(file=file))

    def _forget(self, delete: Any) -> None:
        try:
            self._ask(delete)
        except EngineFault:
            pass

    def _ask(self, request: Any) -> Any:
        """Return what the server answers; raise EngineFault for everything else it may do."""
        import requests
        from opa_client import errors

        try:
            return request()
        except requests.exceptions.Timeout:
            raise EngineFault(fault("timeout", f"the OPA server gave no answer within {self._address.seconds:g} "
                                    "seconds", help="look for a rule that loops over all pairs")) from None
        except requests.exceptions.HTTPError as failure:
            raise EngineFault(self._refusal(failure.response)) from None
        except requests.exceptions.RequestException as failure:
            raise EngineFault(_unreachable(self._address, failure)) from None
        except (errors.RegoParseError, errors.DeletePolicyError, errors.DeleteDataError) as failure:
            raise EngineFault(self._refused(failure)) from None

    def _refused(self, failure: Any) -> Diagnostic:
        """Return why the server did not take a policy, at the place in it that it names."""
        first = next(iter(getattr(failure, "errors", ())), None)
        if first is None:
            return fault("server-failed", f"the OPA server refuses to store or delete policies: {failure.expression}",
                         help="check OPA_URL and the rights of the token")
        place = first.get("location", {})
        return fault("syntax", str(first.get("message", "")).replace(f"{self._prefix}.", ""),
                     line=place.get("row", 1), column=place.get("col", 1))

    def _refusal(self, response: Any) -> Diagnostic:
        """Return what a failed evaluation says, at the place in the policy that it names."""
        if response.status_code != 500:
            return fault("server-failed", f"the OPA server answers {response.status_code}",
                         help="check OPA_URL and the rights of the token")
        for error in _errors_of(response):
            place = error.get("location", {})
            file = self._stored.get(place.get("file", ""), "")
            message = str(error.get("message", "")).replace(f"{self._prefix}.", "")
            if file:
                return fault("evaluation-failed", message, file=file, line=place.get("row", 1),
                             column=place.get("col", 1))
        return fault("evaluation-failed", "the OPA server failed to evaluate the policies")


def _errors_of(response: Any) -> Iterator[Mapping[str, Any]]:
    try:
        body = response.json()
    except ValueError:
        return
    yield from body.get("errors", ()) if isinstance(body, dict) else ()


def _client(address: _Address) -> Any:
    from urllib.parse import urlsplit

    try:
        from opa_client.opa import OpaClient
    except ImportError as failure:
        raise EngineFault(fault("engine-missing", f"OPA_URL is set and the OPA client cannot be imported: {failure}",
                                help="pip install 'mlproject-compiler[opa]'")) from None
    parts = urlsplit(address.url)
    try:
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        port = 0
    if not port or not parts.hostname or parts.path.strip("/") or parts.query or parts.username:
        raise EngineFault(fault("server-failed", "OPA_URL is not the address of a server",
                                help="write it as http://HOST:PORT or https://HOST:PORT, without a path"))
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    client = OpaClient(host=host, port=port, ssl=(address.ca_file or True) if parts.scheme == "https" else False,
                       token=address.token or None, retries=0, timeout=address.seconds)
    # With it, netrc would replace the token and variables the certificates; the client has no setting for it.
    client._session.trust_env = False
    return client


def _unreachable(address: _Address, failure: Exception) -> Diagnostic:
    return fault("server-failed", f"the OPA server cannot be reached: {type(failure).__name__}",
                 help="check OPA_URL, and OPA_CA_FILE if the server has certificates of its own")
