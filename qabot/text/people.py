"""What words tell of a name: whether it is a person's, a woman's or a man's, or that of people together (English)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from qabot.text.names import names

_PERSONAL = re.compile(
    r"\b(?:said|says|told|asked|wrote|added|warned|reported|met|who|mr|mrs|ms|dr|captain|minister|president|spokesman|spokesperson"
    r"|spokeswoman|propose[sd]?|suggest\w*|vote[sd]?|refuse[sd]?|promise[sd]?|say|ask|tell|wants?|wanted|thinks?|thought|hope[sd]?"
    r"|believe[sd]?|marry|married|born|study|studied|live[sd]?|works?|worked|writes?|engineer|mayor|director|professor|king|queen|sir"
    r"|ambassador|envoy|member|sister|brother|leader|chief)\b",
    re.IGNORECASE,
)
# Nouns that speak of one person: "the new ambassador", "the tenant".
PERSONS = frozenset(
    "ambassador envoy minister president spokesman spokesperson spokeswoman mayor director manager chairman chairwoman secretary"  # noqa: SIM905
    " professor teacher doctor lawyer judge engineer captain king queen leader chief head founder owner author inventor tenant"
    " landlord guarantor buyer seller employee employer member officer driver pilot sister brother mother father wife husband son"
    " daughter successor predecessor winner man woman boy girl".split()
)
_HERS = frozenset("mrs ms miss queen sister mother wife daughter spokeswoman chairwoman lady aunt girl woman".split())  # noqa: SIM905
_HIS = frozenset("mr king brother father husband son spokesman chairman sir uncle boy man".split())  # noqa: SIM905
ORGANISATIONS = frozenset(
    "academy sciences company ltd inc llc gmbh university ministry bank council union committee group association corporation"  # noqa: SIM905
    " agency institute museum school church party club government trust charity society foundation clinic hospital library"
    " department authority board league federation firm".split()
)
_OF_A_PLACE = frozenset({"to", "of", "in", "for", "from", "at"})


def is_personal(name: str, sentence: str) -> bool:
    """Whether the words beside ``name`` in ``sentence`` are such as stand beside a person's name.

    >>> is_personal("Tarnov", "the envoy to Tarnov left"), is_personal("Ilse", "the envoy Ilse left")
    (False, True)
    """
    at = sentence.find(name)
    if at < 0:
        return False
    before = sentence[:at].split()[-2:]
    if before and before[-1].lower() in _OF_A_PLACE:  # "ambassador to ..." speaks of somebody else
        before = []
    around = " ".join([*before, "|", *sentence[at + len(name) :].split()[:2]])
    return _PERSONAL.search(around) is not None


def is_organisation(name: str) -> bool:
    """Whether ``name`` is one of people together: never "he" or "she".

    >>> is_organisation("Hungarian Academy of Sciences"), is_organisation("Ilse Brandt")
    (True, False)
    """
    return not ORGANISATIONS.isdisjoint(name.lower().split())


def sex_of(name: str, texts: Sequence[str]) -> Literal["she", "he"] | None:
    """What a title or a kinship before ``name`` tells in one of ``texts``.

    >>> sex_of("Ilse Brandt", ["her sister Ilse Brandt signed"]), sex_of("Ilse Brandt", ["Ilse Brandt signed"])
    ('she', None)
    """
    for text in texts:
        at = text.find(name)
        before = [word.strip(",.").lower() for word in text[: max(at, 0)].split()[-1:]]
        if before and before[0] in _HERS | _HIS:
            return "she" if before[0] in _HERS else "he"
    return None


def fuller(name: str, texts: Sequence[str]) -> str:
    """The whole of a name of which ``name`` is the first or last word, as it stands in one of ``texts``.

    >>> fuller("Brandt", ["Ilse Brandt signed"]), fuller("Brandt", ["Brandt signed"])
    ('Ilse Brandt', 'Brandt')
    """
    if " " in name:
        return name
    whole = [one for text in texts for one in names(text) if name in {one.split()[0], one.split()[-1]} and is_name_of_one(one)]
    return whole[0] if whole else name


def is_name_of_one(name: str) -> bool:
    """Whether ``name`` can be a first name or two and a last name."""
    words = name.split()
    titled = is_organisation(name) or not PERSONS.isdisjoint(name.lower().split())
    return 2 <= len(words) <= 3 and all(word[0].isupper() for word in words) and not titled
