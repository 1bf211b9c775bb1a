from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from qabot.ingest.passages import cut_passages
from qabot.ingest.reading import document_from_text
from qabot.reading.confidence import FEATURES, Calibration
from qabot.reading.reader import GAP_ALONE, MOST_CANDIDATES, SpanReader
from qabot.records import Answer, Document, Hit, Span
from qabot.retrieval.memory import MemoryRetriever
from tests.conftest import Model

if TYPE_CHECKING:
    pass

HARBOUR = """# The harbour of Tarnov

A fire broke out in the harbour of Tarnov on 3 March. It destroyed *eleven fishing boats* and a warehouse. Nobody was hurt, said
Mayor Ilse Brandt.

## The repair

The harbour will be repaired by the end of the year. The mayor of Tarnov, Ilse Brandt, put the cost at 4.2 million euros.

## The town

Tarnov has 12,000 inhabitants. Its market is held on Saturdays. ILSE BRANDT has been its mayor since 2011.
"""
QUESTION = "Who is the mayor of Tarnov?"
# Fixed here, so that a newly fitted calibration changes no test.
CALIBRATION = Calibration(0.2, -1.0, {"margin": 0.3, "gap": 0.2, "absent": -1.0}, 0.5, "a test")


def harbour(id: str = "harbour.md") -> Document:
    return document_from_text(HARBOUR, id=id, suffix=".md")


def reader_and_hits(model: Model, question: str, documents: Sequence[Document]) -> tuple[SpanReader, list[Hit]]:
    passages = cut_passages(documents, target=20, limit=40)
    retriever = MemoryRetriever(passages)
    return SpanReader(model[0], model[1], CALIBRATION, retriever.idf, len(passages)), list(retriever.search(question, 20))


def read(model: Model, question: str, *documents: Document) -> Sequence[Answer]:
    reader, hits = reader_and_hits(model, question, documents)
    return reader.read(question, hits)


def told(answers: Sequence[Answer]) -> list[tuple[tuple[str, int], Span, float, float, float, float, list[Span]]]:
    """All numbers of the answers, to be compared bit by bit."""
    return [
        (a.passage.id, a.span, a.score, a.confidence, a.evidence.margin, a.evidence.null_score, [b.span for b in a.agreeing])
        for a in answers
    ]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (QUESTION, "Ilse Brandt"),
        ("How much will the repair cost?", "4.2 million euros"),
        ("What did the fire destroy?", "fishing boats"),
        ("When is the market held?", "Saturdays"),
    ],
)
def test_easy_questions_are_answered(model: Model, question: str, words: str) -> None:
    assert words.casefold() in read(model, question, harbour())[0].text.replace("*", "").casefold()


def test_candidates_come_best_first_and_not_too_many(model: Model) -> None:
    answers = read(model, QUESTION, *(harbour(f"{number}.md") for number in range(3)))
    assert 1 < len(answers) <= MOST_CANDIDATES
    assert [answer.score for answer in answers] == sorted((answer.score for answer in answers), reverse=True)
    assert [answer.confidence for answer in answers] == sorted((answer.confidence for answer in answers), reverse=True)


def test_no_two_answers_overlap_in_a_document(model: Model) -> None:
    answers = read(model, QUESTION, harbour("a.md"), harbour("b.md"))
    places = [place for answer in answers for place in (answer, *answer.agreeing)]
    assert len(places) > len(answers)
    for one, other in combinations(places, 2):
        assert one.document.id != other.document.id or not one.span.overlaps(other.span)


def test_no_answer_runs_from_one_sentence_into_the_next(model: Model) -> None:
    for answer in read(model, "What happened in the harbour of Tarnov?", harbour()):
        assert any(answer.span.within(sentence) for sentence in answer.passage.sentences)


def test_equal_words_in_several_places_agree(model: Model) -> None:
    best = read(model, QUESTION, harbour("a.md"), harbour("b.md"))[0]
    assert best.text.casefold() == "ilse brandt"
    assert {other.text.casefold() for other in best.agreeing} == {"ilse brandt"}
    assert {other.document.id for other in best.agreeing} == {"a.md", "b.md"}
    assert all(other.score <= best.score for other in best.agreeing)
    assert best.evidence.features["agreement"] == pytest.approx(math.log(1 + len(best.agreeing)))


def test_the_evidence_adds_up(model: Model) -> None:
    question = "Who is the mayor of Tarnov and Zell?"
    reader, hits = reader_and_hits(model, question, [harbour()])
    answers = reader.read(question, hits)
    by_passage = {hit.passage.id: hit for hit in hits}
    for number, answer in enumerate(answers):
        evidence, features = answer.evidence, answer.evidence.features
        assert set(features) == set(FEATURES)
        assert evidence.retrieval_score == by_passage[answer.passage.id].score
        assert answer.score == pytest.approx(evidence.margin + CALIBRATION.blend * evidence.retrieval_score)
        above = answers[number - 1].confidence if number else 1.0
        assert answer.confidence == min(above, CALIBRATION.probability(features))
        assert features["margin"] == evidence.margin
        assert features["absent"] == pytest.approx(1 / 3)  # of mayor, Tarnov and Zell, nobody wrote of Zell
        assert 0 <= features["matched"] <= 1
        assert 0 <= features["nearby"] <= 1
        assert features["share"] <= 0
        assert features["nameless"] == float(answer.text == answer.text.lower())
        assert features["size"] == pytest.approx(math.log(len(cut_passages([harbour()], target=20, limit=40))))
        assert features["retrieval"] == pytest.approx(evidence.retrieval_score / hits[0].score)
        rival = answers[1 if number == 0 else 0].score
        assert features["gap"] == pytest.approx(answer.score - rival)


def test_the_same_question_twice_gives_the_same_bits(model: Model) -> None:
    reader, hits = reader_and_hits(model, QUESTION, [harbour("a.md"), harbour("b.md")])
    first = told(reader.read(QUESTION, hits))
    reader.read("What did the fire destroy?", hits)
    assert told(reader.read(QUESTION, hits)) == first
    again, hits_again = reader_and_hits(model, QUESTION, [harbour("a.md"), harbour("b.md")])
    assert told(again.read(QUESTION, hits_again)) == first


def test_the_order_of_hits_does_not_matter(model: Model) -> None:
    reader, hits = reader_and_hits(model, QUESTION, [harbour("a.md"), harbour("b.md")])
    assert told(reader.read(QUESTION, hits[::-1])) == told(reader.read(QUESTION, hits))


def test_hits_without_a_match_are_read_too(model: Model) -> None:
    passages = cut_passages([harbour()])
    reader = SpanReader(model[0], model[1], CALIBRATION, lambda _: None, 1)
    answers = reader.read(QUESTION, [Hit(passage, 0.0, rank) for rank, passage in enumerate(passages, start=1)])
    assert answers
    assert {answer.evidence.features["retrieval"] for answer in answers} == {0.0}
    assert {answer.evidence.features["matched"] for answer in answers} == {0.0}
    assert {answer.evidence.features["absent"] for answer in answers} == {1.0}


def test_no_hits_no_answers(model: Model) -> None:
    assert SpanReader(model[0], model[1], CALIBRATION, lambda _: None, 1).read(QUESTION, []) == []


def test_a_single_candidate_has_a_gap_of_its_own(model: Model) -> None:
    (only,) = read(model, "Who is Ilse?", document_from_text("Ilse", id="a"))
    assert only.text == "Ilse"
    assert only.evidence.features["gap"] == GAP_ALONE


def test_an_answer_leaves_markup_at_its_edges_outside(model: Model) -> None:
    document = document_from_text("The mayor of Tarnov is **Ilse Brandt**, a [baker](http://x.y/z).", id="a.md", suffix=".md")
    answers = read(model, QUESTION, document)
    assert answers[0].text == "Ilse Brandt"
    assert all(answer.text[0] not in "*[](" and answer.text[-1] not in "*[](" for answer in answers)


def test_an_answer_deep_in_a_long_passage_is_found(model: Model) -> None:
    filler = " ".join(f"and then the fish number {number} was sold" for number in range(150))
    text = f"Once {filler} while the mayor of Tarnov is Ilse Brandt {filler} ever."
    document = document_from_text(text, id="a.txt")
    passages = cut_passages([document])
    reader = SpanReader(model[0], model[1], CALIBRATION, MemoryRetriever(passages).idf, len(passages))
    hits = MemoryRetriever(passages).search(QUESTION, 10)
    assert reader.read(QUESTION, hits)[0].text == "Ilse Brandt"
