"""Ask a Bot every question of a set, in this process or shared among several."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from qabot.answering import Bot
from qabot.evaluation.judging import Judged, judge, judge_retrieval
from qabot.evaluation.question import Question
from qabot.records import Document

BotFactory = Callable[[Sequence[Document]], Bot]
Ask = Callable[[Question], Judged]


def sample(questions: Sequence[Question], limit: int | None, seed: int) -> list[Question]:
    """``limit`` questions drawn by ``seed``, in their order in the set; all of them without a limit."""
    if limit is None or limit >= len(questions):
        return list(questions)
    chosen = sorted(random.Random(seed).sample(range(len(questions)), limit))  # noqa: S311 - a sample, not a secret
    return [questions[number] for number in chosen]


def asker(bot: Bot, *, threshold: float | None = None, read: bool = True) -> Ask:
    """Ask ``bot`` a question and judge what comes. Without ``read`` only the retrieval is asked and measured."""

    def ask(question: Question) -> Judged:
        began = time.perf_counter()
        if read:
            reply = bot.ask(question.question, threshold=threshold)
            return judge(question, reply, 1000 * (time.perf_counter() - began))
        hits = bot.search(question.question)
        return judge_retrieval(question, hits, 1000 * (time.perf_counter() - began))

    return ask


def gold_passage_asker(bot_for: BotFactory, documents: Sequence[Document], *, threshold: float | None = None) -> Ask:
    """Ask each question of its own document alone (reading comprehension without retrieval), as SQuAD is usually scored.

    The function raises ValueError for a question that names no document of ``documents``.
    """
    by_id = {document.id: document for document in documents}
    bots: dict[str, Bot] = {}

    def ask(question: Question) -> Judged:
        if question.document not in by_id:
            raise ValueError(f"question {question.id} has no document of its own")
        if question.document not in bots:
            bots.clear()  # only the last is kept: sets go context by context
            bots[question.document] = bot_for([by_id[question.document]])
        return asker(bots[question.document], threshold=threshold)(question)

    return ask


def evaluate(bot: Bot, questions: Iterable[Question], *, threshold: float | None = None, read: bool = True) -> Iterator[Judged]:
    """Ask ``questions`` one by one, lazily. Without ``read`` only the retrieval is asked and measured."""
    return map(asker(bot, threshold=threshold, read=read), questions)


def evaluate_gold_passages(
    bot_for: BotFactory, documents: Sequence[Document], questions: Iterable[Question], *, threshold: float | None = None
) -> Iterator[Judged]:
    """Ask ``questions`` one by one, lazily, each of its own document; see ``gold_passage_asker``."""
    return map(gold_passage_asker(bot_for, documents, threshold=threshold), questions)


def without_places(question: Question) -> Question:
    """``question`` as asked of other documents than its set's own: its answers' places mean nothing there."""
    return replace(question, document=None, places=())
