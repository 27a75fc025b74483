"""What an answer, or the passages found, are worth: marks from 0 to 1."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from assistant.answer import Answer, AnswerSentence, Citation
from assistant.evaluation.benchmark import Gold
from assistant.evaluation.metrics import holds_words
from assistant.evaluation.product import Hit
from assistant.support import check
from corpus.resource import Span

CHARACTERS_READ = 2000
"""Characters of retrieved passages, best first, in which evidence is looked for."""


FIRST_READINGS = 5
"""Readings that a person looks at, cited ones first."""


def answer_marks(answer: Answer, gold: Gold) -> dict[str, float]:
    """Whether the gold answer stands in the first, and in the first three cited sentences."""
    cited = [sentence for sentence in answer.sentences if sentence.citations]
    right = [_answers(sentence, _citations(answer, sentence), gold) for sentence in cited[:3]]
    return {"answer_first": float(any(right[:1])), "answer_in_three": float(any(right))}


def said_by_nearest(answer: Answer, gold: Gold) -> float:
    """1 if the gold answer stands in what is told of a reading that the question was written on."""
    return float(
        any(
            holds_words(reading.why, string)
            for reading in answer.readings
            if reading.resource.id in gold.resources
            for string in (*gold.strings, *(reading.resource.text[s.start : s.end] for s in gold.spans))
        )
    )


def citation_marks(answer: Answer, texts: Mapping[str, str]) -> dict[str, float]:
    """Citation precision: the share of citations whose words, in `texts`, back their sentence.

    Citation recall: the share of sentences that some citation backs (as ALCE, Gao et al. 2023, names them).
    Nothing for an answer without sentences.
    """
    backed = [
        [_backs(citation, sentence, texts) for citation in _citations(answer, sentence)]
        for sentence in answer.sentences
    ]
    if not backed:
        return {}
    each = [backs for sentence in backed for backs in sentence]
    marks = {"citation_recall": sum(map(any, backed)) / len(backed)}
    return marks | {"citation_precision": sum(each) / len(each)} if each else marks


def cites_hidden(answer: Answer, hidden: Mapping[str, Span]) -> float:
    """1 if a citation touches what is hidden in its resource."""
    return float(
        any(
            citation.resource.id in hidden
            and _shared(Span(citation.start, citation.end), hidden[citation.resource.id]) > 0
            for citation in answer.citations
        )
    )


def relevant_in_five(answer: Answer, relevant: Container[str]) -> float:
    """1 if a relevant reading, in any edition, is among the first five that are cited or suggested."""
    entries = [[citation.resource.id] for citation in answer.citations]
    entries += [[one.id for one in (reading.resource, *reading.editions)] for reading in answer.readings]
    different = list(dict.fromkeys(ids[0] for ids in entries))[:FIRST_READINGS]
    return float(any(any(one in relevant for one in ids) for ids in entries if ids[0] in different))


def characters_found(hits: Sequence[Hit], evidence: Gold) -> float:
    """The share of the evidence's characters within the first `CHARACTERS_READ` retrieved ones."""
    left = CHARACTERS_READ
    found: set[int] = set()
    wanted = {place for span in evidence.spans for place in range(span.start, span.end)}
    for hit in hits:
        read = range(hit.passage.start, min(hit.passage.end, hit.passage.start + left))
        left -= len(read)
        if hit.resource.id in evidence.resources:
            found |= wanted.intersection(read)
        if not left:
            break
    return len(found) / len(wanted)


def _citations(answer: Answer, sentence: AnswerSentence) -> list[Citation]:
    return [citation for citation in answer.citations if citation.number in sentence.citations]


def _answers(sentence: AnswerSentence, citations: Iterable[Citation], gold: Gold) -> bool:
    """Strict: only words cited from the resources that the question was written on count."""
    from_gold = [citation for citation in citations if citation.resource.id in gold.resources]
    if not from_gold:
        return False
    if any(holds_words(sentence.text, string) for string in gold.strings):
        return True
    return any(_same(Span(one.start, one.end), span) for one in from_gold for span in gold.spans)


def _same(one: Span, other: Span) -> bool:
    """Whether two spans share half of the shorter or more: sentences may have been split differently."""
    shared = _shared(one, other)
    return shared > 0 and 2 * shared >= min(one.end - one.start, other.end - other.start)


def _backs(citation: Citation, sentence: AnswerSentence, texts: Mapping[str, str]) -> bool:
    """Checked on the words that stand at the citation's offsets, whatever the answer says they are."""
    cited = texts.get(citation.resource.id, "")[citation.start : citation.end]
    return bool(cited) and (cited == sentence.text or check(sentence.text, cited) != "unsupported")


def _shared(one: Span, other: Span) -> int:
    """How many characters two spans share; not above 0 where they don't touch."""
    return min(one.end, other.end) - max(one.start, other.start)
