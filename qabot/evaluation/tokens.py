"""Where the words of a gold answer stand in a text, compared as SQuAD normalises words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qabot.evaluation.metrics import normalise
from qabot.reading.edges import tidy
from qabot.records import Span

_WORD = re.compile(r"\S+")


def occurrences(text: str, words: str) -> Iterator[Span]:
    """Every span of ``text`` whose normalised tokens are those of ``words``, in order, with the edges that an answer would have;
    none where those are none.

    >>> text = "It opened in May, at last. The May fair followed."
    >>> [span.of(text) for span in occurrences(text, "the may")]
    ['May', 'May']
    """
    wanted = normalise(words).split()
    tokens = [(token, Span(*match.span())) for match in _WORD.finditer(text) for token in normalise(match.group()).split()]
    for first in range(len(tokens) - len(wanted) + 1 if wanted else 0):
        row = tokens[first : first + len(wanted)]
        if [token for token, _ in row] == wanted:
            whole = Span(row[0][1].start, row[-1][1].end)
            yield tidy(text, whole, whole)


def in_a_row(tokens: Sequence[str], within: Sequence[str]) -> bool:
    """Whether ``tokens`` stand in ``within`` side by side, in their order; never when there are none.

    >>> in_a_row(["b", "c"], ["a", "b", "c"]), in_a_row(["a", "c"], ["a", "b", "c"])
    (True, False)
    """
    count = len(tokens)
    return bool(count) and any(list(within[at : at + count]) == list(tokens) for at in range(len(within) - count + 1))
