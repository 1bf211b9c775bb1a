"""Held-out questions asked in the settings that people ask in: what confidence, blend and threshold are fitted on."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qabot.answering import Bot
from qabot.assembly import bot_for
from qabot.evaluation.metrics import best_over_golds, f1
from qabot.evaluation.questions import Question, QuestionSet, read_question_set
from qabot.reading.confidence import FEATURES, gaps
from qabot.reading.reader import GAP_ALONE
from qabot.records import Document
from qabot.training.examples import HELD_OUT

log = logging.getLogger("qabot.training")

# A held-out question is asked of its own paragraph, of its own article, of all 32 articles together, and of an article that has
# nothing to do with it; one that was written for a whole document, of that (`own_documents`).
_HELD_OUT_SETTINGS = ("paragraph", "article", "pool", "foreign")
SETTINGS = (*_HELD_OUT_SETTINGS, "document")
_FOREIGN = 0.25  # the share of the questions that is asked of a foreign article
_RIGHT = 0.5  # F1 from which on a candidate counts as right

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """One question asked in one setting: its candidates' numbers and how right each would be.

    ``bm25``, ``f1`` and every one of ``features`` (without the gap, which depends on the blend): [candidates]. What was read once
    more was chosen by the blend of the model that was asked.
    """

    setting: str
    article: str
    answerable: bool
    bm25: Floats
    features: dict[str, Floats]
    f1: Floats

    def best(self, blend: float) -> tuple[int, float]:
        """The number of the candidate that ``blend`` puts first, and its gap."""
        scores = self.features["margin"] + blend * self.bm25
        first = int(np.argmax(scores))
        return first, gaps([float(score) for score in scores], GAP_ALONE)[first]

    def row(self, blend: float) -> list[float]:
        """The features of the candidate that ``blend`` puts first, in the order of ``FEATURES``."""
        first, gap = self.best(blend)
        return [gap if name == "gap" else float(self.features[name][first]) for name in FEATURES]

    def first_f1(self, blend: float) -> float:
        """The F1 of the candidate that ``blend`` puts first; 0 where the question has no answer."""
        return float(self.f1[self.best(blend)[0]])

    def right(self, blend: float) -> bool:
        """Whether the candidate that ``blend`` puts first counts as right."""
        return self.first_f1(blend) >= _RIGHT


class HeldOut:
    """The held-out articles with a Bot over all of them, and the questions of each."""

    def __init__(self, data: Path, model: Path, threads: int = 0) -> None:
        questions = read_question_set(data / HELD_OUT)
        self._bot = partial(bot_for, model=model, threads=threads)
        self._pool = self._bot(questions.documents)
        self._questions = _by_article(questions)
        self.articles: dict[str, list[Document]] = {}
        for document in questions.documents:
            self.articles.setdefault(document.title, []).append(document)

    def cases(self, title: str, limit: int | None, seed: int) -> list[Case]:
        """``limit`` questions of one article (all, when None) in every setting. The draw depends on seed and title alone."""
        rng = random.Random(f"{seed} {title}")
        documents, questions = self.articles[title], self._questions[title]
        chosen = questions if limit is None else rng.sample(questions, min(limit, len(questions)))
        other = rng.choice([name for name in self.articles if name != title])
        bots = {"article": self._bot(documents), "pool": self._pool, "foreign": self._bot(self.articles[other])}
        by_id = {document.id: document for document in documents}
        cases: list[Case] = []
        for question in sorted(chosen, key=lambda one: one.document or ""):
            bots["paragraph"] = self._bot([by_id[question.document or ""]])
            asked = [setting for setting in _HELD_OUT_SETTINGS if setting != "foreign" or rng.random() < _FOREIGN]
            cases += [case for setting in asked for case in cases_of(setting, title, bots[setting], question)]
        return cases


_held_out: HeldOut | None = None  # a worker's own


def collect(data: Path, model: Path, limit: int | None, seed: int, jobs: int = 1) -> list[Case]:
    """Ask every held-out question in every setting (``limit`` questions an article, when given), in ``jobs`` processes."""
    titles = list(dict.fromkeys(document.title for document in read_question_set(data / HELD_OUT).documents))
    cases: list[Case] = []
    with ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (data, model, 1 if jobs > 1 else 0)) as pool:
        found = pool.map(_asked, titles, repeat(limit), repeat(seed))
        for number, (title, some) in enumerate(zip(titles, found, strict=True), start=1):
            cases += some
            log.info("%2d of %d: %s, %d cases", number, len(titles), title, len(some))
    return cases


def _begin(data: Path, model: Path, threads: int) -> None:
    global _held_out
    _held_out = HeldOut(data, model, threads)


def _asked(title: str, limit: int | None, seed: int) -> list[Case]:
    if _held_out is None:
        raise RuntimeError("the worker was not begun")
    return _held_out.cases(title, limit, seed)


def _by_article(held_out: QuestionSet) -> dict[str, list[Question]]:
    titles = {document.id: document.title for document in held_out.documents}
    questions: dict[str, list[Question]] = {}
    for question in held_out.questions:
        if question.document is not None:
            questions.setdefault(titles[question.document], []).append(question)
    return questions


def cases_of(setting: str, article: str, bot: Bot, question: Question) -> Iterator[Case]:
    """The case of ``question`` asked of ``bot``, if anything was read at all."""
    candidates = bot.ask(question.question).candidates
    if candidates:
        answerable = bool(question.answers) and setting != "foreign"
        evidence = [one.evidence for one in candidates]
        yield Case(
            setting,
            article,
            answerable,
            np.array([one.retrieval_score for one in evidence]),
            {name: np.array([one.features[name] for one in evidence]) for name in FEATURES if name != "gap"},
            np.array([best_over_golds(f1, one.text, question.answers) if answerable else 0.0 for one in candidates]),
        )


def mean_f1(cases: Sequence[Case], setting: str, blend: float) -> float:
    """Mean F1 of the first candidates over the answerable cases of ``setting``, 0 to 1."""
    return float(np.mean([case.first_f1(blend) for case in cases if case.setting == setting and case.answerable]))
