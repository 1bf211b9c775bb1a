"""A word that stands nowhere -> the one that was probably meant: it stands in the documents and is a slip of the hand away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from qabot.records import Span
from qabot.text.stopwords import STOP_WORDS
from qabot.text.terms import fold, term_of, words

_SHORTEST = 5  # letters; in shorter words too many others are one slip away
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBOUR_KEYS = {key: row[max(0, at - 1) : at] + row[at + 1 : at + 2] for row in _ROWS for at, key in enumerate(row)}
_LONG = 8  # letters from which on two slips are allowed


class Mending(NamedTuple):
    """``written`` at ``span`` of the question is read as ``meant``."""

    span: Span
    written: str
    meant: str


def mendings(question: str, vocabulary: Mapping[str, str], is_word: Callable[[str], bool]) -> list[Mending]:
    """The words of ``question`` to be read as others, in order.

    ``vocabulary`` maps every surface form of the documents to its index term. A word is left alone when the documents know it (by
    its term), when ``is_word`` knows it (folded) as a word of the language, or when it is too short or has a digit. What replaces
    it is the nearest surface form by optimal string alignment (insertions, deletions, substitutions and swaps of neighbours each
    cost 1): at most one slip away, two in words of eight letters or more, and with the same first letter unless that one was
    swapped, dropped or is a key beside. Ties go to the form of the same case, then by the alphabet.
    """
    known = set(vocabulary.values())
    found: list[Mending] = []
    for span, word in words(question):
        folded = fold(word)
        plain = len(folded) >= _SHORTEST and folded.isalpha() and folded not in STOP_WORDS
        if plain and term_of(word) not in known and not is_word(folded):
            meant = _nearest(word, folded, list(vocabulary))
            if meant is not None:
                found.append(Mending(span, word, meant))
    return found


def mend(question: str, found: Sequence[Mending]) -> str:
    """``question`` with every word of ``found`` replaced."""
    return "".join(_pieces(question, found))


def _pieces(question: str, found: Sequence[Mending]) -> Iterator[str]:
    at = 0
    for one in found:
        yield question[at : one.span.start]
        yield one.meant
        at = one.span.end
    yield question[at:]


def _nearest(word: str, folded: str, surfaces: Sequence[str]) -> str | None:
    from rapidfuzz import process  # imported here: most questions are spelt as the documents are
    from rapidfuzz.distance import OSA

    most = 2 if len(folded) >= _LONG else 1
    choices = [fold(surface) for surface in surfaces]
    near = process.extract(folded, choices, scorer=OSA.distance, score_cutoff=most, limit=None)
    ranked = [
        (distance, surfaces[number][:1].isupper() != word[:1].isupper(), surfaces[number])
        for choice, distance, number in near
        if len(choice) >= _SHORTEST - 1 and choice.isalpha() and _begins_alike(folded, choice)
    ]
    return min(ranked)[-1] if ranked else None


def _begins_alike(written: str, meant: str) -> bool:
    if written[0] == meant[0] or written == meant[1:]:
        return True
    swapped = written[:2] == meant[1::-1]
    return swapped or (written[1:] == meant[1:] and written[0] in NEIGHBOUR_KEYS.get(meant[0], ""))
