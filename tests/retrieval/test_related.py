"""Words that are used like a question's: which are, what they give a passage, and that the question's own come first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from qabot.retrieval.memory import MemoryRetriever, bm25_idf
from qabot.retrieval.products import products
from qabot.retrieval.related import RelatedTerms
from qabot.text.terms import terms
from tests.building import passage

# An ambassador is close to an envoy (0.8) and somewhat to a diplomat (0.6); boats and ships lie apart from these (0).
_PLACES = {
    "ambassador": (1.0, 0.0, 0.0),
    "envoy": (0.8, 0.6, 0.0),
    "diplomat": (0.6, -0.8, 0.0),
    "boat": (0.0, 0.0, 1.0),
    "ship": (0.0, 0.6, 0.8),
}


class Places:
    """Vectors of the few words above."""

    def of(self, words: Sequence[str]) -> tuple[list[int], NDArray[np.float32]]:
        known = [number for number, word in enumerate(words) if word in _PLACES]
        return known, np.array([_PLACES[words[number]] for number in known], np.float32).reshape(len(known), 3)


def _related(vocabulary: Mapping[str, str], floor: float = 0.5, most: int = 5) -> RelatedTerms:
    return RelatedTerms(Places(), vocabulary, floor=floor, most=most)


def _retriever(*texts: str) -> MemoryRetriever:
    return MemoryRetriever([passage(text, id=f"{number:02}") for number, text in enumerate(texts)], related=_related)


def _vocabulary(*words: str) -> dict[str, str]:
    return {word: term for word in words for _, term in terms(word)}


def test_the_closer_a_word_the_more_it_counts() -> None:
    related = _related(_vocabulary("envoy", "Diplomats", "diplomat", "boat"))
    found = related.of("ambassador", "ambassador")
    assert found == pytest.approx({"envoy": (0.8 - 0.5) / 0.5, "diplomat": (0.6 - 0.5) / 0.5}, rel=1e-6)


@pytest.mark.parametrize(("floor", "most", "expected"), [(0.5, 1, ["envoy"]), (0.7, 5, ["envoy"]), (0.9, 5, [])])
def test_few_words_are_related_and_none_that_is_far(floor: float, most: int, expected: list[str]) -> None:
    related = _related(_vocabulary("diplomat", "envoy"), floor, most)
    assert list(related.of("ambassador", "ambassador")) == expected


def test_a_word_is_not_related_to_itself_in_another_form() -> None:
    assert _related(_vocabulary("Ambassador", "ambassador")).of("ambassador", "ambassador") == {}


@pytest.mark.parametrize("word", ["zell", "the", "12"])
def test_a_word_without_a_place_has_no_relatives(word: str) -> None:
    assert _related(_vocabulary("envoy")).of(word, word) == {}


def test_a_corpus_without_a_word_has_none_either() -> None:
    assert _related({}).of("ambassador", "ambassador") == {}
    assert _retriever("…").search("ambassador", 5) == []


def test_a_passage_in_other_words_is_found_and_says_by_which() -> None:
    """Of three words where the mean is three, "envoy" gives idf * 2.5 / 2.5, times its weight (0.8 - 0.5) / (1 - 0.5)."""
    retriever = _retriever("the envoy left", "the boats sank")
    (hit,) = retriever.search("Who is the ambassador?", 5)
    assert hit.passage.text == "the envoy left"
    assert hit.score == pytest.approx(0.6 * bm25_idf(2, 1), rel=1e-6)
    (match,) = hit.matches
    assert (match.term, match.found, match.is_own) == ("ambassador", "envoy", False)
    assert [span.of("the envoy left") for span in match.spans] == ["envoy"]
    assert match.contribution == hit.score
    assert match.idf == pytest.approx(bm25_idf(2, 1))


def test_the_questions_own_word_comes_first() -> None:
    found = _retriever("the envoy left", "an ambassador left", "the boats sank").search("Who is the ambassador?", 5)
    assert [hit.passage.text for hit in found] == ["an ambassador left", "the envoy left"]
    assert [match.is_own for hit in found for match in hit.matches] == [True, False]


def test_a_related_word_adds_nothing_to_the_own_one_beside_it() -> None:
    alone, both = _retriever("an ambassador left", "no boats"), _retriever("ambassador and envoy", "no boats")
    assert both.search("ambassador?", 1)[0].score == pytest.approx(alone.search("ambassador?", 1)[0].score)
    assert both.search("ambassador?", 1)[0].matches[0].is_own


def test_a_related_word_tells_no_more_than_the_one_it_stands_for() -> None:
    """ "ambassador" stands in three of four passages and tells little; "envoy", in one alone, would tell much."""
    own = "the ambassador"
    hits = _retriever(own, own, own, "the envoy").search("ambassador?", 5)
    scores = {hit.passage.text: hit.score for hit in hits}
    assert scores["the envoy"] == pytest.approx(0.6 * scores[own], rel=1e-6)


def test_without_relatives_only_own_words_are_found() -> None:
    assert MemoryRetriever([passage("the envoy left")]).search("Who is the ambassador?", 5) == []


_corpora = st.lists(
    st.lists(st.sampled_from([*_PLACES, "Zell", "the", "fire"]), min_size=1, max_size=9).map(" ".join), max_size=9
)


@given(_corpora, st.lists(st.sampled_from([*_PLACES, "fire"]), min_size=1, max_size=4).map(" ".join))
def test_relatives_take_no_hit_away_and_lower_no_score(texts: list[str], question: str) -> None:
    passages = [passage(text, id=f"{number:02}") for number, text in enumerate(texts)]
    plain = {hit.passage.id: hit.score for hit in MemoryRetriever(passages).search(question, 20)}
    hits = MemoryRetriever(passages, related=_related).search(question, 20)
    scores = {hit.passage.id: hit.score for hit in hits}
    assert all(scores[id] >= score - 1e-9 for id, score in plain.items())
    for hit in hits:
        assert sum(match.contribution for match in hit.matches) == pytest.approx(hit.score)
    assert [(-hit.score, hit.passage.id) for hit in hits] == sorted((-hit.score, hit.passage.id) for hit in hits)


@given(_corpora.filter(bool), st.sampled_from(["envoi", "fire", "zell", "the"]))
def test_what_a_term_gives_is_what_rank_bm25_says(texts: list[str], term: str) -> None:
    class Okapi(BM25Okapi):  # type: ignore[misc]  # rank-bm25 carries no types
        def _calc_idf(self, nd: dict[str, int]) -> None:
            self.idf = {one: bm25_idf(self.corpus_size, holding) for one, holding in nd.items()}

    expected = Okapi([[one for _, one in terms(text)] for text in texts], k1=1.5, b=0.75).get_scores([term])
    passages = [passage(text, id=f"{number:02}") for number, text in enumerate(texts)]
    scores = {one.id[0]: score for one, score in MemoryRetriever(passages).rank(term, len(texts))}
    np.testing.assert_allclose([scores.get(f"{number:02}", 0.0) for number in range(len(texts))], expected, rtol=1e-9)


def test_the_floor_and_the_number_have_defaults() -> None:
    assert list(partial(RelatedTerms, Places())(_vocabulary("envoy", "boat")).of("ambassador", "ambassador")) == ["envoy"]


def test_products_of_whole_numbers_are_exact() -> None:
    rng = np.random.default_rng(1)
    rows, vector = (rng.integers(-100, 100, shape).astype(np.float32) for shape in ((500, 384), 384))
    assert np.array_equal(products(rows, vector), rows.astype(np.int64) @ vector.astype(np.int64))
