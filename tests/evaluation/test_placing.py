from __future__ import annotations

import pytest

from qabot.evaluation.placing import place, same_document, unplaced
from qabot.evaluation.questions import Question
from qabot.evaluation.tokens import occurrences
from tests.building import document

ONE = document("It rained in May. The fair was in May, too.", id="notes/one.txt", title="One")
TWO = document("Nothing happened\nin May.", id="notes/two.txt", title="Two")


def asked(**more: str) -> Question:
    return Question("1", "When?", ("the May",), **more)  # type: ignore[arg-type]  # texts only


def texts(question: Question) -> list[str]:
    source = {one.id: one.text for one in (ONE, TWO)}
    return [span.of(source[question.document or ""]) for span in question.places]


def test_a_gold_document_gives_every_place_in_it_and_nowhere_else() -> None:
    placed = place(asked(document="two.txt"), [ONE, TWO])
    assert (placed.document, texts(placed)) == ("notes/two.txt", ["May"])
    assert texts(place(asked(document="One"), [ONE, TWO])) == ["May", "May"]


def test_a_gold_passage_gives_the_places_in_it_however_its_lines_break() -> None:
    placed = place(asked(passage="Nothing happened in May."), [ONE, TWO])
    assert (placed.document, texts(placed)) == ("notes/two.txt", ["May"])
    assert [span.start for span in place(asked(passage="The fair was in May"), [ONE, TWO]).places] == [34]


@pytest.mark.parametrize(
    "more", [{"document": "three.txt"}, {"passage": "No such words."}, {"document": "two.txt", "passage": "It rained"}]
)
def test_what_is_not_there_leaves_the_answers_to_count_anywhere_and_is_counted(more: dict[str, str]) -> None:
    question = asked(**more)
    placed = place(question, [ONE, TWO])
    assert (placed.document, placed.places) == (None, ())
    assert unplaced([question], [placed]) == 1
    assert unplaced([asked()], [place(asked(), [ONE])]) == 0


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("notes/one.txt", True),
        ("one.txt", True),
        ("/home/me/notes/one.txt", True),
        ("./one.txt", True),
        ("ne.txt", False),
        ("x/one.txt", False),
    ],
)
def test_a_document_is_known_by_the_end_of_its_path(name: str, same: bool) -> None:
    assert same_document(name, ONE) is same


def test_occurrences_are_whole_tokens_as_squad_normalises_them() -> None:
    text = "The U.S. team, a US team; USA."
    assert [span.of(text) for span in occurrences(text, "US team")] == ["U.S. team", "US team"]
    assert [span.of(text) for span in occurrences(text, "U.S. team")] == ["U.S. team", "US team"]
    assert [span.of("In **May**, at *$5*.") for span in occurrences("In **May**, at *$5*.", "May")] == ["May"]
    assert [span.of("At *$5*.") for span in occurrences("At *$5*.", "5")] == ["$5"]
    assert [span.of("The U.S., he said.") for span in occurrences("The U.S., he said.", "U.S.")] == ["U.S."]
    assert list(occurrences(text, "the")) == []
