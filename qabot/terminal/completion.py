"""What Tab offers: commands with what they do, paths, names of documents, words that stand in the documents."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document as Buffer

from qabot.ingest.places import display_name
from qabot.terminal import commands
from qabot.terminal.dialogue import Dialogue
from qabot.terminal.safe import one_line

_SHORTEST = 3  # letters that are typed before words are offered
_MOST_WORDS = 8
_TYPED_WORD = re.compile(r"[^\W_]+$")


class ChatCompleter(Completer):
    """Completes the line that is typed in ``dialogue``."""

    def __init__(self, dialogue: Dialogue) -> None:
        self._dialogue = dialogue
        self._paths = PathCompleter(expanduser=True)
        self._words: list[tuple[str, str]] = []
        self._words_of: Mapping[str, str] | None = None

    def get_completions(self, document: Buffer, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Commands that begin as the line does; behind one, what it takes; words of the documents elsewhere."""
        typed = document.text_before_cursor
        name, behind, rest = typed.partition(" ")
        if name.startswith("/") and not behind:
            return self._commands(name)
        command = commands.find(name)
        if command is not None and command.takes in {"PATH", "FILE"}:
            return self._paths.get_completions(Buffer(rest.lstrip()), complete_event)
        if command is not None and command.takes == "NAME":
            return self._documents(rest.lstrip())
        if command is None or command.takes in {"QUESTION", "TEXT"}:
            return self._vocabulary(typed)
        return ()

    def _commands(self, typed: str) -> Iterator[Completion]:
        for command in commands.COMMANDS:
            if command.name.startswith(typed.lower()):
                yield Completion(command.name, start_position=-len(typed), display=command.usage, display_meta=command.help)

    def _documents(self, typed: str) -> Iterator[Completion]:
        bot = self._dialogue.ready
        for document in bot.documents if bot else ():
            if document.path.startswith(typed) or display_name(document.path).startswith(typed):
                title = one_line(document.title)
                yield Completion(document.path, start_position=-len(typed), display=one_line(document.path), display_meta=title)

    def _vocabulary(self, typed: str) -> Iterator[Completion]:
        match = _TYPED_WORD.search(typed)
        if match is None or len(match.group()) < _SHORTEST:
            return
        begun = match.group().casefold()
        words = self._sorted_words()
        at = bisect_left(words, (begun, ""))
        offered = 0
        while at < len(words) and words[at][0].startswith(begun) and offered < _MOST_WORDS:
            folded, word = words[at]
            at += 1
            if folded != begun:
                offered += 1
                yield Completion(word, start_position=-len(match.group()))

    def _sorted_words(self) -> list[tuple[str, str]]:
        """The words of the documents by their folded form, one of each; sorted once for each set of documents."""
        bot = self._dialogue.ready
        vocabulary = bot.retriever.vocabulary() if bot else {}
        if vocabulary is not self._words_of:
            unique = {word.casefold(): word for word in vocabulary if len(word) > _SHORTEST and one_line(word) == word}
            self._words, self._words_of = sorted(unique.items()), vocabulary
        return self._words
