"""What a running chat knows: its Bot, what was asked and shown, the numbered citations, and how answers are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from qabot.answering import Bot
from qabot.conversation import Conversation
from qabot.errors import CommandError
from qabot.records import Answer, Document, Reply
from qabot.terminal.loading import Loading

Build = Callable[[Sequence[Document]], Bot]
TOP = 3


@dataclass(frozen=True, slots=True, eq=False)
class Citation:
    """What was shown beside a number: an answer, or the items of one list, to ``question``. It outlives its document."""

    number: int
    question: str
    answers: tuple[Answer, ...]


@dataclass(slots=True, eq=False)
class Exchange:
    """One question to ``bot`` and its reply: the answers ``shown`` so far, in how many ``places`` on the screen, and their
    ``citations``.

    ``mark`` is the id of the line that was written of it to the question file.
    """

    bot: Bot
    reply: Reply
    shown: list[Answer] = field(default_factory=list)
    places: int = 0
    citations: list[Citation] = field(default_factory=list)
    mark: str | None = None

    @property
    def asked(self) -> str:
        """The question as it stands alone."""
        return self.reply.understood_as or self.reply.question

    def next(self, count: int) -> list[Answer]:
        """The next ``count`` candidates that weren't shown: those that reach the threshold, then the others, best first."""
        rest = [answer for answer in self.reply.candidates if answer not in self.shown]
        rest.sort(key=lambda answer: answer.confidence < self.reply.threshold)
        return rest[:count]


class Dialogue:
    """The state of a chat about the documents of ``bot``, which may still be loading; ``build`` makes the Bot anew when they
    change.

    ``top`` answers are shown of a question, with ``context`` sentences around; ``threshold`` is the confidence they need.
    """

    def __init__(self, bot: Bot | Loading, build: Build | None = None, *, top: int = TOP) -> None:
        self.top = top
        self.context = 0
        self.exchanges: list[Exchange] = []
        self.citations: list[Citation] = []
        self._loading = bot if isinstance(bot, Loading) else None
        self._bot = None if isinstance(bot, Loading) else bot
        self._conversation: Conversation | None = None
        self._threshold: float | None = None
        self._build = build

    @property
    def ready(self) -> Bot | None:
        """The Bot that is asked, None while it is loading. Never waits."""
        if self._bot is None and self._loading is not None:
            self._bot = self._loading.ready
        return self._bot

    @property
    def bot(self) -> Bot:
        """The Bot that is asked; while it is loading this waits for it. Raises LoadingError when it can't be loaded."""
        if self._bot is None:
            assert self._loading is not None  # noqa: S101 - one of the two there always is
            self._bot = self._loading.bot()
        return self._bot

    @property
    def conversation(self) -> Conversation:
        """What follow-up questions are understood from."""
        if self._conversation is None:
            self._conversation = Conversation(self.bot)
        return self._conversation

    @property
    def threshold(self) -> float:
        """The confidence that an answer needs: the Bot's own unless another was set."""
        return self.bot.threshold if self._threshold is None else self._threshold

    @threshold.setter
    def threshold(self, value: float) -> None:
        self._threshold = value

    @property
    def last(self) -> Exchange:
        """The last exchange. Raises CommandError when nothing was asked yet."""
        if not self.exchanges:
            raise CommandError("nothing was asked yet; ask a question first")
        return self.exchanges[-1]

    def ask(self, question: str, *, literal: bool = False) -> Exchange:
        """Ask ``question`` as the next of the dialogue. Raises QuestionError when it can't be asked."""
        reply = self.conversation.ask(question, threshold=self.threshold, literal=literal)
        self.exchanges.append(Exchange(self.bot, reply))
        return self.exchanges[-1]

    def show_first(self) -> Exchange:
        """Count the first answers of the last exchange as shown, as many as ``top`` lets through."""
        last = self.last
        last.shown = list(last.reply.first(self.top))
        last.places = len(last.shown) - max(0, len(last.reply.listed) - 1)
        return last

    def cite(self, answers: Sequence[Answer]) -> int:
        """The number for what of the last exchange is shown together."""
        citation = self.cite_for(self.last.asked, answers)
        self.last.citations.append(citation)
        return citation.number

    def cite_for(self, question: str, answers: Sequence[Answer]) -> Citation:
        """The citation, with the next number, of ``answers`` to ``question``."""
        citation = Citation(len(self.citations) + 1, question, tuple(answers))
        self.citations.append(citation)
        return citation

    def cited(self, written: str) -> Citation:
        """The citation that ``written`` names ("3" or "[3]"); nothing names the best of the last answer.

        Raises CommandError when there is none.
        """
        if not self.citations:
            raise CommandError("there are no citations yet; ask a question first")
        number = written.strip().removeprefix("[").removesuffix("]").strip()
        if not number:
            if not self.exchanges or not self.last.citations:
                raise CommandError(f"the last question has no answer shown; write a number from 1 to {len(self.citations)}")
            return self.last.citations[0]
        if not (number.isascii() and number.isdigit() and len(number) < 9 and 1 <= int(number) <= len(self.citations)):
            raise CommandError(f"there is no citation {written.strip()}; write a number from 1 to {len(self.citations)}")
        return self.citations[int(number) - 1]

    def use(self, documents: Sequence[Document]) -> None:
        """Go on with ``documents``; what was asked before stays. Raises CommandError where no Bot can be made for them."""
        conversation = self.conversation
        self._bot = conversation.bot = self.built(documents)

    def built(self, documents: Sequence[Document]) -> Bot:
        """A Bot for ``documents``. Raises CommandError where none can be made."""
        if self._build is None:
            raise CommandError("the documents of this chat can't be changed or asked one by one")
        return self._build(documents)
