from __future__ import annotations

import pytest

from qabot.ingest.passages import cut_passages
from qabot.ingest.reading import document_from_text
from qabot.reading.rereading import reread, surroundings
from qabot.records import Passage, Span
from tests.building import placed
from tests.conftest import Model

TEXT = (
    "The ferry was late. Nobody had seen the captain. The mayor of Tarnov is Ilse Brandt. She lives by the harbour. "
    "The fish market opens at six."
)
QUESTION = "Who is the mayor of Tarnov?"


def only_passage(text: str = TEXT) -> Passage:
    (passage,) = cut_passages([document_from_text(text, id="a.txt")])
    return passage


def test_surroundings_are_the_sentence_and_those_beside_it() -> None:
    passage = only_passage()
    around = surroundings(passage, placed(TEXT, "Ilse Brandt"))
    assert around.of(TEXT) == ("Nobody had seen the captain. The mayor of Tarnov is Ilse Brandt. She lives by the harbour.")
    assert surroundings(passage, placed(TEXT, "ferry")).of(TEXT) == "The ferry was late. Nobody had seen the captain."


def test_the_right_words_hold_in_their_own_sentence_and_others_do_not(model: Model) -> None:
    passage = only_passage()
    right, wrong = reread(model[0], model[1], QUESTION, [(passage, placed(TEXT, "Ilse Brandt")), (passage, placed(TEXT, "six"))])
    assert right is not None
    assert wrong is not None
    assert right > wrong


def test_it_is_the_margin_that_the_short_text_gives_alone(model: Model) -> None:
    network, windows, _ = model
    short = only_passage("Nobody had seen the captain. The mayor of Tarnov is Ilse Brandt. She lives by the harbour.")
    (row,) = windows.of(QUESTION, [short])
    start, end = (logits[0] for logits in network.run([row.ids], [row.first]))
    span = placed(short.text, "Ilse Brandt")
    first = row.first + next(number for number, token in enumerate(row.spans) if token.start == span.start)
    last = row.first + next(number for number, token in enumerate(row.spans) if token.end == span.end)
    (margin,) = reread(network, windows, QUESTION, [(only_passage(), placed(TEXT, "Ilse Brandt"))])
    assert margin == pytest.approx(start[first] + end[last] - start[0] - end[0], abs=1e-4)


def test_a_span_that_is_not_at_token_edges_has_no_margin(model: Model) -> None:
    inside = placed(TEXT, "Brandt")
    assert reread(model[0], model[1], QUESTION, [(only_passage(), Span(inside.start + 1, inside.end))]) == [None]


def test_nothing_to_read_again(model: Model) -> None:
    assert reread(model[0], model[1], QUESTION, []) == []
