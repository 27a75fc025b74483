"""The table of growth as curves: `python -m tests.benchmarks.growth_picture` draws docs/growth.svg."""

from __future__ import annotations

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from tests.benchmarks.performance_page import PAGE, kept

PICTURE = PAGE.with_name("growth.svg")

CURVES = {
    "seconds to build": {
        "keep the readings": "kept",
        "index": "index built",
        "one reading more": "built again, one reading more",
    },
    "megabytes": {"in memory": "memory", "on disk": "on disk"},
    "milliseconds a search": {"p50": "search p50", "p95": "p95"},
}
"""What each of the three pictures shows: columns of the table, by the names that they have there."""


def draw() -> None:
    """Read the table of the page, and write the picture beside the page."""
    columns = kept("growth")
    sizes = _numbers(columns["passages"])
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "growth", "font.size": 9})
    figure, pictures = plt.subplots(1, len(CURVES), figsize=(9, 2.8), layout="constrained")
    for picture, (title, curves) in zip(pictures, CURVES.items(), strict=True):
        for name, column in curves.items():
            picture.plot(sizes, _numbers(columns[column]), marker="o", markersize=4, label=name)
        _lay_out(picture, title)
    figure.savefig(PICTURE, metadata={"Date": None})


def _lay_out(picture: Axes, title: str) -> None:
    picture.set(title=title, xlabel="passages", xscale="log", yscale="log")
    picture.grid(visible=True, alpha=0.3)
    picture.legend(frameon=False)


def _numbers(cells: list[str]) -> list[float]:
    """`2,054 MB` is 2054."""
    return [float(cell.split()[0].replace(",", "")) for cell in cells]


if __name__ == "__main__":
    draw()
