"""What is true of every answer, whatever was asked."""

from __future__ import annotations

import json

from assistant.answer import Answer
from assistant.writing import NEAREST


def assert_keeps_the_contract(answer: Answer) -> None:
    """Fails where an answer is not one that the page, the command line and other programs can rely on."""
    json.dumps(answer.to_json()).encode()
    assert 0 <= answer.confidence <= 1
    assert answer.text or answer.remark
    assert set(answer.milliseconds) == {"understand", "search", "write"}
    assert all(milliseconds >= 0 for milliseconds in answer.milliseconds.values())
    _assert_verbatim(answer)
    _assert_numbered(answer)
    works = [reading.resource.work_id for reading in answer.readings]
    assert len(works) == len(set(works))
    assert all(reading.why for reading in answer.readings)
    if answer.intent == "small talk":
        assert answer.answered
        assert answer.remark
        assert not (answer.sentences or answer.readings or answer.suggestions)
    elif answer.answered:
        assert answer.sentences
        assert answer.confidence > 0
        assert answer.intent == "readings" or not _cited_works(answer) & set(works)
    else:
        assert not (answer.sentences or answer.citations)
        assert answer.remark
        assert answer.suggestions
        assert len(answer.readings) <= NEAREST


def _assert_verbatim(answer: Answer) -> None:
    """Every sentence is what stands at its offsets, and its passage is where it stands."""
    by_number = {citation.number: citation for citation in answer.citations}
    for sentence in answer.sentences:
        assert sentence.support == "quoted"
        assert sentence.citations
        assert all(by_number[number].words == sentence.text for number in sentence.citations)
    for citation in answer.citations:
        passage = citation.passage
        assert passage.resource_id == citation.resource.id
        assert passage.start <= citation.start < citation.end <= passage.end
        assert passage.text == citation.resource.text[passage.start : passage.end]
        assert (citation.start, citation.end) in {(span.start, span.end) for span in passage.sentences}


def _assert_numbered(answer: Answer) -> None:
    """Citations count from 1 in the order in which they are met, none is unused, no sentence comes twice."""
    met = list(dict.fromkeys(number for sentence in answer.sentences for number in sentence.citations))
    assert met == [citation.number for citation in answer.citations] == list(range(1, len(met) + 1))
    texts = [sentence.text for sentence in answer.sentences]
    assert len(texts) == len(set(texts))


def _cited_works(answer: Answer) -> set[str]:
    return {citation.resource.work_id for citation in answer.citations}
