"""What a Hugging Face Space installs is what is tested."""

from __future__ import annotations

import re
import tomllib

import yaml

from tests.space import FILE, LOCK, ROOT, pins


def test_each_version_is_that_of_the_lock() -> None:
    locked = pins(LOCK)
    assert {name: locked.get(name) for name in pins(FILE)} == pins(FILE), "Run `python -m tests.space`."


def test_everything_that_the_program_needs_is_named() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.split(r"[<>=\[ ]", line)[0].lower() for line in project["dependencies"]}
    assert needed <= pins(FILE).keys(), "Run `python -m tests.space`."


def test_the_readme_s_head_tells_the_space_what_to_run() -> None:
    head = yaml.safe_load((ROOT / "README.md").read_text("utf-8").split("---\n")[1])
    assert (ROOT / head["app_file"]).exists()
    assert head["sdk"] == "gradio"
    assert head["sdk_version"] == pins(LOCK)["gradio"]
    assert len(head["short_description"]) <= 60
