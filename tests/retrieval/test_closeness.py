"""Closeness in meaning: what it adds to passages, and that it reorders hits without making any."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from qabot.records import Document, Passage, Section, Span
from qabot.retrieval import closeness as closeness_module
from qabot.retrieval import memory
from qabot.retrieval.closeness import Closeness
from qabot.retrieval.memory import MemoryRetriever
from tests.building import passage

_ABOUT = {"fire": (1.0, 0.0), "burnt": (1.0, 0.0), "water": (0.0, 1.0), "wet": (0.0, 1.0), "cold": (-1.0, 0.0)}


class Encoder:
    """Sentences of the few words above; counts what it is given."""

    points = 5.0

    def __init__(self) -> None:
        self.encoded = 0

    def question(self, question: str) -> NDArray[np.float32]:
        said = [about for word, about in _ABOUT.items() if word in question]
        total = np.array(said, np.float32).reshape(len(said), 2).sum(axis=0)
        found: NDArray[np.float32] = total / max(1e-9, float(np.linalg.norm(total)))
        return found

    def sentences(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += len(sentences)
        return np.array([self.question(sentence) for sentence in sentences], np.float32).reshape(len(sentences), 2)


def _retriever(*texts: str) -> MemoryRetriever:
    return MemoryRetriever(_passages(texts), closeness=partial(Closeness, Encoder()))


def _passages(texts: Sequence[str]) -> list[Passage]:
    return [passage(text, id=f"{number:02}") for number, text in enumerate(texts)]


def test_the_passage_that_is_closer_in_meaning_comes_first() -> None:
    texts = ("the mayor got wet", "the mayor was burnt")
    plain = MemoryRetriever(_passages(texts)).search("mayor in the fire?", 5)
    assert [hit.passage.text for hit in plain] == list(texts)
    closer, other = _retriever(*texts).search("mayor in the fire?", 5)
    assert closer.passage.text == "the mayor was burnt"
    assert (closer.closeness, other.closeness) == (5.0, 0.0)
    assert closer.score - 5.0 == pytest.approx(other.score)
    assert sum(match.contribution for match in closer.matches) == pytest.approx(other.score)


def test_what_shares_no_word_is_no_hit_however_close() -> None:
    assert _retriever("burnt down", "the mayor").search("fire?", 5) == []


def test_nothing_is_ever_taken_off() -> None:
    (hit,) = _retriever("the mayor was cold").search("mayor, fire?", 5)
    assert hit.closeness == 0
    assert hit.score == pytest.approx(hit.matches[0].contribution)


def test_the_closest_sentence_counts() -> None:
    text = "The mayor got wet. It burnt."
    spans = (Span(0, 18), Span(19, 28))
    document = Document("a", "", text, "a", (Section("", spans),))
    closeness = partial(Closeness, Encoder())
    (hit,) = MemoryRetriever([Passage(document, Span(0, 28), "", spans)], closeness=closeness).search("mayor, fire?", 5)
    assert hit.closeness == 5.0
    assert hit.score == pytest.approx(5.0 + hit.matches[0].contribution)


def test_sentences_are_encoded_once() -> None:
    encoder = Encoder()
    closeness = Closeness(encoder, _passages(["fire", "water", "burnt"]))
    assert closeness.of("fire", [2, 0]) == [5, 5]
    assert closeness.of("fire", [0, 1, 2]) == [5, 0, 5]
    assert encoder.encoded == 3
    assert closeness.of("fire", []) == []


def test_of_many_passages_few_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closeness_module, "_KEPT", 1)
    encoder = Encoder()
    closeness = Closeness(encoder, _passages(["fire", "water", "burnt"]))
    assert closeness.of("fire", [0, 1]) == [5, 0]
    assert closeness.of("fire", [1, 2]) == [0, 5]
    assert encoder.encoded == 4


@given(st.lists(st.lists(st.sampled_from(sorted(_ABOUT)), min_size=1, max_size=4), max_size=8), st.integers(1, 9))
def test_a_shorter_search_is_the_beginning_of_a_longer_one(texts: list[list[str]], limit: int) -> None:
    """Also where fewer are ranked again than are asked for: those come first, and scores never rise."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memory, "RANKED_AGAIN", 3)
        retriever = _retriever(*(" ".join(words) for words in texts))
        everything = retriever.rank("fire water", len(texts) + 3)
        assert retriever.rank("fire water", min(limit, 3)) == everything[: min(limit, 3)]
        assert retriever.rank("fire water", limit + 3) == everything[: limit + 3]
        assert [score for _, score in everything] == sorted((score for _, score in everything), reverse=True)
