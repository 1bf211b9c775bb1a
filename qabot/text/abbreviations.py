"""Which words with a point behind them are abbreviations rather than a sentence's last word.

The list that the sentence splitter has learnt also holds thousands of plain words ("free", "month", "Poland") and errors of
scanning: it is believed for what has a point inside it ("U.S.") and for single letters; these take the place of the rest.
"""

from __future__ import annotations

import re

_PERSONS = "mr mrs ms messrs mme mlle dr prof rev hon st ste sr jr esq gen col maj capt lt sgt cpl adm cmdr gov sen rep supt insp"
_DATES = "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri"
_ORGANISATIONS = (
    "co corp inc ltd plc cie bros mfg dept depts div govt univ assn assoc inst intl natl dist admin cttee comm cong sess"
)
_PLACES = "mt ave blvd rd hwy pkwy bldg ala ariz calif colo conn fla mich minn neb nev okla tenn tex wis wyo"
_TEXTS = "cf viz vs al et etc ibid op cit loc seq esp incl excl approx ca est resp ed eds edn trans suppl supp ser sp spp var lit"
_LAW = "stat cir fed evid civ crim proc"

BEFORE_CAPITALS = frozenset(f"{_PERSONS} {_DATES} {_ORGANISATIONS} {_PLACES} {_TEXTS} {_LAW}".split())
"""In lower case, without the point. Whether a sentence ends there all the same, the word behind tells the splitter."""

# Abbreviations where a number follows, and words elsewhere; abbreviations before a number or a small letter.
_BEFORE_NUMBERS = "no p art sec ch fig eq ref pt"
_BEFORE_SMALL = "nos vol vols pp para paras arts secs sect chap figs eqs refs cl pts max min acc approx"
_LONGEST = 8  # code points that are looked at: the longest and its point, and what bounds it

_ENDS = re.compile(rf"\b(?:(?P<small>{'|'.join(_BEFORE_SMALL.split())})|{'|'.join(_BEFORE_NUMBERS.split())})\.$", re.IGNORECASE)
_NUMBER = re.compile(r"\d|(?:[IVXLC]{2,}|[VX])\b")  # "I" alone is rather a word


def goes_on(text: str, start: int, end: int) -> bool:
    """Does ``text[start:end]`` end in an abbreviation rather than a sentence, by itself and what follows?

    >>> goes_on("See art. IV", 0, 8), goes_on("It is art. 5 paintings hang here", 0, 10), goes_on("use max. five", 0, 8)
    (True, True, True)
    >>> goes_on("It is art. Five paintings hang here", 0, 10), goes_on("it is art. we left", 0, 10), goes_on("Some 5", 0, 4)
    (False, False, False)
    """
    ends, follows = _ENDS.search(text[max(start, end - _LONGEST) : end]), text[end : end + _LONGEST].lstrip()
    return ends is not None and (_NUMBER.match(follows) is not None or (ends["small"] is not None and follows[:1].islower()))
