"""A policy process that is dismissed ends by itself, and closing it leaves nothing behind."""

import os

import pytest

from compiler.policy.sandbox import Channel, Child, Failure


def waits(channel: Channel) -> None:
    channel.receive()


def test_a_dismissed_child_is_collected_by_close() -> None:
    child = Child(waits)
    pid = child._pid
    child.dismiss()
    child.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def test_a_dismissed_child_gives_no_answer() -> None:
    child = Child(waits)
    child.dismiss()
    answer = child.exchange([b"{}"], replies=1, seconds=5)
    assert isinstance(answer, Failure)
    assert answer.kind == "died"


def test_closing_twice_does_nothing() -> None:
    child = Child(waits)
    child.close()
    child.dismiss()
    child.close()
