"""Requests, comments and approvals on both hosts, against fakes of their APIs."""

from collections.abc import Iterator

import pytest

from compiler.hosts.calling import Api
from compiler.hosts.finding import host_of
from compiler.hosts.github import GitHub
from compiler.hosts.gitlab import GitLab
from compiler.hosts.interface import Host, HostError, Proposal
from tests.hosts.fakes import TOKEN, Fake, fake_host

ADDRESS = {"github": "git@github.com:acme/gitops.git", "gitlab": "https://gitlab.com/acme/gitops.git"}
PROPOSAL = Proposal("promote/churn/production", "main", "promote: churn 7", "what it is")


@pytest.fixture(params=["github", "gitlab"])
def fake(request: pytest.FixtureRequest) -> Iterator[Fake]:
    with fake_host(request.param) as one:
        yield one


@pytest.fixture
def host(fake: Fake) -> Host:
    found = host_of(ADDRESS[fake.kind], fake.variables)
    assert found is not None
    return found


def test_a_request_is_opened_once_and_then_brought_up_to_date(fake: Fake, host: Host) -> None:
    assert host.request_of(PROPOSAL.branch) is None
    opened = host.open_request(PROPOSAL)
    assert opened.url == "https://example.org/requests/1"
    assert host.open_request(PROPOSAL._replace(title="promote: churn 8")) == opened
    assert len(fake.requests) == 1
    assert fake.requests[1]["title"] == "promote: churn 8"
    assert host.request_of(PROPOSAL.branch) == opened


def test_a_comment_is_edited_in_place_on_whichever_page_it_is(fake: Fake, host: Host) -> None:
    number = host.open_request(PROPOSAL).number
    for text in "abcde":
        host.add_comment(number, text)
    comments = host.comments(number)
    assert [(one.author, one.text) for one in comments] == [("bot", text) for text in "abcde"]
    host.edit_comment(number, comments[3].id, "D")
    assert [one.text for one in host.comments(number)] == ["a", "b", "c", "D", "e"]
    assert host.login() == "bot"


def test_github_counts_the_last_word_of_each_on_the_last_commit() -> None:
    with fake_host("github") as fake:
        host = GitHub(fake.address, "acme/gitops", TOKEN)
        number = host.open_request(PROPOSAL).number
        said = [("ben", "APPROVED", "c"), ("cleo", "APPROVED", "b"), ("dan", "APPROVED", "c"),
                ("dan", "CHANGES_REQUESTED", "c"), ("ada", "APPROVED", "c"), ("eve", "COMMENTED", "c")]
        fake.reviews[number] = [{"user": {"login": login}, "state": state, "commit_id": commit * 40}
                                for login, state, commit in said]
        assert host.approvals(number) == ("ben",)


def test_gitlab_counts_everyone_but_the_author() -> None:
    with fake_host("gitlab") as fake:
        host = GitLab(fake.address, "acme/gitops", TOKEN)
        number = host.open_request(PROPOSAL).number
        fake.reviews[number] = [{"user": {"username": name}} for name in ("cleo", "ada", "ben")]
        assert host.approvals(number) == ("ben", "cleo")


def test_a_wrong_token_is_said_and_not_shown(fake: Fake) -> None:
    variables = {name: "wr0ng" if "TOKEN" in name else value for name, value in fake.variables.items()}
    host = host_of(ADDRESS[fake.kind], variables)
    assert host is not None
    with pytest.raises(HostError, match="401 Bad credentials") as failure:
        host.open_request(PROPOSAL)
    assert "token" in failure.value.help
    assert "wr0ng" not in str(failure.value)


def test_a_redirect_is_not_followed_with_the_token(fake: Fake, host: Host) -> None:
    with fake_host("github") as other:
        fake.redirect_to = f"{other.address}/user"
        with pytest.raises(HostError, match="302"):
            host.request_of(PROPOSAL.branch)
        assert other.calls == []


@pytest.mark.parametrize("address", ["http://api.example.org", "file:///etc", "ftp://example.org"])
def test_a_token_never_travels_in_clear(address: str) -> None:
    with pytest.raises(HostError, match="not at an https address"):
        Api(address, {})


@pytest.mark.parametrize(("address", "kind"), [
    pytest.param("https://github.com/acme/gitops.git", GitHub, id="https"),
    pytest.param("https://x-access-token:secret@github.com/acme/gitops", GitHub, id="with a token of CI"),
    pytest.param("ssh://git@gitlab.com/acme/ml/gitops.git", GitLab, id="ssh"),
    pytest.param("git@gitlab.com:acme/ml/gitops.git", GitLab, id="short ssh"),
    pytest.param("/srv/git/gitops.git", type(None), id="a folder"),
    pytest.param("https://github.com.evil.org/acme/gitops.git", type(None), id="a look-alike"),
    pytest.param("https://github.com/../gitops.git", type(None), id="dots"),
    pytest.param(None, type(None), id="no remote"),
])
def test_the_host_of_an_address(address: str | None, kind: type) -> None:
    assert isinstance(host_of(address, {"GITHUB_TOKEN": "x", "GITLAB_TOKEN": "y"}), kind)


def test_a_token_that_is_missing_is_named() -> None:
    with pytest.raises(HostError) as failure:
        host_of("git@github.com:acme/gitops.git", {})
    assert failure.value.help == "set GITHUB_TOKEN"
