from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Turn
from assistant.evaluation.folder import read_folder, read_unanswerable
from assistant.evaluation.layouts import read
from assistant.evaluation.questions import read_questions
from corpus.errors import EvaluationError
from corpus.resource import Span
from tests.unit.evaluation.fakes import birds, reading, write


def test_readings_become_resources_whose_text_is_kept_as_it_is(tmp_path: Path) -> None:
    owl = read_folder(birds(tmp_path)).resources[0]
    assert (owl.id, owl.kind, owl.language, owl.notes) == ("owl", "document", "en", False)
    assert owl.text == "The owl hunts at night. It hears a mouse under snow."


def test_only_judged_questions_are_asked(tmp_path: Path) -> None:
    birds(tmp_path)
    write(tmp_path / "queries.jsonl", [{"_id": f"q{n}", "text": "owl?"} for n in (1, 2, 3, 4)])
    assert [question.id for question in read_folder(tmp_path).questions] == ["q1", "q2", "q3"]


def test_a_history_is_read_with_either_name_of_its_parts(tmp_path: Path) -> None:
    birds(tmp_path)
    history = [{"speaker": "agent", "text": "Owls."}, {"role": "user", "content": "And wrens?"}]
    rows = [{"_id": f"q{n}", "text": "who?", "history": history, "rewrite": "who sings?"} for n in (1, 2, 3)]
    write(tmp_path / "queries.jsonl", rows)
    benchmark = read_folder(tmp_path)
    assert benchmark.is_conversation
    assert benchmark.questions[0].history == (Turn("assistant", "Owls."), Turn("user", "And wrens?"))
    assert benchmark.questions[0].rewrite == "who sings?"


def test_marked_turns_stand_on_the_side_they_are_marked_for(tmp_path: Path) -> None:
    birds(tmp_path)
    marks = ["ANSWERABLE", "PARTIAL", "ANSWERABLE", "UNANSWERABLE", "UNDERSPECIFIED"]
    rows = [{"_id": f"q{n}", "text": "who?", "answerability": mark} for n, mark in enumerate(marks, start=1)]
    write(tmp_path / "queries.jsonl", rows)
    benchmark = read_folder(tmp_path)
    assert [question.answerable for question in benchmark.questions] == [True, False, True]
    assert [question.id for question in benchmark.unanswerable] == ["q4"]


def test_adversarial_questions_are_paired_with_those_of_their_version(tmp_path: Path) -> None:
    birds(tmp_path)
    write(tmp_path / "queries.jsonl", [{"_id": f"q{n}", "text": "?", "v2": n == 2} for n in (1, 2, 3)])
    write(tmp_path / "unanswerable.jsonl", [{"_id": "u1", "text": "who?", "doc_id": "owl"}])
    benchmark = read_folder(tmp_path)
    assert [question.paired for question in benchmark.questions] == [False, True, False]
    assert all(question.answerable for question in benchmark.questions)
    assert [question.id for question in benchmark.unanswerable] == ["u1"]


def test_gold_sentences_become_spans_of_the_text(tmp_path: Path) -> None:
    birds(tmp_path)
    sentences = ["The owl hunts.", "The owl hunts.", "It sleeps."]
    rows = [{"_id": "owl", "text": " ".join(sentences), "sentences": sentences}]
    rows += [{"_id": name, "text": "x", "sentences": ["x"]} for name in ("wren", "swift")]
    write(tmp_path / "corpus.jsonl", rows)
    write(tmp_path / "answers.jsonl", [{"_id": "q1", "doc_id": "owl", "gold_sentences": [1, 2]}])
    gold = read_folder(tmp_path).questions[0].gold
    assert gold is not None
    assert gold.spans == (Span(15, 29), Span(30, 40))


def test_conclusions_in_a_judges_own_words_are_not_looked_for(tmp_path: Path) -> None:
    birds(tmp_path)
    write(tmp_path / "answers.jsonl", [{"_id": "q1", "doc_id": "owl", "long_answer": "Owls do."}])
    assert read_folder(tmp_path).questions[0].gold is None


def test_titles_are_articles_only_where_several_readings_share_them(tmp_path: Path) -> None:
    birds(tmp_path)
    assert read_folder(tmp_path).articles == {}
    rows = [{"_id": str(n), "title": f"article {n % 2}", "text": "A."} for n in range(8)]
    write(tmp_path / "corpus.jsonl", rows)
    (tmp_path / "answers.jsonl").unlink()
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\t1\t1\n", "utf-8")
    assert read_folder(tmp_path).articles["3"] == "article 1"


def test_questions_on_the_starter_collection_name_readings_and_facts(tmp_path: Path) -> None:
    asked = {
        "question": "how?",
        "kind": "fact",
        "relevant": ["owl"],
        "answer_facts": ["So."],
        "answerable": True,
    }
    other = {"question": "why?", "kind": "x", "relevant": [], "answer_facts": [], "answerable": False}
    path = write(tmp_path / "questions.jsonl", [asked | {"after": "who?"}, other])
    benchmark = read_questions(path, [reading("owl", "So.")])
    question = benchmark.questions[0]
    assert (benchmark.name, question.after, question.relevant) == ("questions", "who?", {"owl": 1})
    assert [one.text for one in benchmark.unanswerable] == ["why?"]


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("corpus.jsonl", '{"_id": "owl", "text": "a"}\n{"_id": "wren"}\n', 'corpus.jsonl:2: "text"'),
        ("corpus.jsonl", '{"_id": "owl", "text": "a"}\n\n{"_id": "owl", "text": "b"}\n', "corpus.jsonl:3: "),
        ("corpus.jsonl", "", "corpus.jsonl:1: the file is empty"),
        ("queries.jsonl", '{"_id": "q1", "text": "a"}\n{"_id": "q2", \n', "queries.jsonl:2: not JSON"),
        ("queries.jsonl", '["q1"]\n', "queries.jsonl:1: not a JSON object"),
        ("qrels.tsv", "q1\towl\t1\n", "qrels.tsv:1: not the header"),
        ("qrels.tsv", "query-id\tcorpus-id\tscore\n", "qrels.tsv:1: no judgement"),
        ("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\towl\t0\n", "qrels.tsv:1: no judgement"),
        ("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\towl\n", "qrels.tsv:2: 2 fields"),
        ("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\towl\tyes\n", "qrels.tsv:2: score 'yes'"),
        ("qrels.tsv", "query-id\tcorpus-id\tscore\nq9\towl\t1\n", "qrels.tsv:2: unknown query 'q9'"),
        ("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\tauk\t1\n", "qrels.tsv:2: unknown document 'auk'"),
        ("answers.jsonl", '{"_id": "q1", "doc_id": "auk", "answers": ["a"]}\n', 'answers.jsonl:1: "doc_id"'),
        ("answers.jsonl", '{"_id": "q1", "doc_id": "owl"}\n', "answers.jsonl:1: no "),
        (
            "answers.jsonl",
            '{"_id": "q1", "doc_id": "owl", "gold_sentences": [7]}\n',
            'corpus.jsonl:1: "sentences"',
        ),
        ("spans.jsonl", '{"_id": "q1", "doc_id": "owl", "spans": [[5, 9000]]}\n', 'spans.jsonl:1: "spans"'),
        ("unanswerable.jsonl", '{"_id": "u1"}\n', 'unanswerable.jsonl:1: "text"'),
    ],
)
def test_what_is_wrong_is_told_with_its_file_and_line(
    tmp_path: Path, file: str, content: str, says: str
) -> None:
    (birds(tmp_path) / file).write_text(content, "utf-8")
    with pytest.raises(EvaluationError) as error:
        read(tmp_path, tuple)
    assert says in str(error.value)
    assert str(tmp_path) in str(error.value)


def test_a_history_that_is_none_is_told_with_its_line(tmp_path: Path) -> None:
    birds(tmp_path)
    rows = [{"_id": f"q{n}", "text": "?", "history": ["b"] if n == 2 else []} for n in (1, 2, 3)]
    write(tmp_path / "queries.jsonl", rows)
    with pytest.raises(EvaluationError, match=r'queries\.jsonl:2: "history"'):
        read(tmp_path, tuple)


def test_bytes_that_are_no_text_are_told_with_their_line(tmp_path: Path) -> None:
    (birds(tmp_path) / "queries.jsonl").write_bytes(b'{"_id": "q1", "text": "a"}\n{"_id": "\xff"}\n')
    with pytest.raises(EvaluationError, match=r"queries\.jsonl:2: not JSON"):
        read(tmp_path, tuple)


def test_a_question_about_an_unknown_reading_is_told_with_its_line(tmp_path: Path) -> None:
    row = {"question": "how?", "relevant": ["auk"], "answer_facts": [], "answerable": True}
    path = write(tmp_path / "questions.jsonl", [row])
    with pytest.raises(EvaluationError, match=r"questions\.jsonl:1: .*'auk'"):
        read(path, lambda: [reading("owl", "So.")])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (birds(tmp_path) / "qrels.tsv").unlink()
    with pytest.raises(EvaluationError, match=r"qrels\.tsv missing"):
        read(tmp_path, tuple)
    with pytest.raises(EvaluationError, match="no such folder or file"):
        read(tmp_path / "nowhere", tuple)
    with pytest.raises(EvaluationError, match=r"nowhere\.jsonl: can't be read"):
        read_unanswerable(tmp_path / "nowhere.jsonl")


def test_questions_without_readings_are_for_other_collections(tmp_path: Path) -> None:
    write(tmp_path / "queries.jsonl", [{"_id": "q1", "text": "a"}])
    with pytest.raises(EvaluationError, match="--unanswerable"):
        read(tmp_path, tuple)
