"""From text to index terms: every word keeps its span, and is folded and stemmed one by one after that.

Passages and questions, and every retrieval engine, go through here: the two sides always speak the same terms.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import Stemmer

from qabot.records import Span
from qabot.text.stopwords import STOP_WORDS

# An acronym with dots, a number with separators, or a run of letters, digits and combining marks.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,]\d+)*|[^\W_]+(?:[\u0300-\u036f][^\W_]*)*")
_stem = Stemmer.Stemmer("english").stemWord


def words(text: str) -> Iterator[tuple[Span, str]]:
    """Each word of ``text`` with its span, in order, as it is written.

    >>> [word for _, word in words("The U.S. sent 1,200 men.")]
    ['The', 'U.S.', 'sent', '1,200', 'men']
    """
    for match in _WORD.finditer(text):
        yield Span(match.start(), match.end()), match.group()


def count_words(text: str) -> int:
    """How many words ``text`` has: the measure of passage lengths."""
    return sum(1 for _ in _WORD.finditer(text))


def fold(word: str) -> str:
    """``word`` without what doesn't tell words apart: case, width, accents, and the separators of acronyms and numbers.

    >>> fold("Café"), fold("U.S."), fold("1,200"), fold("ＮＡＴＯ")
    ('cafe', 'us', '1200', 'nato')
    """
    if word.isascii():
        folded = word.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", word.casefold())
        folded = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    if folded.isalnum():
        return folded
    # A decimal point tells 1.5 from 15; a thousands separator tells nothing.
    return folded.replace(",", "") if folded[:1].isdigit() else folded.replace(".", "")


@lru_cache(maxsize=1 << 16)
def term_of(word: str) -> str:
    """The index term of one word: folded, then stemmed (Snowball's English stemmer; other scripts pass through).

    >>> term_of("Ministers"), term_of("minister"), term_of("министр")
    ('minist', 'minist', 'министр')
    """
    return str(_stem(fold(word)))


def terms(text: str) -> Iterator[tuple[Span, str]]:
    """Each word's span and its index term; a possessive's "s" is no word of its own.

    >>> [term for _, term in terms("China's threats")]
    ['china', 'threat']
    """
    previous_end = -1
    for span, word in words(text):
        possessive = word in {"s", "S"} and span.start == previous_end + 1 and text[previous_end] in "'’"
        previous_end = span.end
        if not possessive:
            yield span, term_of(word)


def query_terms(question: str) -> list[str]:
    """The distinct terms to search for, in order: without stop words and question words, unless nothing else is there.

    >>> query_terms("Who is the foreign minister of China?")
    ['foreign', 'minist', 'china']
    """
    return list(query_words(question))


def query_words(question: str) -> dict[str, str]:
    """The terms of `query_terms`, each with the word that it is first written as.

    >>> query_words("Does the doe eat? Does eat!")
    {'doe': 'doe', 'eat': 'eat'}
    """
    pairs = [(span.of(question), term) for span, term in terms(question)]
    kept = [(word, term) for word, term in pairs if fold(word) not in STOP_WORDS]
    found: dict[str, str] = {}
    for word, term in kept or pairs:
        found.setdefault(term, word)
    return found
