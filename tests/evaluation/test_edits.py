from __future__ import annotations

import random

from rapidfuzz.distance import OSA

from qabot.evaluation.edits import misspell, slip


def test_one_content_word_gets_one_slip() -> None:
    question = "Where did the ambassador meet their minister?"
    for seed in range(200):
        changed = misspell(question, random.Random(seed))
        pairs = [(a, b) for a, b in zip(question.split(), changed.split(), strict=True) if a != b]
        assert len(pairs) <= 1  # a swap of equal letters changes nothing
        for before, after in pairs:
            assert before in {"ambassador", "minister?"}
            assert OSA.distance(before, after) == 1
            assert before[0] == after[0]
            assert after.endswith("?") == before.endswith("?")


def test_equal_seeds_give_equal_slips_and_all_kinds_come_up() -> None:
    assert slip("minister", random.Random(5)) == slip("minister", random.Random(5))
    lengths = {len(slip("minister", random.Random(seed))) for seed in range(50)}
    assert lengths == {7, 8, 9}


def test_a_question_without_long_content_words_stays() -> None:
    assert misspell("Who would that be?", random.Random(1)) == "Who would that be?"
