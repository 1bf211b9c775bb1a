"""A question and its passages -> rows of token ids, long passages in overlapping windows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tokenizers import Encoding

from qabot.reading.tokenizer import load_tokenizer, mark_id
from qabot.records import Passage, Span

QUESTION_TOKENS = 48
WINDOW_TOKENS = 384
_OVERLAP_TOKENS = 96


class Window(NamedTuple):
    """One row for the network. ``spans`` gives for each passage token the document span it covers."""

    passage_number: int
    ids: tuple[int, ...]
    first: int  # number of the first passage token: [CLS], question and [SEP] stand before it
    spans: tuple[Span, ...]
    sentences: tuple[int, ...]  # the number of the sentence that each passage token stands in


class Windows:
    """Cuts passages for the network: ``[CLS] question [SEP] passage [SEP]``, the question at most 48 tokens, 384 in all.

    ``unknown`` is the number of the token that stands for all that the vocabulary lacks.
    """

    def __init__(self, vocabulary_file: Path) -> None:
        self._tokenizer = load_tokenizer(vocabulary_file)
        self._cls, self._sep, self.unknown = (mark_id(self._tokenizer, mark) for mark in ("[CLS]", "[SEP]", "[UNK]"))

    @property
    def vocabulary(self) -> int:
        """How many tokens there are."""
        return int(self._tokenizer.get_vocab_size())

    def is_word(self, word: str) -> bool:
        """Whether the vocabulary has ``word`` (in lower case) whole: most common English words and names."""
        return self.token_of(word) is not None

    def token_of(self, word: str) -> int | None:
        """The number of ``word`` (in lower case) in the vocabulary, if it is there whole."""
        token: int | None = self._tokenizer.token_to_id(word)
        return token

    def tokens(self, text: str) -> list[int]:
        """The numbers of the tokens of ``text``."""
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def of(self, question: str, passages: Sequence[Passage]) -> Iterator[Window]:
        """All windows of ``passages``, in order."""
        asked = self.tokens(question)[:QUESTION_TOKENS]
        head = (self._cls, *asked, self._sep)
        room = WINDOW_TOKENS - len(head) - 1
        visible = [passage.visible() for passage in passages]
        # One by one: waking the library's thread pool takes longer than a question's few passages do.
        encodings: list[Encoding] = [self._tokenizer.encode(text, add_special_tokens=False) for text, _ in visible]
        for number, ((_, offsets), encoding) in enumerate(zip(visible, encodings, strict=True)):
            spans = [Span(offsets[start], offsets[end - 1] + 1) if start < end else None for start, end in encoding.offsets]
            starts = [sentence.start for sentence in passages[number].sentences]
            kept = [(token, span) for token, span in zip(encoding.ids, spans, strict=True) if span is not None]
            for low in range(0, max(1, len(kept) - _OVERLAP_TOKENS), room - _OVERLAP_TOKENS):
                piece = kept[low : low + room]
                if piece:
                    ids = (*head, *(token for token, _ in piece), self._sep)
                    inside = tuple(bisect_right(starts, span.start) for _, span in piece)
                    yield Window(number, ids, len(head), tuple(span for _, span in piece), inside)
