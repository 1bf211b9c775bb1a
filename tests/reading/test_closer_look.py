from __future__ import annotations

import numpy as np
import pytest

from qabot.reading.closer_look import look_closer, read
from qabot.records import Span
from tests.building import passage
from tests.conftest import Model
from tests.fakes import RecordingNetwork

QUESTION = "Who is the mayor of Tarnov?"
SENTENCES = ("A fire broke out in Tarnov.", "Its mayor is Ilse Brandt.", "Nobody was hurt.")


def test_every_window_is_read_by_itself(model: Model) -> None:
    network, windows, _ = model
    of = [passage(" ".join(SENTENCES)), passage(SENTENCES[1])]
    together = read(network, list(windows.of(QUESTION, of)))
    assert [reading.window.passage_number for reading in together] == [0, 1]
    for reading in together:
        start, end = network.run([reading.window.ids], [reading.window.first])
        assert (reading.start == start[0]).all()
        assert (reading.end == end[0]).all()


@pytest.mark.parametrize("number", range(3))
def test_a_closer_look_is_the_mean_of_the_passage_read_and_its_sentence_read(model: Model, number: int) -> None:
    network, windows, _ = model
    text = " ".join(SENTENCES)
    (whole,) = read(network, list(windows.of(QUESTION, [passage(text)])))
    start = text.index(SENTENCES[number])
    place = Span(start, start + len(SENTENCES[number]))

    (closer,) = look_closer(network, [(whole, place)])

    (alone,) = read(network, list(windows.of(QUESTION, [passage(SENTENCES[number])])))
    assert closer.window.ids == alone.window.ids
    assert closer.window.first == whole.window.first
    assert "".join(span.of(text) for span in closer.window.spans) == SENTENCES[number].replace(" ", "")
    assert all(span.within(place) for span in closer.window.spans)
    inside = [token for token, span in enumerate(whole.window.spans) if span.within(place)]
    assert closer.window.sentences == tuple(whole.window.sentences[token] for token in inside)
    question = range(whole.window.first)
    rows = [*question, *(whole.window.first + token for token in inside), len(whole.window.ids) - 1]
    np.testing.assert_allclose(closer.start, (whole.start[rows] + alone.start) / 2, rtol=1e-6)
    np.testing.assert_allclose(closer.end, (whole.end[rows] + alone.end) / 2, rtol=1e-6)


def test_equal_words_are_read_once_and_keep_their_own_place(model: Model) -> None:
    network, windows = RecordingNetwork(), model[1]
    text = " ".join(SENTENCES)
    readings = read(network, list(windows.of(QUESTION, [passage(text, id="a"), passage(text, id="b")])))
    start = text.index(SENTENCES[1])
    looks = look_closer(network, [(reading, Span(start, start + len(SENTENCES[1]))) for reading in readings])
    assert [closer.window.passage_number for closer in looks] == [0, 1]
    assert (looks[0].start == looks[1].start).all()
    assert [len(rows) for rows in network.rows] == [2, 1]


def test_no_places_no_looks(model: Model) -> None:
    assert look_closer(model[0], []) == []
