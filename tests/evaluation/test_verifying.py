from __future__ import annotations

import json

import pytest

from qabot.cli.reply_json import reply_object
from qabot.errors import QuestionSetError
from qabot.evaluation.verifying import Claim, Status, claims_of, verify
from qabot.ingest.reading import document_from_text
from qabot.records import Document
from tests.samples import HARBOUR, harbour, scripted_bot


def claim(words: str = "4.2 million euros") -> Claim:
    reply = scripted_bot([harbour()], [(words, 0.9)]).ask("What did the repair of the harbour cost?")
    (one,) = claims_of("a.jsonl", 1, json.loads(json.dumps(reply_object(reply, id="x", top=1, elapsed_ms=1))))
    return one


def today(text: str) -> Document:
    return document_from_text(text, id="harbour.md", path="harbour.md", suffix=".md")


def test_what_has_not_changed_is_still_there() -> None:
    verdict = verify(claim(), harbour())
    assert (verdict.status, verdict.location) == (Status.THERE, claim().location)
    # What comes behind it plays no part.
    assert verify(claim(), today(HARBOUR + "\nMore.\n")).status == Status.THERE


def test_what_stands_elsewhere_has_moved_with_a_new_line_and_column() -> None:
    one = claim()
    verdict = verify(one, today("New first line.\n\n" + HARBOUR))
    assert verdict.status == Status.MOVED
    assert verdict.location is not None
    assert (verdict.location.line, verdict.location.column) == (one.location.line + 2, one.location.column)


def test_lines_that_are_broken_anew_are_a_move_not_a_change() -> None:
    text = HARBOUR.replace("put the cost at 4.2 million euros", "put the\ncost at 4.2\nmillion euros")
    verdict = verify(claim(), today(text))
    assert verdict.status == Status.MOVED
    assert verdict.location is not None
    assert text.splitlines()[verdict.location.line - 1][verdict.location.column - 1 :] == "4.2"


def test_of_several_places_the_nearest_is_meant() -> None:
    sentence = claim().sentence
    verdict = verify(claim(), today(f"{sentence}\n\nX. {HARBOUR}"))
    assert verdict.location is not None
    assert verdict.location.line == claim().location.line + 2


def test_a_sentence_that_reads_otherwise_is_changed_and_shown() -> None:
    verdict = verify(claim(), today(HARBOUR.replace("4.2 million", "5 million")))
    assert (verdict.status, "at 5 million euros" in verdict.now) == (Status.CHANGED, True)
    assert verify(claim(), today(HARBOUR.replace("The mayor, Ilse", "Mayor Ilse"))).status == Status.CHANGED


def test_what_is_no_more_is_gone() -> None:
    text = HARBOUR[: HARBOUR.index("The harbour will be")]
    assert verify(claim(), today(text)).status == Status.GONE
    verdict = verify(claim(), None, "no such file")
    assert (verdict.status, verdict.location, verdict.now) == (Status.GONE, None, "no such file")


def test_lines_without_an_answer_claim_nothing() -> None:
    assert list(claims_of("a", 1, {"schema": 1, "line": 3, "error": "the question is empty"})) == []
    assert list(claims_of("a", 1, {"question": "Who?", "answers": []})) == []


@pytest.mark.parametrize("change", ["no answers", "other words", "sentence elsewhere", "no span"])
def test_a_line_that_is_no_reply_is_named(change: str) -> None:
    reply = scripted_bot([harbour()], [("4.2 million euros", 0.9)]).ask("What did the repair of the harbour cost?")
    item = json.loads(json.dumps(reply_object(reply, id=None, top=1, elapsed_ms=1)))
    if change == "no answers":
        del item["answers"]
    elif change == "other words":
        item["answers"][0]["text"] = "nine million crowns"
    elif change == "sentence elsewhere":
        item["answers"][0]["sentence"] = "Nothing."
    else:
        item["answers"][0]["source"]["start"] = 10_000
    with pytest.raises(QuestionSetError, match=r"answers\.jsonl:7: is not an answer"):
        list(claims_of("answers.jsonl", 7, item))
