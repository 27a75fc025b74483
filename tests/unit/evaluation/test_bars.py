from __future__ import annotations

import pytest

from assistant.evaluation import Bars


def test_each_stage_has_a_bar_that_comes_to_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    with Bars() as bars:
        for stage in ("searching", "asking", "asking"):
            bars(stage, 1, 2)
            bars(stage, 2, 2)
    lines = capsys.readouterr().err.splitlines()
    ends = [line.rpartition("\r")[2] for line in lines if "100%" in line]
    assert [end.partition(":")[0] for end in ends] == ["searching", "asking", "asking"]
