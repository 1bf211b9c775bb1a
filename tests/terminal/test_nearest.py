"""Which part of the nearest passage is shown where nothing was found."""

from __future__ import annotations

import pytest

from qabot.ingest.reading import document_from_text
from qabot.records import Hit
from qabot.terminal.nearest import nearest_part
from tests.samples import scripted_bot


@pytest.mark.parametrize(
    ("text", "question", "begins"),
    [
        # The rarest word stands first where little else does.
        (
            f"Refunds exist. {'The shop is open on weekdays only. ' * 9}A customer may return a faulty kettle within 30 days.",
            "May a customer return a faulty kettle for refunds?",
            "A customer may",
        ),
        # Two sentences in a row share more than any one, and the shorter stretch is taken.
        (
            "The kettle is red. Nobody came. The kettle is new. Its guarantee lasts two years. Nobody left.",
            "How long does the guarantee of the kettle last?",
            "The kettle is new.",
        ),
    ],
)
def test_it_begins_where_most_of_the_question_is_shared(text: str, question: str, begins: str) -> None:
    document = document_from_text(text, id="d", path="d.txt")
    bot = scripted_bot([document, document_from_text("A kettle. A shop.", id="e", path="e.txt")], [])
    hit = next(one for one in bot.search(question) if one.passage.document is document)
    assert nearest_part(hit).of(text).startswith(begins)


def test_without_a_shared_word_it_is_the_beginning() -> None:
    document = document_from_text("No word is shared. Not here.", id="d", path="d.txt")
    (passage,) = scripted_bot([document], []).passages
    assert nearest_part(Hit(passage, 0.0, 1)).of(document.text) == document.text


def test_it_is_about_sixty_words_at_most() -> None:
    text = "The kettle " + "is very red and " * 10 + "new. " + "Nobody came by. " * 30
    document = document_from_text(text, id="d", path="d.txt")
    (hit,) = scripted_bot([document], []).search("Which kettle?")[:1]
    assert 57 <= len(nearest_part(hit).of(text).split()) <= 60
    long = document_from_text("The kettle " + "is red and " * 30 + "new. It boils.", id="d", path="d.txt")
    (hit,) = scripted_bot([long], []).search("Which kettle?")[:1]
    assert nearest_part(hit).of(long.text).endswith("new.")
