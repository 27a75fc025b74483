from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.settings import Settings, listed, unknown_variables
from corpus.errors import SettingsError


def test_without_variables_everything_has_its_default() -> None:
    settings = Settings.load({})
    assert settings == Settings()
    assert (settings.host, settings.port, settings.public) == ("127.0.0.1", 7860, False)
    assert (settings.password_file, settings.api_keys_file, settings.sign_in_header) == (None, None, None)


def test_a_variable_that_is_empty_sets_nothing() -> None:
    assert Settings.load({"ASSISTANT_HOME": " ", "ASSISTANT_PORT": ""}) == Settings()


def test_each_variable_sets_its_field() -> None:
    settings = Settings.load(
        {
            "ASSISTANT_HOME": "/srv/readings",
            "ASSISTANT_PORT": "8000",
            "ASSISTANT_PUBLIC": "Yes",
            "ASSISTANT_SIGN_IN_HEADER": "X-Forwarded-User",
            "ASSISTANT_TRUSTED_PROXIES": "10.0.0.0/8, ::1",
            "ASSISTANT_EMBED_ORIGINS": "https://Example.org/,http://localhost:8080",
        }
    )
    assert settings.home == Path("/srv/readings")
    assert (settings.port, settings.public, settings.sign_in_header) == (8000, True, "x-forwarded-user")
    assert [str(network) for network in settings.trusted_proxies] == ["10.0.0.0/8", "::1/128"]
    assert settings.embed_origins == ("https://example.org", "http://localhost:8080")


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("PORT", "70000", "a whole number from 0 to 65,535"),
        ("PORT", "-1", "a whole number"),
        ("PORT", "²", "a whole number"),
        ("ANSWERS_AT_ONCE", "0", "from 1 to"),
        ("PUBLIC", "perhaps", "yes or no"),
        ("SEARCH", "disk", "memory or database"),
        ("LOG", "xml", "quiet or text or json"),
        ("TRUSTED_PROXIES", "proxy.example", "IP addresses"),
        ("SIGN_IN_HEADER", "X User:", "the name of a header"),
        ("EMBED_ORIGINS", "https://a.example/path", "origins"),
        ("EMBED_ORIGINS", "*", "origins"),
        ("EMBED_ORIGINS", "https://a.example; script-src *", "origins"),
        ("EMBED_ORIGINS", "http://[::1", "origins"),
        ("EMBED_ORIGINS", "https://a.example:port", "origins"),
    ],
)
def test_a_value_that_is_not_allowed_is_told_with_what_is(name: str, value: str, allowed: str) -> None:
    with pytest.raises(SettingsError) as told:
        Settings.load({f"ASSISTANT_{name}": value})
    assert f"ASSISTANT_{name}" in str(told.value)
    assert repr(value) in str(told.value)
    assert allowed in str(told.value)


def test_a_database_that_is_to_search_has_to_be_named() -> None:
    with pytest.raises(SettingsError, match="Set ASSISTANT_STORE"):
        Settings.load({"ASSISTANT_SEARCH": "database"})
    both = {"ASSISTANT_SEARCH": "database", "ASSISTANT_STORE": "postgresql:///coop"}
    assert Settings.load(both).search == "database"


def test_a_listed_setting_says_where_its_value_is_from() -> None:
    rows = {row.variable: row for row in listed({"ASSISTANT_PORT": "80"})}
    assert (rows["ASSISTANT_PORT"].value, rows["ASSISTANT_PORT"].source) == ("80", "environment")
    assert (rows["ASSISTANT_PORT"].default, rows["ASSISTANT_HOST"].source) == ("7860", "default")
    assert all(row.about for row in rows.values())


def test_a_misspelt_variable_is_noticed() -> None:
    assert unknown_variables({"ASSISTANT_PROT": "1", "ASSISTANT_PORT": "1", "PATH": ""}) == (
        "ASSISTANT_PROT",
    )


def test_the_command_lists_every_setting(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_PORT", "8080")
    monkeypatch.setenv("ASSISTANT_PROT", "1")
    assert main(["settings"]) == 0
    said = capsys.readouterr().out
    assert "ASSISTANT_PORT = 8080\n    the port to listen at (environment, by default 7860)" in said
    assert "ASSISTANT_PROT is set, and no setting has that name." in said
    assert main(["settings", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {"variable", "value", "default", "source", "about"} == set(rows[0])


def test_a_wrong_setting_ends_a_command_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_PORT", "eighty")
    assert main(["settings"]) == 1
    assert capsys.readouterr().err == (
        "ASSISTANT_PORT can't be 'eighty'. It has to be a whole number from 0 to 65,535.\n"
    )


@pytest.mark.parametrize(
    ("typed", "code", "told"),
    [
        ("open sesame\nopen sesame\n", 0, "ada:scrypt:"),
        ("one\nother\n", 2, "not the same"),
        ("", 2, "nothing"),
    ],
)
def test_a_password_is_typed_twice_or_nothing_is_written(typed: str, code: int, told: str) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "assistant", "password", "ada"]
    ran = subprocess.run(command, input=typed, capture_output=True, text=True, check=False)
    assert ran.returncode == code
    assert told in (ran.stderr if code else ran.stdout)
    assert "Traceback" not in ran.stderr
    assert "sesame" not in ran.stdout
