"""Questions that people wrote for a whole document, asked of it: cases for fitting the confidence, beside the held-out ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qabot.assembly import open_bot
from qabot.evaluation.questions import read_question_set
from qabot.training.cases import Case, cases_of


def document_of(questions: Path) -> Path:
    """The document that ``questions`` are asked of: ``documents/NAME.*`` beside the folder of ``NAME.jsonl``.

    Raises FileNotFoundError when there is none, or more than one.
    """
    found = sorted((questions.parent.parent / "documents").glob(f"{questions.stem}.*"))
    if len(found) != 1:
        raise FileNotFoundError(f"{questions}: {len(found)} documents named {questions.stem}.* in ../documents, not one")
    return found[0]


def own_cases(sets: Sequence[Path], model: Path) -> list[Case]:
    """Every question of ``sets`` asked of its document; the document counts as the article.

    Raises FileNotFoundError and QuestionSetError for sets that can't be asked.
    """
    cases: list[Case] = []
    for file in sets:
        bot = open_bot([document_of(file)], model=model)
        asked = read_question_set(file, strict=True).questions
        cases += [case for question in asked for case in cases_of("document", file.stem, bot, question)]
    return cases
