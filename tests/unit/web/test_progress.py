from __future__ import annotations

import pytest

from assistant.web.progress import IndexingBar


def test_the_bar_shows_how_far_it_is_and_nothing_if_there_is_nothing_to_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    bar = IndexingBar()
    assert capsys.readouterr().err == ""
    for done in (8, 16, 20):
        bar(done, 20)
    said = capsys.readouterr().err
    assert "Preparing the readings" in said
    assert "20/20" in said


def test_work_after_work_that_is_done_has_a_bar_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    bar = IndexingBar()
    for done, total in ((20, 20), (5, 7), (7, 7)):
        bar(done, total)
    said = capsys.readouterr().err
    assert "20/20" in said
    assert "7/7" in said
