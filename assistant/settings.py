"""Everything that can be set, each by an environment variable: ASSISTANT_ and its name in capitals."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

import platformdirs

from assistant import setting_values as values
from assistant.setting_values import Network
from corpus.collection import STARTER
from corpus.errors import SettingsError

PREFIX = "ASSISTANT_"

Source = Literal["default", "environment"]


def _home() -> Path:
    return platformdirs.user_data_path("coop-assistant", False)


def _sets(
    about: str, parse: Callable[[str], object] = values.text, *, secret: bool = False
) -> dict[str, Any]:
    """What a field means, and how its text is read; the value of a `secret` is never shown."""
    return {"about": about, "parse": parse, "secret": secret}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one start. `load` reads and checks them; each field says what it sets."""

    home: Path = field(default_factory=_home, metadata=_sets("the folder of the index", values.path))
    store: str | None = field(
        default=None,
        repr=False,
        metadata=_sets(
            "a PostgreSQL database for the readings, postgresql://…, which several machines may share",
            values.database,
            secret=True,
        ),
    )
    search: str = field(
        default="memory",
        metadata=_sets(
            "where passages are looked for: in each process's memory, or in the database of ASSISTANT_STORE",
            values.one_of("memory", "database"),
        ),
    )
    collection: Path = field(default=STARTER, metadata=_sets("a folder of readings in Markdown", values.path))
    encoder: str | None = field(
        default=None,
        metadata=_sets("a sentence-transformers model: a folder, or a name that is on this machine"),
    )
    model: str | None = field(
        default=None,
        metadata=_sets("language models that may write: ollama:NAME, openai:NAME, ADDRESS#NAME, with commas"),
    )
    model_key: str | None = field(
        default=None,
        repr=False,
        metadata=_sets("the key of models at addresses (OPENAI_API_KEY is that of openai:)", secret=True),
    )

    host: str = field(default="127.0.0.1", metadata=_sets("the address to listen at"))
    port: int = field(default=7860, metadata=_sets("the port to listen at", values.whole(0, 65535)))
    public: bool = field(default=False, metadata=_sets("serve other machines without a sign-in", values.flag))
    password_file: Path | None = field(
        default=None,
        metadata=_sets("who may sign in: lines made by `python -m assistant password NAME`", values.path),
    )
    sign_in_header: str | None = field(
        default=None,
        metadata=_sets("the header in which a trusted proxy names who is signed in", values.header_name),
    )
    api_keys_file: Path | None = field(
        default=None,
        metadata=_sets("keys for programs, one a line, each of 20 characters or more", values.path),
    )
    trusted_proxies: tuple[Network, ...] = field(
        default=(),
        metadata=_sets("proxies that are believed about a client's address and name", values.networks),
    )
    embed_origins: tuple[str, ...] = field(
        default=(), metadata=_sets("sites that may show the page, or /embed, in a frame", values.origins)
    )
    mcp: bool = field(default=False, metadata=_sets("offer the tools at /mcp as well", values.flag))

    questions_per_minute: int = field(
        default=60, metadata=_sets("questions a minute of one client", values.whole(1, 100_000))
    )
    requests_per_minute: int = field(
        default=3000, metadata=_sets("requests a minute of one client, of any sort", values.whole(10, 10**6))
    )
    question_characters: int = field(
        default=4000, metadata=_sets("the longest question", values.whole(20, 4000))
    )
    answers_at_once: int = field(
        default=8, metadata=_sets("how many questions are worked on at once", values.whole(1, 256))
    )
    waiting_questions: int = field(
        default=100, metadata=_sets("how many more may wait for their turn", values.whole(0, 10_000))
    )
    answer_seconds: int = field(
        default=120, metadata=_sets("the longest that an answer may take", values.whole(1, 3600))
    )
    stop_seconds: int = field(
        default=20, metadata=_sets("how long running answers may take to finish", values.whole(0, 600))
    )

    log: str = field(
        default="quiet",
        metadata=_sets(
            "what is logged: only warnings, or each event", values.one_of("quiet", "text", "json")
        ),
    )
    log_questions: bool = field(default=False, metadata=_sets("write questions into the log", values.flag))

    @property
    def searches(self) -> bool:
        """Whether the database is to search by itself."""
        return self.search == "database"

    @classmethod
    def load(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings of this environment. Raises SettingsError for the first value that is not allowed."""
        given: dict[str, Any] = dict(_in_a_space()) if environment.get("SPACE_ID") else {}
        for each in fields(cls):
            written = environment.get(variable(each.name), "").strip()
            if written:
                given[each.name] = _parsed(each.name, written, each.metadata)
        settings = cls(**given)
        if settings.searches and settings.store is None:
            raise SettingsError(
                f"{variable('search')} is database, and no database is named. Set {variable('store')} to the "
                "address of one, or leave both out."
            )
        return settings


@dataclass(frozen=True, slots=True)
class Listed:
    """One setting as it is listed: a secret's value is not among it."""

    variable: str
    value: str
    default: str
    source: Source
    about: str


def variable(name: str) -> str:
    """The environment variable of a field."""
    return f"{PREFIX}{name.upper()}"


def listed(environment: Mapping[str, str] = os.environ) -> tuple[Listed, ...]:
    """Every setting, in order. Raises SettingsError."""
    space = {"SPACE_ID": environment.get("SPACE_ID", "")}
    return tuple(_listed(Settings.load(environment), Settings.load(space), environment))


def unknown_variables(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Variables that look like settings and are none: misspelt, or of another version."""
    known = {variable(each.name) for each in fields(Settings)}
    return tuple(sorted(name for name in environment if name.startswith(PREFIX) and name not in known))


def _in_a_space() -> Mapping[str, Any]:
    """What is usual in a Hugging Face Space: public, behind a proxy of theirs, in a frame of their site."""
    return {
        "host": "0.0.0.0",  # noqa: S104, the Space's own network
        "public": True,
        "trusted_proxies": values.networks("10.0.0.0/8"),
        "embed_origins": ("https://huggingface.co",),
    }


def _listed(settings: Settings, defaults: Settings, environment: Mapping[str, str]) -> Iterator[Listed]:
    for each in fields(Settings):
        given = bool(environment.get(variable(each.name), "").strip())
        hidden = given and each.metadata["secret"]
        yield Listed(
            variable(each.name),
            "(set, not shown)" if hidden else _shown(getattr(settings, each.name)),
            _shown(getattr(defaults, each.name)),
            "environment" if given else "default",
            each.metadata["about"],
        )


def _parsed(name: str, written: str, meaning: Mapping[str, Any]) -> object:
    try:
        return meaning["parse"](written)
    except ValueError as allowed:
        shown = "what it holds" if meaning["secret"] else repr(written[:80])
        raise SettingsError(f"{variable(name)} can't be {shown}. It has to be {allowed}.") from None


def _shown(value: object) -> str:
    match value:
        case None | ():
            return ""
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ",".join(map(str, value))
    return str(value)
