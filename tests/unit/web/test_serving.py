from __future__ import annotations

import socket
from contextlib import AbstractContextManager

import pytest

from assistant.settings import Settings
from assistant.web.protocol import PageAssistant
from assistant.web.serving import FAILED, INTERRUPTED, WRONG_ADDRESS, serve
from corpus.errors import DamagedStore


def _not_opened() -> AbstractContextManager[PageAssistant]:
    raise AssertionError("the assistant was opened before the port was known to be free")


def test_a_port_in_use_is_told_at_once_with_another_one_to_try(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert serve(_not_opened, Settings(port=port)) == WRONG_ADDRESS
    said = capsys.readouterr()
    assert said.err.startswith(f"Port {port} of 127.0.0.1 is in use.")
    assert "--port" in said.err
    assert said.err.count("\n") == 1
    assert not said.out


@pytest.mark.parametrize(("host", "remedy"), [("192.0.2.1", "--host"), ("no such host.example", "--host")])
def test_an_address_that_is_none_is_told_in_one_line(
    host: str, remedy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert serve(_not_opened, Settings(host=host, port=0, public=True)) == WRONG_ADDRESS
    said = capsys.readouterr().err
    assert remedy in said
    assert said.count("\n") == 1


def test_what_keeps_the_assistant_from_opening_is_told_without_a_traceback(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def damaged() -> AbstractContextManager[PageAssistant]:
        raise DamagedStore("The store is damaged. Build it again.")

    assert serve(damaged, Settings(port=0)) == FAILED
    assert capsys.readouterr().err == "The store is damaged. Build it again.\n"


def test_interrupting_the_start_ends_quietly() -> None:
    def interrupted() -> AbstractContextManager[PageAssistant]:
        raise KeyboardInterrupt

    assert serve(interrupted, Settings(port=0)) == INTERRUPTED
