"""A dialogue: questions that lean on the turns before them are asked as what they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qabot.answering import Bot, check_question, is_askable
from qabot.choosing import Heard, Way, choose, is_sure
from qabot.errors import QuestionError
from qabot.records import Document, Reply
from qabot.text.followups import Turn, clings, leans, readings
from qabot.text.names import topic_of
from qabot.text.turns import lead_in

LITERAL = "="  # a question that begins with it is asked as it stands
_REMEMBERED = 12  # turns
# From this confidence on the likeliest meaning of a follow-up is taken unheard of the others, unless it tells what was told.
# Chosen on the dialogues of tests/questions/dialogues_build.jsonl.
_SURE = 0.75


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
        topic = self._topic or _only_topic(self.bot.documents)
        turns = [] if literal else self._turns
        meanings = [one for one in readings(said, turns, topic) if is_askable(one)] if not literal else []
        heard = choose(self._read(said, meanings or [said], turns, threshold, literal), turns)
        reply, mended = heard.reply, heard.reply.understood_as or heard.question
        if heard.before or heard.question != said:  # a mended slip alone is told by the Bot
            meant = f"{heard.before} {mended}".strip()
            reply = replace(reply, question=said, understood_as=meant, notes=(f"understood as: {meant}", *reply.notes))
        if reply.best is not None:
            self._turns.append(Turn(mended, reply.best.text, reply.best.sentence))
            del self._turns[:-_REMEMBERED]
            self._topic = topic_of(reply.best.document.title)
        return reply

    def _read(
        self, said: str, meanings: Sequence[str], turns: Sequence[Turn], threshold: float | None, literal: bool
    ) -> list[Heard]:
        """``said`` read in every way that it can be meant, the likeliest first; in that alone where the reader is sure of it, or
        nothing in it goes on from the turns before.

        What goes on is also read behind the last turn: no rule puts a name in there, the reader takes what is left out from what
        it has just read.
        """
        ways: list[Way] = ["likeliest" if one == meanings[0] else "other" for one in meanings]
        if said in meanings:
            ways[meanings.index(said)] = "literal" if len(meanings) > 1 else "said"
        first = Heard(ways[0], meanings[0], "", self.bot.ask(meanings[0], threshold=threshold, literal=literal))
        if not turns or not (len(meanings) > 1 or clings(said)) or is_sure(first, turns, _SURE):
            return [first]
        found = [first]
        for way, one in zip(ways[1:], meanings[1:], strict=True):
            found.append(Heard(way, one, "", self.bot.ask(one, threshold=threshold)))
        before = lead_in(turns[-1], said)
        if before:
            found.append(Heard("behind", said, before, self.bot.ask(said, threshold=threshold, before=before)))
        return found

    def forget(self) -> None:
        """Begin anew: the next question stands alone."""
        self._turns.clear()
        self._topic = None


def _only_topic(documents: Sequence[Document]) -> str | None:
    """What the one document is about, where there is but one: what the first question's "she" can stand for."""
    return topic_of(documents[0].title) if len(documents) == 1 else None
