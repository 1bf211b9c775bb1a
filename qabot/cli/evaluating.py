"""What ``eval`` and ``calibrate`` share: the documents and questions at hand, and asking them all, in one process or several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeVar

from qabot.assembly import bot_for, searcher_for
from qabot.cli.context import Context
from qabot.errors import QuestionSetError
from qabot.evaluation.judging import Judged
from qabot.evaluation.placing import place, unplaced
from qabot.evaluation.question import Question, QuestionSet
from qabot.evaluation.run import Ask, asker, gold_passage_asker
from qabot.evaluation.workers import share
from qabot.ingest.shipped import ARTICLE, shipped_corpus
from qabot.reading.rescaling import Rescaling
from qabot.records import Document

Mode = Literal["ask", "gold-passage", "retrieval-only"]
_Item = TypeVar("_Item")
_MOST_PROBLEMS = 20  # bad lines that are named one by one


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents to ask and the questions, placed in them; ``own`` says that the set brought the documents itself."""

    documents: Sequence[Document]
    questions: Sequence[Question]
    own: bool
    failed: bool = False


def tell_problems(context: Context, name: str, problems: Sequence[QuestionSetError], served: int, what: str = "asked") -> None:
    """A line for each bad line (the first 20), and how many there are."""
    for problem in problems[:_MOST_PROBLEMS]:
        context.error(str(problem))
    if len(problems) > _MOST_PROBLEMS:
        context.error(f"{name}: and {len(problems) - _MOST_PROBLEMS:,} more")
    if problems:
        context.error(f"{name}: {len(problems):,} left out, {served:,} {what}")


def corpus_of(context: Context, name: str, question_set: QuestionSet, paths: Sequence[str]) -> Corpus:
    """The documents of ``paths``; without any those that the set carries, else the shipped article (never the environment's)."""
    if question_set.documents and not paths:
        return Corpus(question_set.documents, question_set.questions, own=True)
    sources, failed = context.read(paths or [str(shipped_corpus() / ARTICLE)])
    # A set that carries documents speaks of places in those, not in these.
    questions = [place(question, sources.documents) for question in question_set.questions]
    lost = 0 if question_set.documents else unplaced(question_set.questions, questions)
    if lost:
        what = f"{lost:,} question{'s' if lost != 1 else ''} name{'' if lost != 1 else 's'} a document or passage"
        context.warn(f"{name}: {what} without their answers among what is asked; these answers count anywhere")
    return Corpus(sources.documents, questions, own=False, failed=failed)


def make_ask(
    mode: Mode, documents: Sequence[Document], rescaling: Rescaling | None, threshold: float | None, threads: int
) -> Ask:
    """What asks one question and judges it: made in a worker process, or in this one."""
    if mode == "retrieval-only":
        return asker(searcher_for(documents), read=False)
    bot_of = partial(bot_for, threshold=threshold, rescaling=rescaling, threads=threads)
    return gold_passage_asker(bot_of, documents) if mode == "gold-passage" else asker(bot_of(documents))


def judging(make: Callable[[int], Ask], questions: Sequence[Question], jobs: int) -> Iterator[Judged]:
    """Each of ``questions`` judged, lazily and in order. ``make`` is given how many threads the model may use, and must be
    picklable for more than one job.
    """
    if jobs > 1:
        return share(partial(make, 1), questions, jobs)
    return map(make(0), questions) if questions else iter(())


def collect(context: Context, found: Iterable[_Item], total: int) -> tuple[list[_Item], bool]:
    """All of ``found``, or as many as there are when Ctrl-C comes: then the flag is set. With a bar on standard error where that
    is a terminal that takes escapes.
    """
    done: list[_Item] = []
    try:
        for one in _progress(context, found, total):
            done.append(one)  # noqa: PERF402 - what was done must be there after an interruption
    except KeyboardInterrupt:
        return done, True
    return done, False


def _progress(context: Context, found: Iterable[_Item], total: int) -> Iterable[_Item]:
    from qabot.terminal.console import has_style

    console = context.error_console()
    if context.quiet or not context.stderr.isatty() or not has_style(console):
        return found
    from rich.progress import track

    return track(found, description="asking", total=total, console=console, transient=True)
