from __future__ import annotations

from dataclasses import replace

import pytest

from qabot.ingest.passages import cut_passages
from qabot.ingest.reading import document_from_text
from qabot.reading.forms import in_form
from qabot.reading.marking import Marking
from qabot.records import Answer, Span
from tests.building import answer, parted, passage, placed

TEXT = "Ships came from Latvia, Estonia and Finland."


COUNTRIES = "Latvia, Estonia and Finland"


def marked(text: str, words: str, lead: float = 20.0) -> Marking:
    """What ``words`` of ``text`` part, marked."""
    return Marking(tuple(parted(text, words)), lead)


def test_a_list_question_gets_each_thing_that_is_marked() -> None:
    of = passage(TEXT)
    best, other = answer(of, "Latvia"), answer(of, "Ships", confidence=0.1)
    formed = in_form("Which countries sent ships?", [best, other], marked(TEXT, COUNTRIES, lead=0.1))
    assert [(one.text, one.kind) for one in formed] == [
        ("Latvia", "item"),
        ("Estonia", "item"),
        ("Finland", "item"),
        ("Ships", "span"),
    ]
    assert {one.confidence for one in formed[:3]} == {best.confidence}


def test_a_list_question_with_one_thing_to_say_gets_that() -> None:
    best = answer(passage(TEXT), "Latvia")
    assert in_form("Which countries sent ships?", [best], marked(TEXT, "Latvia")) == [best]
    assert in_form("Which countries sent ships?", [best]) == [best]


VOTES = """\
# The inquiry

Three members of the council voted against it:

- Harold Finch
- Maria Lund, the deputy mayor;
- *Ole* Berg.

1. It passed.
2. They dined.
"""


@pytest.mark.parametrize("suffix", [".md", ".txt"])
@pytest.mark.parametrize("words", ["Maria Lund", "Three members of the council"])
def test_a_list_question_gets_the_lines_of_a_list(words: str, suffix: str) -> None:
    (of,) = [one for one in cut_passages([document_from_text(VOTES, id="a", suffix=suffix)]) if "Lund" in one.text]
    formed = in_form("Which members voted against the inquiry?", [answer(of, words), answer(of, "Harold Finch", confidence=0.2)])
    shown = [one.text.strip("*") for one in formed if one.kind == "item"]
    assert shown[:2] == ["Harold Finch", "Maria Lund, the deputy mayor"]
    assert "Berg" in shown[2]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Which officers wear hats?", "Maria Lund"),  # what stands above the list doesn't speak of it
        ("Which members dined?", "It passed"),
        ("Who voted against the inquiry?", "Maria Lund"),
    ],
)
def test_lines_of_a_list_that_is_not_asked_for_stay_out(question: str, words: str) -> None:
    (of,) = cut_passages([document_from_text(VOTES.replace("# The inquiry\n", ""), id="a", suffix=".md")])
    best = answer(of, words)
    assert in_form(question, [best]) == [best]


@pytest.mark.parametrize("words", [COUNTRIES, "Estonia and Finland"])
def test_what_is_clearly_several_things_is_shown_so_where_one_might_be_asked_for(words: str) -> None:
    best = answer(passage(TEXT), "Finland")
    formed = in_form("Where did the ships come from?", [best], marked(TEXT, words))
    assert [(one.text, one.kind) for one in formed] == [(span.of(TEXT), "item") for span in parted(TEXT, words)]


@pytest.mark.parametrize(
    ("best", "marking"),
    [
        ("Finland", marked(TEXT, COUNTRIES, lead=7.9)),
        ("Finland", marked(TEXT, "Finland")),
        ("Ships", marked(TEXT, COUNTRIES)),  # what is marked isn't what was found
        ("Finland", None),
    ],
)
def test_what_is_not_stays_one(best: str, marking: Marking | None) -> None:
    one = answer(passage(TEXT), best)
    assert in_form("Where did the ships come from?", [one], marking) == [one]


def test_another_question_keeps_its_candidates() -> None:
    best = answer(passage(TEXT), COUNTRIES)
    assert in_form("Why did the ships come?", [best], marked(TEXT, COUNTRIES)) == [best]
    assert in_form("Which countries sent ships?", []) == []


def test_a_yes_no_question_gets_the_deciding_sentence_once() -> None:
    text = "The council met. It has not approved the bridge. Then it dined."
    whole = passage(text)
    sentences = (Span(0, 16), Span(17, 48), Span(49, len(text)))
    cut = type(whole)(whole.document, whole.span, "", sentences)
    candidates = [answer(cut, "not approved"), answer(cut, "bridge", confidence=0.2), answer(cut, "dined", confidence=0.1)]
    formed = in_form("Has the council approved the bridge?", candidates)
    assert [(one.text, one.kind, one.confidence) for one in formed] == [
        ("It has not approved the bridge.", "sentence", 0.5),
        ("Then it dined.", "sentence", 0.1),
    ]


def test_no_sentence_is_named_twice_for_a_yes_no_question() -> None:
    text = "Nobody came, that is nobody at all. Nobody stayed. A dog barked."
    whole = passage(text)
    of = type(whole)(whole.document, whole.span, "", (Span(0, 35), Span(36, 50), Span(51, len(text))))
    agreeing = (answer(of, "nobody"), answer(of, "Nobody stayed"))
    candidates = [replace(answer(of, "Nobody"), agreeing=agreeing), answer(of, "stayed"), answer(of, "dog")]
    formed = in_form("Did anybody come?", candidates)
    assert [one.text for one in formed] == ["Nobody came, that is nobody at all.", "A dog barked."]
    assert [[one.text for one in each.agreeing] for each in formed] == [["Nobody stayed."], []]


def test_sentences_of_two_documents_are_two_though_they_stand_at_the_same_place() -> None:
    one, other = (cut_passages([document_from_text("Nobody came.", id=id)])[0] for id in "ab")
    formed = in_form("Did anybody come?", [replace(answer(one, "Nobody"), agreeing=(answer(other, "Nobody"),))])
    assert [place.document.id for place in (formed[0], *formed[0].agreeing)] == ["a", "b"]


def test_items_carry_no_agreement_of_the_whole() -> None:
    of = passage(TEXT)
    best = answer(of, "Latvia, Estonia and Finland")
    twice = Answer(best.passage, best.span, "span", 1.0, 0.5, best.evidence, agreeing=(best,))
    formed = in_form("Which countries sent ships?", [twice], marked(TEXT, COUNTRIES))
    assert [(one.kind, one.agreeing) for one in formed] == [("item", ())] * 3


def test_what_the_question_says_itself_is_no_item() -> None:
    of = passage("Status 4 means that the store is full; status 5, that the key is wrong.")
    text = of.document.text
    things = tuple(placed(text, words) for words in ("the store is full", "status 5", "the key is wrong"))
    formed = in_form("Which problems do the statuses 4 and 5 stand for?", [answer(of, "the store is full")], Marking(things, 9.0))
    assert [one.text for one in formed] == ["the store is full", "the key is wrong"]
