"""A dialogue: questions that lean on the turns before them are asked as what they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qabot.answering import Bot, check_question, is_askable
from qabot.errors import QuestionError
from qabot.records import Document, Passage, Reply
from qabot.text.followups import Turn, clings, leans, readings
from qabot.text.names import topic_of
from qabot.text.terms import terms
from qabot.text.turns import lead_in
from qabot.text.what_about import named_behind

LITERAL = "="  # a question that begins with it is asked as it stands
_REMEMBERED = 12  # turns
# From this confidence on the likeliest meaning of a follow-up is taken unheard of the others; below it another one is taken if
# the reader is surer of that by the margin. Chosen on the dialogues of tests/questions/dialogues_build.jsonl.
_SURE = 0.7
_MARGIN = 0.2
# What goes on from the last turn is also read behind it, and taken so where the reader is surer of that by so much: where no rule
# tells what it leaves out, and where one does. Chosen there too.
_BEHIND = 0.2
_BEHIND_MEANT = 0.3


class Conversation:
    """A dialogue with ``bot`` that remembers its last answered turns. What was not found leaves nothing behind."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._turns: list[Turn] = []
        self._place: Passage | None = None  # where the last answer stood
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
        meanings = [said] if literal else [one for one in readings(said, self._turns, topic) if is_askable(one)]
        meant, reply = self._surest(said, meanings, threshold, literal)
        told = reply.understood_as or meant  # what later turns refer to
        if not literal:
            meant, reply = self._or_behind_last(said, meant, reply, threshold)
        if meant != said:
            note = f"understood as: {reply.understood_as or meant}"
            reply = replace(reply, question=said, understood_as=reply.understood_as or meant, notes=(note, *reply.notes))
        if reply.best is not None:
            self._turns.append(Turn(told, reply.best.text, reply.best.sentence))
            del self._turns[:-_REMEMBERED]
            self._place = reply.best.passage
            self._topic = topic_of(reply.best.document.title)
        return reply

    def _surest(self, said: str, meanings: Sequence[str], threshold: float | None, literal: bool) -> tuple[str, Reply]:
        """The likeliest of ``meanings``, unless the reader is surer of another; with its reply.

        The last question and "What about the roof?" behind it mostly give the last answer again, however sure the reader is of
        it: an answer to the second doesn't repeat that one, and its sentence speaks of the roof.
        """
        first = self._ask(said, meanings[0], threshold, literal)
        named = named_behind(meanings[0], said)
        beside = named is not None and (self._repeats(first) or not _speaks_of(named, first))
        if len(meanings) == 1 or (_confidence(first) >= _SURE and not beside):
            return meanings[0], first
        others = [(one, self.bot.ask(one, threshold=threshold)) for one in meanings[1:]]
        best = max(others, key=lambda one: _confidence(one[1]))
        return best if beside or _confidence(best[1]) > _confidence(first) + _MARGIN else (meanings[0], first)

    def _ask(self, said: str, meaning: str, threshold: float | None, literal: bool) -> Reply:
        """The reply to ``meaning``; out of the passages around the last answer, where the reader is surer there and ``said`` goes
        on with what was told last.
        """
        anywhere = self.bot.ask(meaning, threshold=threshold, literal=literal)
        if literal or self._place is None or not clings(said) or _confidence(anywhere) >= _SURE:
            return anywhere
        around = self._around(self._place)
        if not around:
            return anywhere
        beside = self.bot.ask(meaning, threshold=threshold, among=around)
        return beside if _confidence(beside) > _confidence(anywhere) else anywhere

    def _or_behind_last(self, said: str, meant: str, reply: Reply, threshold: float | None) -> tuple[str, Reply]:
        """``meant`` and ``reply``, or ``said`` and what the reader finds for it when it reads it behind the last turn, if it is
        surer of that: no rule puts a name in there, the reader takes what is left out from what it has just read.
        """
        more = _BEHIND if meant == said else _BEHIND_MEANT
        if not (self._turns and clings(said)) or _confidence(reply) + more >= 1:
            return meant, reply
        before = lead_in(self._turns[-1], said)
        behind = self.bot.ask(said, threshold=threshold, before=before)
        if _confidence(behind) <= _confidence(reply) + more:
            return meant, reply
        whole = f"{before} {behind.understood_as or said}"
        return whole, replace(behind, understood_as=whole)

    def _around(self, place: Passage) -> Sequence[Passage]:
        """``place`` and the passages before and behind it in its document; none when that is asked no longer."""
        passages = [one for one in self.bot.passages if one.document.id == place.document.id]
        number = next((number for number, one in enumerate(passages) if one.id == place.id), None)
        return passages[max(0, number - 1) : number + 2] if number is not None else ()

    def _repeats(self, reply: Reply) -> bool:
        """Whether ``reply`` gives the last answer again, out of the same sentence."""
        if not (self._turns and reply.candidates):
            return False
        best, last = reply.candidates[0], self._turns[-1]
        return best.text == last.answer and best.sentence == last.sentence

    def forget(self) -> None:
        """Begin anew: the next question stands alone."""
        self._turns.clear()
        self._place = None
        self._topic = None


def _only_topic(documents: Sequence[Document]) -> str | None:
    """What the one document is about, where there is but one: what the first question's "she" can stand for."""
    return topic_of(documents[0].title) if len(documents) == 1 else None


def _confidence(reply: Reply) -> float:
    return reply.candidates[0].confidence if reply.candidates else 0.0


def _speaks_of(words: str, reply: Reply) -> bool:
    """Whether the sentence of ``reply``'s likeliest answer has one of ``words``."""
    wanted = {term for _, term in terms(words)}
    return bool(reply.candidates) and any(term in wanted for _, term in terms(reply.candidates[0].sentence))
