"""requirements.txt, from which a Hugging Face Space installs: what the program needs, as the lock pins it.

python -m tests.space      writes it
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.dependencies import installed

ROOT = Path(__file__).parents[1]
FILE, LOCK = ROOT / "requirements.txt", ROOT / "requirements.lock"

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def pins(file: Path) -> dict[str, str]:
    """The version of each package that the file names."""
    found = _PIN.findall(file.read_text("utf-8"))
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in found}


if __name__ == "__main__":
    locked = pins(LOCK)
    needed = [f"{name}=={locked[name]}" for name in installed() if name in locked]
    FILE.write_text(
        "\n".join(["# Made from requirements.lock by `python -m tests.space`.", *needed, ""]), "utf-8"
    )
