"""Questions as people type them: ``python -m tests.benchmarks.robustness [LIMIT]`` (needs ``$QABOT_DATA``).

Asks LIMIT questions (1,000) of SQuAD's ``dev-v1.1.json``, seed 7, each of its own passage: as they stand, without their question
marks, in lower case, and with one slip of the hand in a content word. Prints the F1 of the best candidates.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from qabot.assembly import bot_for
from qabot.evaluation.edits import misspell
from qabot.evaluation.questions import read_question_set
from qabot.evaluation.report import Report, gold_rule
from qabot.evaluation.run import evaluate_gold_passages, sample

SEED = 7


def edits() -> dict[str, Callable[[str], str]]:
    """Each way to write a question, the clean one first."""
    rng = random.Random(SEED)
    return {
        "as it stands": lambda question: question,
        "without question mark": lambda question: question.rstrip("? "),
        "lower case": str.lower,
        "one slip": lambda question: misspell(question, rng),
    }


def main(limit: int) -> None:
    """Print a row for every way."""
    question_set = read_question_set(Path(os.environ["QABOT_DATA"]) / "dev" / "squad-v1.1-dev.json.gz")
    asked = sample(question_set.questions, limit, SEED)
    print("| question | best F1 | less than clean |")
    print("|---|---|---|")
    clean = 0.0
    for name, edit in edits().items():
        edited = [replace(one, question=edit(one.question)) for one in asked]
        judged = tuple(evaluate_gold_passages(bot_for, question_set.documents, edited))
        best = Report(judged, len(question_set.documents), 1, gold_rule(judged), 0.0).metrics["best_f1"] or 0.0
        clean = clean or best
        print(f"| {name} | {best:.1f} | {clean - best:.1f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
