from __future__ import annotations

from qabot.ingest.passages import cut_passages
from qabot.ingest.reading import document_from_text
from qabot.reading.surroundings import surroundings
from tests.building import placed

TEXT = (
    "The ferry was late. Nobody had seen the captain. The mayor of Tarnov is Ilse Brandt. She lives by the harbour. "
    "The fish market opens at six."
)


def test_surroundings_are_the_sentence_and_those_beside_it() -> None:
    (passage,) = cut_passages([document_from_text(TEXT, id="a.txt")])
    around = surroundings(passage, placed(TEXT, "Ilse Brandt"))
    assert around.of(TEXT) == ("Nobody had seen the captain. The mayor of Tarnov is Ilse Brandt. She lives by the harbour.")
    assert surroundings(passage, placed(TEXT, "ferry")).of(TEXT) == "The ferry was late. Nobody had seen the captain."
