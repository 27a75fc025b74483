"""`add --workers` without Ray."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from assistant.cli import FAILED
from tests.unit.cli.conftest import Terminal


@pytest.mark.skipif(find_spec("ray") is not None, reason="Ray is installed.")
def test_it_is_said_what_to_install(tmp_path: Path, terminal: Terminal) -> None:
    file = tmp_path / "bread.txt"
    file.write_text("The bakery belongs to its bakers.", "utf-8")
    said = terminal.refusal("add", str(file), "--workers", "ray://local", code=FAILED)
    assert "pip install 'coop-assistant[ray]'" in said
