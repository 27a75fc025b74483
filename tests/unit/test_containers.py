"""The container files name only what is there, pin what they fetch, and give nothing away.

There is no container engine among the tools of the tests: what can be known by reading is checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.settings import unknown_variables

ROOT = Path(__file__).parents[2]

_PINNED = re.compile(r"[a-z0-9./-]+:[\w.-]*\d+\.\d+[\w.-]*")
_SETTING = re.compile(r"\bASSISTANT_[A-Z_]+\b")
_DEMANDED = re.compile(r"\$\{\w+:\?.+\}")
_IN_AN_ADDRESS = re.compile(r"://[^/@\s]*:[^/@\s]+@")
_SECRET = re.compile(r"(PASSWORD|KEY|TOKEN|SECRET)$")


@dataclass(frozen=True)
class Files:
    """The files' texts."""

    docker: str
    compose: str
    ignore: str

    @property
    def instructions(self) -> list[tuple[str, str]]:
        """Of the Dockerfile: each word, and what it is about."""
        lines = [line for line in self.docker.splitlines() if not line.startswith("#")]
        whole = "\n".join(lines).replace("\\\n", " ")
        split = (line.strip().partition(" ") for line in whole.splitlines() if line.strip())
        return [(word.upper(), about.strip()) for word, _, about in split]

    def of(self, word: str) -> list[str]:
        """What the Dockerfile's instructions of this word are about."""
        return [about for its, about in self.instructions if its == word]

    @property
    def services(self) -> dict[str, dict[str, Any]]:
        """The services of compose.yaml, by name."""
        services: dict[str, dict[str, Any]] = yaml.safe_load(self.compose)["services"]
        return services

    @property
    def fetched(self) -> list[dict[str, Any]]:
        """The services that are not built from the Dockerfile."""
        return [service for service in self.services.values() if "build" not in service]


def read() -> Files:
    """The files as they are."""
    names = ("Dockerfile", "compose.yaml", ".dockerignore")
    return Files(*((ROOT / name).read_text("utf-8") for name in names))


def unpinned(files: Files) -> Iterator[str]:
    """Images without a version."""
    images = [about.split()[0] for about in files.of("FROM")]
    images += [str(service.get("image")) for service in files.fetched]
    yield from (image for image in images if not _PINNED.fullmatch(image))


def run_by_root(files: Files) -> Iterator[str]:
    """What would run as root."""
    users = (files.of("USER") or ["root"])[-1:]
    users += [str(service.get("user", "root")) for service in files.fetched]
    yield from (user for user in users if user.partition(":")[0] in ("root", "0"))


def unwatched(files: Files) -> Iterator[str]:
    """What nobody asks whether it works."""
    if not files.of("HEALTHCHECK") or files.of("HEALTHCHECK")[-1].upper() == "NONE":
        yield "Dockerfile"
    for name, service in files.services.items():
        check = service.get("healthcheck", {})
        if check.get("disable") or ("build" not in service and not check.get("test")):
            yield name


def unknown_settings(files: Files) -> Iterator[str]:
    """Names that look like the program's settings and are none."""
    yield from unknown_variables(dict.fromkeys(_SETTING.findall(files.docker + files.compose), ""))


def not_there(files: Files) -> Iterator[str]:
    """What is copied into the image and does not exist, or is kept out of it."""
    let_in = {line.removeprefix("!") for line in files.ignore.splitlines() if line.startswith("!")}
    for about in files.of("COPY"):
        for name in about.split()[:-1]:
            if not (ROOT / name).exists() or name not in let_in:
                yield name


def passwords(files: Files) -> Iterator[str]:
    """Passwords in the files: each has to be demanded of whoever starts it, or to be in a file of its own."""
    yield from _IN_AN_ADDRESS.findall(files.docker + files.compose)
    for about in (*files.of("ENV"), *files.of("ARG")):
        yield from (name for name in re.findall(r"(\w+)(?:=|$|(?=\s))", about) if _SECRET.search(name))
    for service in files.services.values():
        for name, value in service.get("environment", {}).items():
            if _SECRET.search(name) and not _DEMANDED.fullmatch(str(value)):
                yield name


def without_a_sign_in(files: Files) -> Iterator[str]:
    """Services built here to which strangers would come in, or that would not start for want of a sign-in."""
    for name, service in files.services.items():
        if "build" in service and not service["environment"].get("ASSISTANT_PASSWORD_FILE"):
            yield name


CHECKS: tuple[Callable[[Files], Iterator[str]], ...] = (
    unpinned,
    run_by_root,
    unwatched,
    unknown_settings,
    not_there,
    passwords,
    without_a_sign_in,
)


@pytest.mark.parametrize("check", CHECKS)
def test_the_files_are_as_they_should_be(check: Callable[[Files], Iterator[str]]) -> None:
    assert list(check(read())) == []


@pytest.mark.parametrize(
    ("check", "file", "written", "instead"),
    [
        (unpinned, "docker", r"FROM .*", "FROM python:latest"),
        (unpinned, "docker", r"FROM .*", "FROM python"),
        (unpinned, "compose", r"image: .*", "image: pgvector/pgvector:pg17"),
        (run_by_root, "docker", r"USER .*", ""),
        (run_by_root, "docker", r"USER .*", "USER 10001\nUSER 0:0"),
        (run_by_root, "compose", r"user: postgres", "user: root"),
        (run_by_root, "compose", r"user: postgres", ""),
        (unwatched, "docker", r"HEALTHCHECK .*\\", "RUN "),
        (unwatched, "docker", r"HEALTHCHECK .*\\\n.*", "HEALTHCHECK NONE"),
        (unwatched, "compose", r"    healthcheck:(\n      .*)+", ""),
        (unknown_settings, "docker", r"ASSISTANT_HOME", "ASSISTANT_FOLDER"),
        (unknown_settings, "compose", r"ASSISTANT_STORE", "ASSISTANT_DATABASE"),
        (not_there, "docker", r"COPY corpus corpus", "COPY corpora corpora"),
        (not_there, "docker", r"COPY corpus corpus", "COPY tests tests"),
        (not_there, "ignore", r"!corpus\n", ""),
        (passwords, "docker", r"PYTHONSAFEPATH=1", "PGPASSWORD=1"),
        (passwords, "docker", r'ARG PIP_EXTRA_INDEX_URL=""', "ARG POSTGRES_PASSWORD"),
        (passwords, "compose", r"coop@database", "coop:coop@database"),
        (passwords, "compose", r"PGPASSWORD: .*", "PGPASSWORD: coop"),
        (passwords, "compose", r"PGPASSWORD: .*", "PGPASSWORD: ${DATABASE_PASSWORD:-coop}"),
        (without_a_sign_in, "compose", r"ASSISTANT_PASSWORD_FILE: .*", 'ASSISTANT_PUBLIC: "yes"'),
    ],
)
def test_each_check_finds_what_it_looks_for(
    check: Callable[[Files], Iterator[str]], file: str, written: str, instead: str
) -> None:
    files = read()
    text = getattr(files, file)
    changed = re.sub(written, lambda _: instead, text)
    assert changed != text
    assert list(check(replace(files, **{file: changed}))) != []
