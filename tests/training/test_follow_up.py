from __future__ import annotations

import random

from qabot.records import Span
from qabot.training.follow_up import follow_up
from qabot.training.squad import Paragraph, TrainingQuestion

CONTEXT = "Ilse Brandt ran the mill at Arlen. She sold it in 1931. Tarnov had no mill. She died in Skerra; her son stayed."
OTHER = "The harbour of Tarnov is deep."


def asked(context: str, question: str, answer: str) -> TrainingQuestion:
    at = context.index(answer)
    return TrainingQuestion(question, question, (Span(at, at + len(answer)),))


ELSEWHERE = [Paragraph("Tarnov", OTHER, (asked(OTHER, "How is the harbour?", "deep"),))]


def made(*questions: TrainingQuestion) -> set[str]:
    """What the first of ``questions`` becomes beside the others of its paragraph."""
    paragraph = Paragraph("Mills", CONTEXT, questions)
    found = (follow_up(paragraph, questions[0], ELSEWHERE, random.Random(seed)) for seed in range(200))
    return {one for one in found if one is not None}


def test_a_name_that_was_given_before_becomes_a_pronoun() -> None:
    found = made(asked(CONTEXT, "Where did Ilse Brandt die?", "Skerra"), asked(CONTEXT, "Who ran the mill?", "Ilse Brandt"))
    assert "Who ran the mill? Ilse Brandt. Where did she die?" in found
    assert "Who ran the mill? Ilse Brandt. And where did she die?" in found


def test_behind_a_preposition_and_before_a_thing_it_takes_its_form() -> None:
    who = asked(CONTEXT, "Who ran the mill?", "Ilse Brandt")
    for question, answer, wanted in (
        ("What became of Ilse Brandt?", "died", "What became of her?"),
        ("Where did Ilse Brandt's son stay?", "Skerra", "Where did her son stay?"),
        ("When did she sell the mill?", "1931", "When did she sell it?"),
    ):
        assert any(one.endswith(wanted) for one in made(asked(CONTEXT, question, answer), who))


def test_a_question_word_alone_asks_the_question_before_it_anew() -> None:
    found = made(asked(CONTEXT, "When did she sell the mill?", "1931"))
    assert {"Did she sell the mill? When?", "Did she sell the mill? And when?"} <= found


def test_another_name_is_asked_about() -> None:
    found = made(asked(CONTEXT, "Who ran the mill at Arlen?", "Ilse Brandt"), asked(CONTEXT, "What did Tarnov have?", "no mill"))
    assert "Who ran the mill at Tarnov? no mill. What about Arlen?" in found


def test_some_stand_as_they_are_behind_something_else() -> None:
    found = made(asked(CONTEXT, "What happened in 1931?", "She sold it"))
    assert found == {"How is the harbour? deep. What happened in 1931?"}


def test_a_part_of_a_longer_name_and_a_month_stay() -> None:
    race = asked(CONTEXT, "What was the Arlen 500 in May?", "no mill")
    assert not any(
        one.endswith(("it 500 in May?", "in it?")) for one in made(race, asked(CONTEXT, "What is Arlen in May?", "mill"))
    )
