"""How long a start takes: `python -m tests.benchmarks.startup [--runs N] [--home FOLDER]`.

From the command to the first cited answer, and from `app.py` to a page that answers, with the starter
collection indexed; and what the page's process holds in memory then. The index is built first if need be.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from urllib.request import Request, urlopen

from tests.benchmarks.performance_page import keep, memory

ROOT = Path(__file__).parents[2]
QUESTION = "How did the Marcora law begin?"
ASK = (sys.executable, "-m", "assistant", "ask", QUESTION, "--json")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and write the table into the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5, help="starts of each kind (default: %(default)s)")
    parser.add_argument("--home", type=Path, help="a home that is indexed already, or will be")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "ASSISTANT_HOME": str(asked.home or Path(folder) / "home")}
        for _ in range(2):  # the second one notes that nothing has changed
            _answer(environment)
        commands = [_answer(environment) for _ in range(asked.runs)]
        pages = [_page(environment) for _ in range(asked.runs)]
    rows = [
        ("command to first cited answer", *_seconds([wall for wall, _ in commands]), "≤ 1.5 s"),
        ("of it, work of the processor", *_seconds([work for _, work in commands]), ""),
        ("`app.py` to a page that answers", *_seconds([wall for wall, _, _ in pages]), "≤ 5 s"),
        ("of it, work of the processor", *_seconds([work for _, work, _ in pages]), ""),
        ("memory with the page open", f"{median(held for _, _, held in pages):.0f} MB", "", "≤ 600 MB"),
    ]
    command = "python -m tests.benchmarks.startup"
    sys.stdout.write(f"{keep('startup', ('what', 'median', 'fastest', 'wanted'), rows, command)}\n")
    return 0


def _answer(environment: dict[str, str]) -> tuple[float, float]:
    """Seconds from the command to its end, and of processor time."""
    began, worked = time.perf_counter(), _work_of_children()
    done = subprocess.run(ASK, cwd=ROOT, env=environment, capture_output=True, check=True)
    assert json.loads(done.stdout)["citations"]
    return time.perf_counter() - began, _work_of_children() - worked


def _page(environment: dict[str, str]) -> tuple[float, float, float]:
    """Seconds from the command until the page and an answer were read, of processor time, and megabytes."""
    began, worked = time.perf_counter(), _work_of_children()
    command = (sys.executable, "app.py", "--port", "0")
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        address = next(word for word in program.stdout.readline().split() if word.startswith("http"))
        with urlopen(address) as page:  # noqa: S310
            assert b"gradio" in page.read()
        body = json.dumps({"question": QUESTION}).encode()
        with urlopen(Request(f"{address}api/v1/ask", body, {"Content-Type": "application/json"})) as answer:  # noqa: S310
            assert json.load(answer)["citations"]
        wall, held = time.perf_counter() - began, memory(program.pid)
        program.terminate()
    return wall, _work_of_children() - worked, held


def _work_of_children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _seconds(measured: Sequence[float]) -> tuple[str, str]:
    return f"{median(measured):.2f} s", f"{min(measured):.2f} s"


if __name__ == "__main__":
    sys.exit(main())
