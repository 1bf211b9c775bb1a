from __future__ import annotations

import random
from collections.abc import Sequence

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qabot.ingest.passages import cut_passages
from qabot.ingest.reading import document_from_text
from qabot.records import Passage
from qabot.retrieval.memory import K1, B, MemoryRetriever, bm25_idf
from qabot.text.terms import query_terms, terms
from tests.building import passage

WORDS = ["harbour", "boats", "mayor", "fire", "Ilse", "министр", "café", "U.S.", "1,200", "the", "repair", "ship"]
corpora = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join).filter(bool), max_size=12)
questions = st.lists(st.sampled_from([*WORDS, "unknown"]), min_size=1, max_size=6).map(" ".join)


def passages_of(texts: Sequence[str]) -> list[Passage]:
    return [passage(text, id=f"{number:02}") for number, text in enumerate(texts)]


def found(retriever: MemoryRetriever, question: str, limit: int = 10) -> list[str]:
    return [hit.passage.document.id for hit in retriever.search(question, limit)]


def test_an_empty_corpus_finds_nothing() -> None:
    retriever = MemoryRetriever([])
    assert retriever.search("harbour", 5) == []
    assert retriever.idf("harbour") is None
    assert retriever.vocabulary() == {}


@pytest.mark.parametrize("texts", [["…", "— !"], ["?"]])
def test_a_corpus_without_a_word_finds_nothing(texts: list[str]) -> None:
    retriever = MemoryRetriever(passages_of(texts))
    assert retriever.search("harbour …", 5) == []
    assert retriever.idf("…") is None


@pytest.mark.parametrize(
    ("texts", "ids"),
    [
        (["the fire"], ["00"]),
        (["the fire", "the fire"], ["00", "01"]),
        (["the fire", "the mayor"], ["00"]),
        (["the mayor", "the fire fire", "the fire"], ["01", "02"]),
        (["…", "the fire", "—"], ["01"]),
    ],
)
def test_tiny_corpora_have_positive_scores_for_what_matches_and_no_hit_else(texts: list[str], ids: list[str]) -> None:
    hits = MemoryRetriever(passages_of(texts)).search("What about the fire?", 5)
    assert [hit.passage.document.id for hit in hits] == ids
    assert all(hit.score > 0 for hit in hits)
    assert [hit.rank for hit in hits] == list(range(1, len(ids) + 1))


def test_a_case_worked_by_hand() -> None:
    """N = 3 passages of 2, 3 and 4 terms: the mean length is 3; k1 = 1.5, b = 0.75.

    idf(red)  = ln(1 + (3 - 2 + 0.5) / (2 + 0.5)) = ln 1.6      = 0.470003629
    idf(boat) = ln(1 + (3 - 1 + 0.5) / (1 + 0.5)) = ln 2.666667 = 0.980829253

    A term that stands f times in a passage of length l adds idf * f * 2.5 / (f + 1.5 * (0.25 + 0.75 * l / 3)):
    "red boat":     saturation 1.5 * 0.75 = 1.125; red  0.470003629 * 2.5 / 2.125 = 0.552945446
                                                   boat 0.980829253 * 2.5 / 2.125 = 1.153916768
    "red red ship": saturation 1.5 * 1    = 1.5;   red  0.470003629 * 2 * 2.5 / 3.5 = 0.671433756
    """
    retriever = MemoryRetriever(passages_of(["old town hall gate", "red red ship", "red boat"]), k1=1.5, b=0.75)
    first, second = retriever.search("Which boat is red?", 5)
    assert (first.passage.text, second.passage.text) == ("red boat", "red red ship")
    assert first.score == pytest.approx(1.706862214, rel=1e-8)
    assert second.score == pytest.approx(0.671433756, rel=1e-8)
    contributions = {match.term: match.contribution for match in first.matches}
    assert contributions == pytest.approx({"boat": 1.153916768, "red": 0.552945446}, rel=1e-8)
    idfs = {match.term: match.idf for match in first.matches}
    assert idfs == pytest.approx({"boat": 0.980829253, "red": 0.470003629}, rel=1e-8)
    assert [span.of("red red ship") for span in second.matches[0].spans] == ["red", "red"]
    assert [span.start for span in second.matches[0].spans] == [0, 4]


@pytest.mark.parametrize(
    ("passages", "holding", "idf"), [(1, 1, 0.287682072), (2, 2, 0.182321557), (3, 1, 0.980829253), (10, 1, 1.992430165)]
)
def test_idf_is_positive_even_where_every_passage_holds_the_term(passages: int, holding: int, idf: float) -> None:
    assert bm25_idf(passages, holding) == pytest.approx(idf, rel=1e-8)


def test_idf_and_vocabulary_speak_of_the_corpus() -> None:
    retriever = MemoryRetriever(passages_of(["Boats burnt", "the boat of the mayor"]))
    assert retriever.idf("boat") == pytest.approx(bm25_idf(2, 2))
    assert retriever.idf("mayor") == pytest.approx(bm25_idf(2, 1))
    assert retriever.idf("Boats") is None
    assert retriever.vocabulary() == {
        "Boats": "boat",
        "burnt": "burnt",
        "the": "the",
        "boat": "boat",
        "of": "of",
        "mayor": "mayor",
    }


def of_bm25s(texts: Sequence[str], question: str, k1: float, b: float) -> list[float]:
    """The scores of another implementation of the same formula, which leaves the constant k1 + 1 out of the numerator."""
    corpus = [[term for _, term in terms(text)] for text in texts]
    other = bm25s.BM25(method="lucene", k1=k1, b=b, dtype="float64")
    other.index(corpus, show_progress=False)
    known = {term for passage_terms in corpus for term in passage_terms}
    asked = [term for term in query_terms(question) if term in known]
    return [float(score) * (k1 + 1) for score in other.get_scores(asked)] if asked else [0.0] * len(texts)


def check_against_bm25s(texts: Sequence[str], question: str, k1: float, b: float) -> None:
    hits = MemoryRetriever(passages_of(texts), k1=k1, b=b).search(question, len(texts))
    ours = np.zeros(len(texts))
    for hit in hits:
        ours[int(hit.passage.document.id)] = hit.score
    np.testing.assert_allclose(ours, of_bm25s(texts, question, k1, b), rtol=1e-5)


@given(corpora.filter(bool), questions)
def test_scores_are_those_of_bm25s(texts: list[str], question: str) -> None:
    check_against_bm25s(texts, question, K1, B)


@pytest.mark.parametrize(("k1", "b"), [(1.5, 0.75), (1.2, 0.75), (0.9, 0.4), (2.0, 0.0)])
def test_scores_are_those_of_bm25s_on_a_larger_corpus(k1: float, b: float) -> None:
    choose = random.Random(7)
    vocabulary = [f"word{number}" for number in range(200)]
    weights = [1 / (number + 1) for number in range(200)]
    texts = [" ".join(choose.choices(vocabulary, weights, k=choose.randint(1, 80))) for _ in range(90)]
    for _ in range(20):
        check_against_bm25s(texts, " ".join(choose.choices(vocabulary, k=4)), k1, b)


@given(corpora, questions, st.integers(0, 14))
def test_hits_are_ordered_matched_and_explained(texts: list[str], question: str, limit: int) -> None:
    passages = passages_of(texts)
    hits = MemoryRetriever(passages).search(question, limit)
    everything = MemoryRetriever(passages).search(question, len(texts) + 1)
    assert [(hit.passage, hit.score) for hit in hits] == [(hit.passage, hit.score) for hit in everything[:limit]]
    assert [(-hit.score, hit.passage.id) for hit in everything] == sorted((-hit.score, hit.passage.id) for hit in everything)
    asked = set(query_terms(question))
    sharing = {one.id for one in passages if asked & {term for _, term in terms(one.text)}}
    assert {hit.passage.id for hit in everything} == sharing
    for hit in hits:
        assert sum(match.contribution for match in hit.matches) == pytest.approx(hit.score, rel=1e-9)
        assert {match.term for match in hit.matches} <= asked
        for match in hit.matches:
            assert match.spans
            assert {term for span in match.spans for _, term in terms(span.of(hit.passage.text))} == {match.term}


def test_ties_go_by_passage_id_whatever_the_order_of_the_passages() -> None:
    texts = ["same words here"] * 6
    passages = passages_of(texts)
    assert found(MemoryRetriever(passages), "words", 3) == ["00", "01", "02"]
    assert found(MemoryRetriever(passages[::-1]), "words", 3) == ["00", "01", "02"]


@pytest.mark.parametrize("limit", [0, -1])
def test_no_hits_are_wanted(limit: int) -> None:
    assert MemoryRetriever(passages_of(["the fire"])).search("fire", limit) == []


@pytest.mark.parametrize("question", ["unknown", "Who is it?", "?", ""])
def test_a_question_without_a_known_term_finds_nothing(question: str) -> None:
    assert MemoryRetriever(passages_of(["fire in the harbour", "mayor"])).search(question, 5) == []


def test_a_question_of_stop_words_alone_is_searched_by_them() -> None:
    assert found(MemoryRetriever(passages_of(["to be or not", "the fire"])), "To be?") == ["00"]


def test_title_and_heading_help_to_find_a_passage() -> None:
    passages = [
        passage("It burnt down.", id="00", title="The harbour of Tarnov"),
        passage("It burnt down.", id="01", heading="The harbour of Zell"),
        passage("It burnt down.", id="02"),
    ]
    retriever = MemoryRetriever(passages)
    assert found(retriever, "Tarnov") == ["00"]
    assert found(retriever, "Zell") == ["01"]
    (hit,) = retriever.search("Zell", 1)
    assert [(match.term, match.spans) for match in hit.matches] == [("zell", ())]
    assert hit.score == pytest.approx(hit.matches[0].contribution)


def test_words_are_found_across_case_accents_forms_and_markup() -> None:
    source = "The *MINISTER*s met in a cafe\u0301.\r\n\r\nНикто не пришёл. Nobody came to the [mee**ting**](ministers.md)."
    doc = document_from_text(source, id="a.md", suffix=".md")
    retriever = MemoryRetriever(cut_passages([doc]))
    for question, words in [("minister", "MINISTER*s"), ("Café", "cafe\u0301"), ("ПРИШЕЛ", "пришёл"), ("meetings", "mee**ting")]:
        (hit,) = retriever.search(question, 5)
        assert [span.of(source) for match in hit.matches for span in match.spans] == [words]
