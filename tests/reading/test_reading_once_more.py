"""What the reader reads once more, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from qabot.ingest.passages import cut_passages
from qabot.ingest.reading import document_from_text
from qabot.reading.network import Network
from qabot.reading.reader import SpanReader
from qabot.records import Hit, Passage, Span
from qabot.retrieval.memory import MemoryRetriever
from tests.building import placed
from tests.conftest import Model
from tests.fakes import RecordingNetwork
from tests.reading.test_reader import CALIBRATION, QUESTION, harbour

if TYPE_CHECKING:
    from qabot.reading.network import Floats


class ScriptedNetwork(Network):
    """Gives each row the start and end logits of ``script``; ``rows`` is how many rows each call of `run_each` had."""

    def __init__(self, script: Callable[[Sequence[int]], list[Floats]]) -> None:
        self._script = script
        self.rows: list[int] = []

    def run_each(self, rows: Sequence[Sequence[int]], question_lengths: Sequence[int]) -> list[tuple[Floats, Floats]]:
        self.rows.append(len(rows))
        return [(start, end) for start, end in map(self._script, rows)]


def test_the_sentences_of_the_best_spans_are_read_once_more(model: Model) -> None:
    network, windows = RecordingNetwork(), model[1]
    question = "Why is the market of Tarnov not held on Mondays?"
    passages = cut_passages([harbour()])
    retriever = MemoryRetriever(passages)
    hits = retriever.search(question, 10)
    best = SpanReader(network, windows, CALIBRATION, retriever.idf, len(passages)).read(question, hits)[0]
    first, again = network.rows
    assert len(first) == len(hits) > 1
    assert len(again) == 2
    sentence = tuple(windows.tokens(best.sentence))
    assert any(row[-1 - len(sentence) : -1] == sentence for row in again)


def test_a_place_ranks_by_its_passage_and_is_sure_by_its_sentence_too(model: Model) -> None:
    network, windows, _ = model
    question = "Who spoke to the sailors?"
    (passage,) = cut_passages([document_from_text("A fire broke out. Its mayor is Ilse Brandt. Nobody was hurt.", id="a")])
    reader = SpanReader(network, windows, CALIBRATION, lambda _: None, 1)
    best = reader.read(question, [Hit(passage, 0.0, 1)])[0]
    assert best.text == "Ilse Brandt"
    margin, null = margin_of(model, question, passage, "Ilse Brandt")
    assert best.evidence.margin == pytest.approx(margin, abs=1e-4)
    assert best.evidence.null_score == pytest.approx(null, abs=1e-4)
    alone = replace(passage, span=best.sentence_span, sentences=(best.sentence_span,))
    assert best.evidence.features["closer"] == pytest.approx(margin_of(model, question, alone, "Ilse Brandt")[0], abs=1e-4)
    assert best.evidence.features["closer"] != pytest.approx(best.evidence.margin, abs=1e-2)


def margin_of(model: Model, question: str, passage: Passage, words: str) -> tuple[float, float]:
    """The margin of ``words`` in all of ``passage``, and the null score there."""
    (window,) = model[1].of(question, [passage])
    ((start, end),) = model[0].run_each([window.ids], [window.first])
    place = placed(passage.document.text, words)
    inside = [window.first + token for token, span in enumerate(window.spans) if span.within(place)]
    null = float(start[0] + end[0])
    return float(start[inside[0]] + end[inside[-1]]) - null, null


@pytest.mark.parametrize(
    ("start", "end", "looks"),
    [
        ({"brandt": 6}, {"brandt": 6}, 0),
        ({"brandt": 6}, {"brandt": -1}, 2),  # not much more than no answer
        ({"brandt": 6, "fire": 4}, {"brandt": 6, "fire": 4}, 2),  # not much more than what stands elsewhere
        ({"brandt": 6}, {"brandt": 6, "baker": 6}, 2),  # no more than "Brandt, a baker"
    ],
)
def test_what_is_clear_is_read_once(model: Model, start: dict[str, float], end: dict[str, float], looks: int) -> None:
    windows = model[1]
    text = "A fire broke out. Its mayor is Brandt, a baker. Nobody was hurt."
    (passage,) = cut_passages([document_from_text(text, id="a")])
    by_token = [{windows.token_of(word): logit for word, logit in logits.items()} for logits in (start, end)]
    network = ScriptedNetwork(lambda row: [np.array([logits.get(token, 0) for token in row], np.float32) for logits in by_token])
    answers = SpanReader(network, windows, CALIBRATION, lambda _: None, 1).read("Who?", [Hit(passage, 0.0, 1)])
    assert network.rows == ([1, looks] if looks else [1])
    assert "Brandt" in answers[0].text


def test_a_sentence_is_read_once_more_wherever_it_stands(model: Model) -> None:
    """In overlapping passages of three copies: where it were left as it was, it would be a rival of its like."""
    windows = model[1]
    sentences = ("A fire broke out.", "Its mayor is Brandt, a baker.", "Nobody was hurt.")
    text = " ".join(sentences)
    places = [placed(text, sentence) for sentence in sentences]
    hits: list[Hit] = []
    for id in "abc":
        document = document_from_text(text, id=id)
        for pair in (places[:2], places[1:]):
            passage = Passage(document, Span(pair[0].start, pair[1].end), "", tuple(pair))
            hits.append(Hit(passage, 0.0 if id == "c" else 100.0, len(hits) + 1))  # other sentences of a and b come before c
    mayor, baker, *beside = (windows.token_of(word) for word in ("mayor", "baker", "fire", "nobody"))

    def turning(row: Sequence[int]) -> list[Floats]:
        """The mayor answers where a word of another sentence, the second best, stands beside him; else the baker."""
        answer, logit = (baker, 10) if set(beside).isdisjoint(row) else (mayor, 3)
        logits = np.array([logit if token == answer else 2 * (token in beside) for token in row], np.float32)
        return [logits, logits]

    network = ScriptedNetwork(turning)
    answers = SpanReader(network, windows, CALIBRATION, lambda _: None, len(hits)).read("Who?", hits)
    assert network.rows == [6, 2]  # each of two different sentences once
    given = [place for answer in answers for place in (answer, *answer.agreeing)]
    for id in "abc":
        assert max((place for place in given if place.document.id == id), key=lambda place: place.score).text == "baker"


def test_a_passage_of_a_single_sentence_is_read_once(model: Model) -> None:
    network = RecordingNetwork()
    passages = cut_passages([document_from_text("The mayor of Tarnov is Ilse Brandt.", id="a")])
    retriever = MemoryRetriever(passages)
    reader = SpanReader(network, model[1], CALIBRATION, retriever.idf, len(passages))
    assert reader.read(QUESTION, retriever.search(QUESTION, 10))[0].text == "Ilse Brandt"
    assert [len(rows) for rows in network.rows if rows] == [1]
