"""How durable `add` is: `python tests/benchmarks/kills.py [KILLS]` kills it 200 times while somebody asks.

It prints what came of it, and exits with 1 if anything that was acknowledged was lost, or any answer wrong.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.killing import add, kill_and_ask

KILLS = 200


def main() -> int:
    """Run it in a home of its own, and print a line of figures."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "files"
        files.mkdir()
        outcome = kill_and_ask(Path(folder) / "home", files, kills, seed=1, adds=add)
    sys.stdout.write(
        f"{outcome.kills} kills, {outcome.acknowledged} readings acknowledged, {outcome.asked:,} questions "
        f"asked meanwhile (the slowest took {outcome.slowest:.1f} s), {len(outcome.wrong)} wrong\n"
    )
    sys.stdout.writelines(f"{wrong}\n" for wrong in outcome.wrong)
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
