"""Each wrong answer lands in one bucket, the one that a person would name."""

from __future__ import annotations

import pytest

from qabot.evaluation.buckets import Bucket
from qabot.evaluation.failures import UNTAGGED, by_bucket, by_question_word, by_tag
from qabot.evaluation.judging import judge
from qabot.evaluation.question_words import question_word
from qabot.evaluation.questions import Question
from qabot.evaluation.run import asker
from qabot.records import Hit, Reply
from tests.building import answer, document, passage, placed
from tests.samples import harbour, scripted_bot

HERE = passage("Mayor Ilse Brandt put the cost of the repair at 4.2 million euros on 3 March.", id="here")
THERE = passage("The mayor of Lund spoke of 9 million crowns.", id="there")
GOLD = "4.2 million euros"


def bucket(
    golds: tuple[str, ...], said: str, *, of: object = HERE, hits: tuple[object, ...] = (HERE, THERE), sure: float = 0.9
) -> object:
    candidates = (answer(of, said, confidence=sure),) if said else ()  # type: ignore[arg-type]
    found = tuple(Hit(one, 1.0, rank) for rank, one in enumerate(hits, start=1))  # type: ignore[arg-type]
    return judge(Question("1", "What did it cost?", golds), Reply("?", None, candidates, found, 0.5), 1.0).bucket


def test_each_bucket_has_its_case() -> None:
    assert bucket((GOLD,), GOLD) is None
    assert bucket((), GOLD) == Bucket.ANSWERED
    assert bucket((), GOLD, sure=0.1) is None
    assert bucket((GOLD,), GOLD, sure=0.1) == Bucket.REFUSED
    assert bucket((GOLD,), "", hits=(THERE,)) == Bucket.NOT_RETRIEVED
    assert bucket((GOLD,), "9 million crowns", of=THERE, hits=(THERE,)) == Bucket.NOT_RETRIEVED
    assert bucket((GOLD,), "9 million crowns", of=THERE) == Bucket.NOT_CHOSEN
    assert bucket((GOLD,), "4.2 million") == Bucket.TOO_SHORT
    assert bucket((GOLD,), "at 4.2 million euros on 3 March") == Bucket.TOO_LONG
    assert bucket((GOLD,), "the repair at 4.2 million") == Bucket.OVERLAPPING
    assert bucket((GOLD,), "3 March") == Bucket.WRONG_SPAN


def test_of_several_golds_the_nearest_decides() -> None:
    assert bucket(("Mayor Ilse Brandt", "Brandt"), "Ilse Brandt") == Bucket.TOO_SHORT
    assert bucket(("Brandt", "Mayor Ilse Brandt put the cost"), "Ilse Brandt") == Bucket.TOO_LONG


def test_a_passage_that_was_read_without_a_hit_counts_as_retrieved() -> None:
    assert bucket((GOLD,), GOLD, hits=(), sure=0.1) == Bucket.REFUSED


def test_the_places_of_a_set_decide_where_it_tells_them() -> None:
    text = "In May it rained; in May the fair was held."
    (own,) = (document(text, id="own"),)
    (of,) = (passage(text, id="own"),)
    question = Question("1", "When was the fair?", ("May the fair",), own.id, (placed(text, "May the fair"),))
    reply = Reply("?", None, (answer(of, "it rained", confidence=0.9),), (Hit(of, 1.0, 1),), 0.5)
    assert judge(question, reply, 1.0).bucket == Bucket.WRONG_SPAN


def test_every_wrong_question_is_in_one_bucket_and_every_part_counts_it() -> None:
    bot = scripted_bot([harbour()], [("4.2 million euros", 0.9)])
    ask = asker(bot)
    judged = [
        ask(Question("1", "What did the repair of the harbour cost?", ("4.2 million euros",), tags=("money",))),
        ask(Question("2", "Who is the mayor?", ("Ilse Brandt",), tags=("people", "money"))),
        ask(Question("3", "Who paid for the harbour?", ())),
    ]
    wrong = by_bucket(judged)
    assert {one.question.id for ones in wrong.values() for one in ones} == {"2", "3"}
    assert sum(map(len, wrong.values())) == 2
    words = {part.name: part for part in by_question_word(judged)}
    assert (words["who"].questions, words["who"].wrong, words["what"].wrong, words["what"].f1) == (2, 2, 0, 100.0)
    tags = {part.name: (part.questions, part.wrong) for part in by_tag(judged)}
    assert tags == {"money": (2, 1), "people": (1, 1), UNTAGGED: (1, 1)}
    assert by_tag(judged[2:]) == []


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Whose idea was it?", "who"),
        ("In what year?", "what"),
        ("How  much was paid?", "how many"),
        ("How is it done?", "how"),
        ("Did it rain?", "yes or no"),
        ("Name the mayor.", "other"),
    ],
)
def test_question_words(question: str, word: str) -> None:
    assert question_word(question) == word
