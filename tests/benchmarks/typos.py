"""Slips of the hand: ``python -m tests.benchmarks.typos [LIMIT]`` (needs ``$QABOT_DATA``).

LIMIT questions (200) that have an answer, half of them of ``corpus/questions.jsonl`` about the shipped article (all, where there
are fewer), the others of ``unansq-dev.json``, each about its own context: as they stand, and with one slip (seed 7) in a content
word of at least five letters. Prints how many of the answers that were right without the slip are right with it.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from qabot.answering import Bot
from qabot.assembly import bot_for, open_bot
from qabot.evaluation.edits import misspell
from qabot.evaluation.judging import RIGHT_F1, said
from qabot.evaluation.metrics import best_over_golds, f1
from qabot.evaluation.questions import Question, read_question_set
from qabot.ingest.shipped import QUESTIONS, shipped_corpus
from tests.benchmarks.robustness import SEED

ASKED = 200
LEAST = 90.0


def right(bot: Bot, question: str, golds: Sequence[str]) -> bool:
    """Whether the best candidate has an F1 of at least 0.5; the threshold plays no part."""
    return best_over_golds(f1, said(bot.ask(question).candidates), golds) >= RIGHT_F1


def stays_right(asked: Sequence[tuple[Bot, Question]], rng: random.Random) -> tuple[int, int]:
    """How many are right as they stand, and how many of these with a slip."""
    clean = [(bot, one) for bot, one in asked if right(bot, one.question, one.answers)]
    kept = sum(right(bot, misspell(one.question, rng), one.answers) for bot, one in clean)
    return len(clean), kept


def fit(questions: Sequence[Question]) -> list[Question]:
    """The answerable questions that a slip can be made in."""
    rng = random.Random(SEED)
    return [one for one in questions if one.answers and misspell(one.question, rng) != one.question]


def main(limit: int) -> None:
    """Print a row for each half, and the whole."""
    rng = random.Random(SEED)
    article = open_bot()
    own = fit(read_question_set(shipped_corpus() / QUESTIONS).questions)
    others = read_question_set(Path(os.environ["QABOT_DATA"]) / "train" / "unansq-dev.json.gz")
    by_id = {document.id: document for document in others.documents}

    @cache
    def bot_of(id: str) -> Bot:
        return bot_for([by_id[id]])

    half = min(len(own), limit // 2)
    rest = [one for one in fit(others.questions) if one.document in by_id]
    sets = {
        "the shipped article": [(article, one) for one in rng.sample(own, half)],
        "unansq-dev, own contexts": [(bot_of(one.document or ""), one) for one in rng.sample(rest, limit - half)],
    }
    print("| questions | asked | right as they stand | of these right with a slip |")
    print("|---|---|---|---|")
    all_clean = all_kept = 0
    for name, asked in sets.items():
        clean, kept = stays_right(asked, rng)
        all_clean, all_kept = all_clean + clean, all_kept + kept
        print(f"| {name} | {len(asked)} | {clean} | {kept} ({100 * kept / clean:.1f}%) |")
    print(f"| both | {limit} | {all_clean} | {all_kept} ({100 * all_kept / all_clean:.1f}%; at least {LEAST}) |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ASKED)
