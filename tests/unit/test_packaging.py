"""What is installed is what the program needs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_every_file_that_is_not_python_goes_into_the_package() -> None:
    for package, patterns in PROJECT["tool"]["setuptools"]["package-data"].items():
        folder = ROOT / package
        packaged = {path for pattern in patterns for path in folder.glob(pattern)}
        there = {path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
        assert {path for path in there - packaged if path.suffix != ".py"} == set()


def test_every_requirement_has_a_tested_version() -> None:
    project = PROJECT["project"]
    required = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    names = {re.split(r"[<>=~\[]", requirement)[0].lower() for requirement in required}
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert names - set(re.findall(r"^([a-z0-9-]+)==[\w.]+$", lock, re.MULTILINE)) == set()
