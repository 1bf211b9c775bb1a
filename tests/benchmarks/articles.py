"""Eight articles that nobody prepared for: ``python -m tests.benchmarks.articles``.

Each came with 60 questions that it answers and 26 that it doesn't, half of these near misses; whoever wrote them had seen nothing
of the program, and nothing was trained, fitted or chosen by them. So it must stay: to tune on them is to need others. Prints what
`qabot eval` gives for each, and for all questions together.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qabot.assembly import open_bot
from qabot.evaluation.judging import Judged
from qabot.evaluation.questions import read_question_set
from qabot.evaluation.report import Report
from qabot.evaluation.run import evaluate

FOLDER = Path(__file__).parents[1] / "articles"
NAMES = ("accord", "dam", "geese", "grainhall", "nightrunner", "recall", "rinse", "ropemill")
_MEASURES = ("has_answer_f1", "no_answer", "hit@1", "hit@5", "ece")


def judged_of(name: str) -> Iterator[Judged]:
    """Every question about the article ``name``, asked and judged."""
    bot = open_bot([FOLDER / f"{name}.txt"])
    return evaluate(bot, read_question_set(FOLDER / f"{name}.jsonl", strict=True).questions)


def main() -> None:
    """Print the figures, a row an article."""
    print(f"| article | questions | {' | '.join(_MEASURES)} |\n|---|---|{'---|' * len(_MEASURES)}")
    found = {name: tuple(judged_of(name)) for name in NAMES}
    for name, judged in (found | {"together": tuple(one for every in found.values() for one in every)}).items():
        metrics = Report(judged, 1, 0, "", 0.0).metrics
        figures = (f"{metrics[measure]:.{3 if measure == 'ece' else 1}f}" for measure in _MEASURES)
        print(f"| {name} | {len(judged)} | {' | '.join(figures)} |", flush=True)


if __name__ == "__main__":
    main()
