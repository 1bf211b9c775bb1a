"""The question sets of the tests say what stands in their documents."""

from __future__ import annotations

import pytest

from qabot.evaluation.questions import read_question_set
from tests.benchmarks import articles
from tests.benchmarks.forms import OTHERS, TESTS, bot_of, lines

FORMS = ("forms_build.jsonl", "forms_held_out.jsonl")


@pytest.mark.parametrize(("name", "counts"), [(FORMS[0], (200, 120)), (FORMS[1], (40, 40))])
def test_what_decides_and_what_is_listed_stands_in_the_document(name: str, counts: tuple[int, int]) -> None:
    kinds = []
    for line in lines(name):
        (document,) = bot_of(line["document"]).documents
        kinds.append(line["kind"])
        running = " ".join(document.text.split())
        accepted = [[line["sentence"]]] if line["kind"] == "sentence" else line["items"]
        for wordings in accepted:
            for words in [wordings] if isinstance(wordings, str) else wordings:
                assert " ".join(words.split()) in running
    assert (kinds.count("sentence"), kinds.count("item")) == counts


@pytest.mark.parametrize(("name", "count"), [("dialogues_build.jsonl", 204), ("dialogues_held_out.jsonl", 32)])
def test_the_golds_of_dialogues_stand_in_the_document(name: str, count: int) -> None:
    dialogues = list(lines(name))
    assert len(dialogues) == count
    for dialogue in dialogues:
        (read,) = bot_of(dialogue["document"]).documents
        running = " ".join(read.text.split())
        assert 3 <= len(dialogue["turns"]) <= 6
        for turn in dialogue["turns"]:
            assert any(answer in running for answer in turn["answers"])


def test_no_question_is_in_both_halves() -> None:
    build, held_out = ({line["question"] for line in lines(name)} for name in FORMS)
    assert not build & held_out


@pytest.mark.parametrize("document", OTHERS)
def test_golds_stand_in_the_document(document: str) -> None:
    (read,) = bot_of(document).documents
    questions = read_question_set(TESTS / "questions" / f"{document.split('.')[0]}.jsonl").questions
    running = " ".join(read.text.split())
    assert all(answer in running for one in questions for answer in one.answers[:1])
    assert sum(not one.answers for one in questions) == 9


@pytest.mark.parametrize("name", articles.NAMES)
def test_the_golds_of_articles_stand_in_them(name: str) -> None:
    text = (articles.FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    questions = read_question_set(articles.FOLDER / f"{name}.jsonl", strict=True).questions
    assert all(answer in text for one in questions for answer in one.answers)
    assert len({one.question for one in questions}) == 86
    assert sum(not one.answers for one in questions) == 26
