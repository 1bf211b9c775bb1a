"""The line itself: a question goes to a Retriever, its hits to a Reader, and the Bot makes the Reply of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from qabot.errors import QuestionError
from qabot.records import Answer, Cost, Document, Hit, Passage, Reply, Span
from qabot.text.agreement import conflicting, merged
from qabot.text.spelling import mend, mendings
from qabot.text.terms import count_words, query_terms, terms

# Hits that are read for one question, hits that are retrieved for showing and measuring, and how long a question may be.
READ = 10
RETRIEVED = 20
LONGEST_QUESTION = 200  # words
MOST_CHARACTERS = 5_000  # of a question; a single "word" may be a whole file


class Retriever(Protocol):
    """Finds the passages that hold terms of a question, or terms related to these."""

    def search(self, question: str, limit: int) -> Sequence[Hit]:
        """At most ``limit`` hits, best first, ties by passage id. A passage that holds no term of the question, nor one related
        to it, is never a hit.
        """

    def idf(self, term: str) -> float | None:
        """How telling an index term is; None when it stands nowhere in the corpus."""

    def vocabulary(self) -> Mapping[str, str]:
        """Every surface form in the corpus, with its index term."""


class Reader(Protocol):
    """Finds the words that answer in the passages it is given."""

    def read(self, question: str, hits: Sequence[Hit], *, before: str = "") -> Sequence[Answer]:
        """Candidates across all hits together, best first, not cut by any threshold; empty only when ``hits`` is. ``before`` is
        what was said before a question that leans on it.
        """


class Bot:
    """Answers questions about ``documents``, whose passages ``retriever`` searches and ``reader`` reads.

    ``threshold`` is the confidence from which on a candidate counts as an answer; ``read`` the number of hits read. ``is_word``
    tells words of the language (folded), which are no slips of the hand even where the documents lack them.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        passages: Sequence[Passage],
        retriever: Retriever,
        reader: Reader,
        *,
        threshold: float,
        read: int = READ,
        is_word: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self.documents = tuple(documents)
        self.passages = tuple(passages)
        self.threshold = threshold
        self._retriever = retriever
        self._reader = reader
        self._read = read
        self._is_word = is_word

    def ask(
        self,
        question: str,
        *,
        threshold: float | None = None,
        literal: bool = False,
        before: str = "",
    ) -> Reply:
        """The reply to ``question``. Raises QuestionError when there is no word in it, or far too many.

        A word that stands nowhere and is a slip away from one that does is read as that one, and the reply says so; not when the
        question is to be taken ``literal``. ``threshold`` replaces the Bot's own for this question. ``before`` is said before the
        question, which leans on it: searched for and read with it.
        """
        asked = check_question(question)
        began = time.perf_counter()
        slips = [] if literal else mendings(asked, self._retriever.vocabulary(), self._is_word)
        understood = mend(asked, slips)
        told = f"{before} {understood}".strip()
        hits = self.search(told)
        to_read = [*hits[: self._read], *self._unmatched(hits)]
        searched = time.perf_counter()
        candidates = merged(self._reader.read(understood, to_read, before=before))
        cost = Cost(1000 * (searched - began), 1000 * (time.perf_counter() - searched), len(to_read))
        needed = self.threshold if threshold is None else threshold
        found = any(one.confidence >= needed for one in candidates)
        return Reply(
            question=question,
            understood_as=understood if slips else None,
            candidates=candidates,
            hits=tuple(hits),
            threshold=needed,
            conflicting=conflicting([one for one in candidates if one.confidence >= needed]),
            notes=(*(f'read "{slip.written}" as "{slip.meant}"' for slip in slips), *self._notes(understood, found)),
            cost=cost,
        )

    @property
    def retriever(self) -> Retriever:
        """What searches the passages; it knows the words of the documents."""
        return self._retriever

    def search(self, question: str) -> Sequence[Hit]:
        """The hits of ``question`` alone, read by nobody."""
        return self._retriever.search(question, max(RETRIEVED, self._read))

    def _unmatched(self, hits: Sequence[Hit]) -> list[Hit]:
        """Passages that no word of the question brings, where the corpus is so small that all of it can be read: a paraphrase may
        share no word with its answer.
        """
        if len(self.passages) > self._read:
            return []
        matched = {hit.passage.id for hit in hits}
        rest = [passage for passage in self.passages if passage.id not in matched]
        return [Hit(passage, 0.0, rank) for rank, passage in enumerate(rest, start=len(hits) + 1)]

    def _notes(self, question: str, found: bool) -> list[str]:
        """The words that stand nowhere; under an answer the names and numbers alone, as another word for the same is common."""
        searched = set(query_terms(question))
        absent = {
            term: span.of(question)
            for span, term in terms(question)
            if term in searched and self._retriever.idf(term) is None and (not found or _tells(question, span))
        }
        if not absent:
            return []
        words = ", ".join(f'"{word}"' for word in absent.values())
        return [f"{words} {'stands' if len(absent) == 1 else 'stand'} nowhere in the documents"]


def _tells(question: str, word: Span) -> bool:
    """Whether ``word`` is a name or a number: what is said of another one is no answer."""
    named = word.of(question)[0].isupper() and any(char.isalnum() for char in question[: word.start])
    return named or any(char.isdigit() for char in word.of(question))


def is_askable(question: str) -> bool:
    """Whether `check_question` lets ``question`` pass."""
    try:
        check_question(question)
    except QuestionError:
        return False
    return True


def check_question(question: str) -> str:
    """``question`` with its white space made single, if it can be asked. Raises QuestionError otherwise."""
    if any("\ud800" <= char <= "\udfff" for char in question):
        raise QuestionError("the question is not valid Unicode text; type it again as UTF-8")
    words = count_words(question)
    if not words:
        raise QuestionError("the question is empty; ask something in words")
    if words > LONGEST_QUESTION:
        raise QuestionError(f"the question has {words:,} words; ask in at most {LONGEST_QUESTION}")
    if len(question) > MOST_CHARACTERS:
        raise QuestionError(f"the question has {len(question):,} characters; ask in at most {MOST_CHARACTERS:,}")
    return " ".join(question.split())
