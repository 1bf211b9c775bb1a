"""A dialogue: questions that lean on the turns before them are asked as what they stand for."""

from __future__ import annotations

from dataclasses import replace

from qabot.answering import Bot, check_question
from qabot.errors import QuestionError
from qabot.records import Reply
from qabot.text.followups import Turn, leans, resolve
from qabot.text.mentions import topic_of

LITERAL = "="  # a question that begins with it is asked as it stands
_REMEMBERED = 12  # turns


class Conversation:
    """A dialogue with ``bot`` that remembers its last answered turns. What was not found leaves nothing behind."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._turns: list[Turn] = []
        self._topic: str | None = None  # what the document of the last answer is about

    def ask(self, question: str, *, threshold: float | None = None, literal: bool = False) -> Reply:
        """The reply to ``question`` as it is meant after the turns before. ``understood_as`` and a note tell when that is other
        than it says. One that begins with "=", or is to be ``literal``, is asked as it stands, slips of the hand and all.

        Raises QuestionError as the Bot does, and for one like "And when?" that has nothing before it to refer to.
        """
        said = question.strip().removeprefix(LITERAL).strip()
        check_question(said)  # as it was said: what it is understood as may leave out what can't be asked
        literal = literal or question.strip().startswith(LITERAL)
        if leans(said) and not (self._turns or literal):
            raise QuestionError(f"there is no answer before it that {said!r} could refer to; ask in full")
        meant = said if literal else resolve(said, self._turns, self._topic)
        reply = self.bot.ask(meant, threshold=threshold, literal=literal)
        if meant != said:
            note = f"understood as: {reply.understood_as or meant}"
            reply = replace(reply, question=said, understood_as=reply.understood_as or meant, notes=(note, *reply.notes))
        if reply.best is not None:
            self._turns.append(Turn(reply.understood_as or said, reply.best.text, reply.best.sentence))
            del self._turns[:-_REMEMBERED]
            self._topic = topic_of(reply.best.document.title)
        return reply

    def forget(self) -> None:
        """Begin anew: the next question stands alone."""
        self._turns.clear()
        self._topic = None
