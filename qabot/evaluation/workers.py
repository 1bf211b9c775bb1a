"""A question set shared among processes: each makes its own Bot, and what comes back is in the order it was asked."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, NoReturn

from qabot.errors import QabotError
from qabot.evaluation.judging import Judged
from qabot.evaluation.question import Question
from qabot.evaluation.run import Ask

_AHEAD = 4  # questions a worker that are handed out before the first of them must be back

_ask: Ask | None = None  # a worker's own, made once


def share(make: Callable[[], Ask], questions: Iterable[Question], jobs: int) -> Iterator[Judged]:
    """Judge ``questions`` in ``jobs`` processes, lazily and in order; ``make`` (picklable) is called once in each of them.

    No time is measured: the processes take it from each other. Raises QabotError when a process dies, and SystemExit when this
    one is told to end (SIGTERM).
    """
    with _ending_in_order():
        yield from _shared(make, questions, jobs)


def _shared(make: Callable[[], Ask], questions: Iterable[Question], jobs: int) -> Iterator[Judged]:
    # Not forked: threads of the model would be lost in a copy of this process.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(make,))
    waiting: deque[Future[Judged]] = deque()
    try:
        for question in questions:
            waiting.append(_submitted(pool, question))
            if len(waiting) >= _AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise QabotError("a worker process died; there may be too little memory: ask again with fewer --jobs") from error
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """Make SIGTERM an exception, so that the processes are ended and nothing of theirs stays behind."""
    before: Any = signal.getsignal(signal.SIGTERM)
    try:
        signal.signal(signal.SIGTERM, _end)
    except ValueError:  # not the main thread: signals come elsewhere
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(number: int, _frame: object) -> NoReturn:
    raise SystemExit(128 + number)


def _submitted(pool: ProcessPoolExecutor, question: Question) -> Future[Judged]:
    """Hand ``question`` out. Processes begin with the first one: they must not hear Ctrl-C, which is for this one to answer."""
    before: Any = signal.getsignal(signal.SIGINT)
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not the main thread: Ctrl-C comes elsewhere
        return pool.submit(_judge, question)
    try:
        return pool.submit(_judge, question)
    finally:
        signal.signal(signal.SIGINT, before)


def _begin(make: Callable[[], Ask]) -> None:
    global _ask
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()
    _ask = make()


def _follow_parent() -> None:
    """Wait for the parent's end, however it comes, and end too: nobody is left to take what is judged here."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _judge(question: Question) -> Judged:
    if _ask is None:
        raise RuntimeError("the worker was not begun")
    return replace(_ask(question), milliseconds=None, retrieve_ms=None, read_ms=None)
