from __future__ import annotations

import pytest

from qabot.text.spelling import mend, mendings
from qabot.text.terms import term_of, words

DOCUMENT = (
    "The foreign minister met Wang Yi in Nyingchi. An ambassador was named; the Ministers agreed. The harvest failed. Field work."
)
VOCABULARY = {word: term_of(word) for _, word in words(DOCUMENT)}


def mended(question: str, *real: str) -> str:
    return mend(question, mendings(question, VOCABULARY, set(real).__contains__))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Who is the minster?", "Who is the minister?"),  # dropped
        ("Who is the foriegn minister?", "Who is the foreign minister?"),  # swapped
        ("Who is the foreiggn minister?", "Who is the foreign minister?"),  # doubled
        ("Who is the foreogn minister?", "Who is the foreign minister?"),  # a key beside
        ("Who is the ofreign minister?", "Who is the foreign minister?"),  # the first two swapped
        ("What happened in Nyngchi?", "What happened in Nyingchi?"),
        ("what happened in nyingchii", "what happened in Nyingchi"),
        ("Who was the ambasador named in nyinchi?", "Who was the ambassador named in Nyingchi?"),
        ("Who was the ambasadr?", "Who was the ambassador?"),  # two slips in a long word
    ],
)
def test_a_slip_is_mended(written: str, meant: str) -> None:
    assert mended(written) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Who is the foreign minister?",
        "Which ministers met?",  # another form of a word that stands there
        "Who is the forty-first minister?",
        "Who lost the hrvst?",  # two slips in a short word
        "Who can wield it?",  # another first letter: no slip of "field"
        "Who won the 1931x prize?",
        "Where is Wnag?",  # too short to tell
        "When was the sinister plot?",  # a word of its own
        "министр",
    ],
)
def test_what_is_no_slip_is_left(question: str) -> None:
    assert mended(question, "sinister") == question


def test_a_word_of_the_language_is_left_though_a_near_one_stands_in_the_documents() -> None:
    assert mended("Which harvest fuiled?") == "Which harvest fuiled?".replace("fuiled", "failed")
    assert mended("Which harvest foiled?", "foiled") == "Which harvest foiled?"


def test_a_mending_says_where_and_what() -> None:
    question = "Is the minster in Nyingchi?"
    (found,) = mendings(question, VOCABULARY, lambda _: False)
    assert (found.span.of(question), found.written, found.meant) == ("minster", "minster", "minister")


def test_the_case_of_the_question_chooses_between_forms() -> None:
    assert mended("Which Ministres agreed?") == "Which Ministers agreed?"
    assert mended("which ministr agreed?") == "which minister agreed?"


def test_no_documents_no_mending() -> None:
    assert mendings("Who is the minster?", {}, lambda _: False) == []
