"""What reading the best sentences once more brings and costs: ``python -m tests.benchmarks.closer_look``.

Asked of the documents of the tests and of ``qabot/training/unseen/``, on which the reader was not trained. For each number of
sentences read once more: F1 of the best candidate; how often a right one (F1 of half or more) is given more confidence than one
that is wrong or answers nothing (the area under the ROC curve; the weights were fitted with as many sentences as are read in
use); and the time to read.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

import qabot.training
from qabot.assembly import open_bot
from qabot.evaluation.judging import said
from qabot.evaluation.metrics import best_over_golds, f1
from qabot.reading import reader

TESTS = Path(__file__).parents[1]
UNSEEN = Path(qabot.training.__file__).parent / "unseen"
RIGHT = 0.5


def main() -> None:
    """Print the figures of no sentence to three."""
    asked = [*_asked(TESTS / "questions", TESTS / "documents"), *_asked(UNSEEN, UNSEEN)]
    for looks in range(4):
        reader.LOOKS = looks
        scores, sure, times = [], [], []
        for document, questions in asked:
            bot = open_bot([document])
            for question, answers in questions:
                reply = bot.ask(question)
                scores.append(best_over_golds(f1, said(reply.candidates), answers) if answers else None)
                sure.append(reply.candidates[0].confidence)
                times.append(reply.cost.read_ms)
        found = [score for score in scores if score is not None]
        right = np.array([score is not None and score >= RIGHT for score in scores])
        print(
            f"{looks} sentences: best F1 {100 * statistics.mean(found):.1f} of {len(found)}, "
            f"AUC {100 * area(np.array(sure), right):.1f} of {len(scores)}, {statistics.median(times):.0f} ms"
        )


def area(values: np.ndarray, right: np.ndarray) -> float:
    """The area under the ROC curve: how often a right one's value is above a wrong one's, equal ones counting half."""
    above = values[right][:, None] - values[~right][None, :]
    return float(np.mean((above > 0) + 0.5 * (above == 0)))


def _asked(questions: Path, documents: Path) -> Iterator[tuple[Path, Sequence[tuple[str, list[str]]]]]:
    for file in sorted(questions.glob("*.jsonl")):
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        plain = [line for line in lines if "question" in line and line.get("kind", "plain") in {"plain", "none"}]
        document = next((path for path in documents.glob(f"{file.stem}.*") if path != file), None)
        if document is not None:
            yield document, [(line["question"], line.get("answers", [])) for line in plain]


if __name__ == "__main__":
    main()
