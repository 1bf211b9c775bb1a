"""A Bot that is made behind the prompt, while the person types."""

from __future__ import annotations

import threading
from collections.abc import Callable

from qabot.answering import Bot


class LoadingError(Exception):
    """Nothing can be asked: what ``Loading.failure`` holds went wrong."""


class Loading:
    """Makes a Bot by ``make`` in a thread of its own, from ``start`` on; once a process, whoever asks for it.

    What ``make`` raises is kept in ``failure`` for the thread that can tell a person; ``news`` says whether there is anything
    to tell.
    """

    def __init__(self, make: Callable[[], Bot]) -> None:
        self.failure: Exception | None = None
        self.news = False
        self._make = make
        self._bot: Bot | None = None
        self._done = threading.Event()
        self._began = False
        self._calls: list[Callable[[], None]] = []
        self._lock = threading.Lock()

    @property
    def done(self) -> bool:
        """Whether there is a Bot, or a failure."""
        return self._done.is_set()

    @property
    def ready(self) -> Bot | None:
        """The Bot, None while there is none. Never waits."""
        return self._bot

    def start(self) -> None:
        """Begin, unless it has begun. Nothing heavy is imported before: the prompt shouldn't wait for it."""
        with self._lock:
            begun, self._began = self._began, True
        if not begun:
            threading.Thread(target=self._run, daemon=True, name="loading").start()

    def bot(self) -> Bot:
        """The Bot, as soon as it is there; Ctrl-C ends the waiting, not the making. Raises LoadingError where none will be."""
        self.start()
        self._done.wait()
        if self._bot is None:
            raise LoadingError from self.failure
        return self._bot

    def wait(self) -> None:
        """Wait until it is done."""
        self._done.wait()

    def when_done(self, call: Callable[[], None]) -> None:
        """Have ``call`` called when it is done, in the thread that makes the Bot; at once where it is done already."""
        with self._lock:
            if not self.done:
                self._calls.append(call)
                return
        call()

    def _run(self) -> None:
        try:
            self._bot = self._make()
        except Exception as error:  # noqa: BLE001 - whatever it is, the thread that holds the dialogue raises it again
            self.failure = error
        with self._lock:
            self._done.set()
            calls = tuple(self._calls)
        for call in calls:
            call()
