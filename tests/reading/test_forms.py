from __future__ import annotations

from dataclasses import replace

import pytest

from qabot.ingest.passages import cut_passages
from qabot.ingest.reading import document_from_text
from qabot.reading.forms import in_form
from qabot.records import Answer, Span
from tests.building import answer, passage

TEXT = "Ships came from Latvia, Estonia and Finland."


def test_a_list_question_gets_each_item_of_the_best_candidate() -> None:
    of = passage(TEXT)
    best, other = answer(of, "Latvia, Estonia and Finland"), answer(of, "Ships", confidence=0.1)
    formed = in_form("Which countries sent ships?", [best, other])
    assert [(one.text, one.kind) for one in formed] == [
        ("Latvia", "item"),
        ("Estonia", "item"),
        ("Finland", "item"),
        ("Ships", "span"),
    ]
    assert {one.confidence for one in formed[:3]} == {best.confidence}


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Quayside Ltd, the landlord, and Brandt & Daughters, the tenant", ["Quayside Ltd", "Brandt & Daughters"]),
        ("the Kittiwake, the old ferry and a tug", ["the Kittiwake", "the old ferry", "a tug"]),
        ("Iceland, the Faroe Islands & parts of Norway", ["Iceland", "the Faroe Islands", "parts of Norway"]),
    ],
)
def test_what_a_name_is_said_to_be_is_no_item(text: str, items: list[str]) -> None:
    best = answer(passage(text), text)
    assert [one.text for one in in_form("Which countries or parties signed?", [best])] == items


def test_a_list_question_with_one_thing_to_say_gets_that() -> None:
    best = answer(passage(TEXT), "Latvia")
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


def test_three_things_are_items_where_one_or_several_might_be_asked_for() -> None:
    best = answer(passage(TEXT), "Latvia, Estonia and Finland")
    formed = in_form("Where did the ships come from?", [best])
    assert [(one.text, one.kind) for one in formed] == [("Latvia", "item"), ("Estonia", "item"), ("Finland", "item")]


def test_what_the_reader_hardly_takes_for_an_answer_is_not_parted_then() -> None:
    best = answer(passage(TEXT), "Latvia, Estonia and Finland", margin=-1.0)
    assert in_form("Where did the ships come from?", [best]) == [best]


@pytest.mark.parametrize(
    "words",
    [
        "London, Ontario, Canada",
        "Smith, Jones and Co.",
        "Ann Lee, 45, a lawyer and mother",
        "dry, however, and cold",
        "if it rained, they would stay, or leave",
    ],
)
def test_one_thing_with_commas_in_it_stays_one(words: str) -> None:
    best = answer(passage(f"It was {words}"), words)
    assert in_form("Where was it?", [best]) == [best]


@pytest.mark.parametrize("words", ["Estonia and Finland", "Finland"])
def test_fewer_are_not(words: str) -> None:
    best = answer(passage(TEXT), words)
    assert in_form("Where did the ships come from?", [best]) == [best]


def test_another_question_keeps_its_candidates() -> None:
    best = answer(passage(TEXT), "Latvia, Estonia and Finland")
    assert in_form("Why did the ships come?", [best]) == [best]
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


def test_items_carry_no_agreement_of_the_whole() -> None:
    of = passage(TEXT)
    best = answer(of, "Latvia, Estonia and Finland")
    twice = Answer(best.passage, best.span, "span", 1.0, 0.5, best.evidence, agreeing=(best,))
    assert all(not one.agreeing for one in in_form("Which countries sent ships?", [twice]))


def test_single_names_or_figures_of_one_sentence_are_items_when_none_is_far_behind() -> None:
    of = passage("The lease begins on 1 April 2022 and ends on 31 March 2029, says Ilse Brandt.")
    best, other, name = (answer(of, words) for words in ("31 March 2029", "1 April 2022", "Ilse Brandt"))
    formed = in_form("What are the dates on which it begins and ends?", [best, name, other])
    assert [(one.text, one.kind) for one in formed] == [
        ("1 April 2022", "item"),
        ("31 March 2029", "item"),
        ("Ilse Brandt", "span"),
    ]
    far = Answer(other.passage, other.span, "span", other.score, 0.1, replace(other.evidence, margin=best.evidence.margin - 6))
    assert [one.kind for one in in_form("What are the dates on which it begins and ends?", [best, far])] == ["span", "span"]


def test_a_part_of_a_name_is_no_second_item() -> None:
    of = passage("Airlines fly, and Aegean Airlines won, says Lund.")
    first, second = answer(of, "Aegean Airlines"), Answer(of, Span(0, 8), "span", 1.0, 0.1, answer(of, "Lund").evidence)
    assert [one.kind for one in in_form("Which airlines won?", [first, second])] == ["span", "span"]


def test_what_the_question_says_itself_is_no_item() -> None:
    of = passage("Status 4 means that the store is full; status 5, that the key is wrong.")
    best = answer(of, "the store is full; status 5, that the key is wrong")
    formed = in_form("Which problems do the statuses 4 and 5 stand for?", [best])
    assert [one.text for one in formed] == ["the store is full", "the key is wrong"]


MAILS = "If all attempts fail, it sends a mail to the address in alert_to and exits with status 3. Nobody is woken."


@pytest.mark.parametrize("behind", ["exits with status 3", "alert_to and exits with status 3"])
def test_what_the_first_candidate_and_one_close_behind_coordinate_is_a_list(behind: str) -> None:
    of = passage(MAILS)
    near = [answer(of, "sends a mail to the address", margin=2.7), answer(of, behind, margin=0.4)]
    formed = in_form("Which actions does it take once all attempts have failed?", near)
    assert [one.text for one in formed if one.kind == "item"] == [
        "sends a mail to the address in alert_to",
        "exits with status 3",
    ]
    far = [near[0], answer(of, behind, margin=0.1)]
    assert in_form("Which actions does it take once all attempts have failed?", far) == far


def test_candidates_of_two_sentences_coordinate_nothing() -> None:
    of = passage("It sends a mail and waits. Nobody is woken.")
    near = [answer(of, "waits", margin=2.7), answer(of, "Nobody is woken", margin=2.5)]
    assert in_form("Which actions does it take?", near) == near
