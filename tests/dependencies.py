"""What the program installs with it: how many packages, how large, under which licences.

python -m tests.dependencies      writes it between two marks of docs/security.md
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

PAGE = Path(__file__).parents[1] / "docs" / "security.md"
PROGRAM = "coop-assistant"
BEGIN, END = "<!-- dependencies:begin -->", "<!-- dependencies:end -->"

_CALLED = {"apache software license": "Apache-2.0", "apache 2.0 license": "Apache-2.0", "mit license": "MIT"}


def installed() -> dict[str, Distribution]:
    """The program's dependencies and theirs, by name, as far as they are installed here; not the program."""
    found: dict[str, Distribution] = {}
    waiting: list[tuple[str, frozenset[str]]] = [(PROGRAM, frozenset())]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:  # not for this machine
            continue
        waiting += _needs(found[name], extras)
    del found[PROGRAM]
    return dict(sorted(found.items()))


def licence(package: Distribution) -> str:
    """What the package says of its licence."""
    about = package.metadata
    classified = [
        line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or () if line.startswith("License")
    ]
    expressions, written = about.get_all("License-Expression") or (), about.get_all("License") or ()
    told = ", ".join(expressions) or ", ".join(classified) or ", ".join(written)[:60]
    return _CALLED.get(told.lower(), " ".join(told.split()))


def megabytes(package: Distribution) -> float:
    """The size of its files."""
    files = (package.locate_file(file) for file in package.files or ())
    return sum(Path(str(file)).stat().st_size for file in files if Path(str(file)).exists()) / 1e6


def block() -> str:
    """The figures as Markdown."""
    packages = installed()
    sizes = {name: megabytes(package) for name, package in packages.items()}
    largest = sorted(sizes, key=lambda name: -sizes[name])[:5]
    licences = Counter(licence(package) for package in packages.values())
    lines = [
        f"{len(packages)} packages, {sum(sizes.values()):,.0f} MB; the largest are "
        + ", ".join(f"{name} ({sizes[name]:,.0f} MB)" for name in largest)
        + f". `python -m tests.dependencies`, {datetime.now(UTC).date().isoformat()}.",
        "",
        "| licence | packages |",
        "| --- | --- |",
        *(f"| {name} | {number} |" for name, number in licences.most_common()),
    ]
    return "\n".join(lines)


def _needs(package: Distribution, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for line in package.requires or ():
        needed = Requirement(line)
        wanted = [{"extra": extra} for extra in ("", *extras)]
        if needed.marker is None or any(needed.marker.evaluate(each) for each in wanted):
            yield re.sub(r"[-_.]+", "-", needed.name).lower(), frozenset(needed.extras)


if __name__ == "__main__":
    page = PAGE.read_text("utf-8")
    before, after = page.partition(BEGIN)[0], page.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n\n{block()}\n\n{END}{after}", "utf-8")
