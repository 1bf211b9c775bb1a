"""What is written without a space and read as one thing: numbers with their sign and unit, addresses, paths, options, clauses.

The reader's tokens part them, and what ends a sentence (a dot, a dash) also stands inside them: an answer must not say
"25 °C" of "-25 °C", nor give half an e-mail address.
"""

from __future__ import annotations

import re

from qabot.records import Span

_WHOLE = re.compile(
    r"""
    (?: https?:// | www\. ) [^\s<>()\[\]{}"'`]* [\w/]            # addresses of pages
    | [\w.+-]+ @ [\w-]+ (?: \. [\w-]+ )+                         # and of people
    | (?<![\w/]) (?: ~ | \.{1,2} )? / (?: [\w.@%+-]* [\w/-] )+   # paths from a root
    | [A-Za-z]:\\ [\w\\.-]* \w
    | (?<![\w-]) --? [A-Za-z] [\w-]* (?: = [\w./-]* \w )?        # options
    | (?<![\w.]) \. [A-Za-z] [\w-]+ (?: \. \w+ )*                # hidden files
    | (?<!\w) __ \w+ __
    | (?<! [\w./\\-] ) [A-Za-z] [A-Za-z\d]* (?: _+ [A-Za-z\d]+ )+ (?! \w | [./-] \w )   # names in programs
    | (?<![\w.,]) [-−–+±]? [$€£¥]? \d+ (?: [.,:] \d+ )* (?: \( \w{1,4} \) )+   # 4(b)(ii)
    | (?<![\w-]) \d{4}-\d\d-\d\d (?! \w )                           # dates; of a range each end may be meant alone
    | (?<![\w.,]) [-−–+±]? [$€£¥]? \d+ (?: [.,:/] \d+ )* [%‰°]?   # numbers, times
    | (?<![\w.,]) v? \d+ (?: \. \d+ )+ (?: -? [a-z]+ \d* )?
    | \b [A-Z]+ (?: - [A-Z\d]+ )* - \d+ (?: [/-] \d+ )*          # MSA-2023/0417
    """,
    re.VERBOSE,
)
_DOTTED = re.compile(r"(?:\b[^\W\d_]\.)+[^\W\d_]$")  # "a.m" before its last dot
# A number in words, and what contracts write behind it: "ninety (90) days".
_IN_WORDS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundred|thousand)$",
    re.IGNORECASE,
)
_IN_DIGITS = re.compile(r" \(\d+%?\)(?: (?:business |calendar |working )?(?:days?|weeks?|months?|years?|hours?|per ?cent))?\b")
_LABEL = re.compile(r"(?:\d+(?:\.\d+)*[.)]?|\([a-z\d]{1,3}\)|[a-z]\))[ \t]+(?=[A-Z“\"])")
_CODE_BEFORE, _CODE_BEHIND = re.compile(r"`([-./_~$@]{1,3})$"), re.compile(r"[-./_*!]{1,3}(?=`)")
_LONGEST = 120  # code points to either side in which a token is looked for


def whole_tokens(text: str, start: int, end: int, within: Span) -> tuple[int, int]:
    """``start`` and ``end`` moved out to the edges of the tokens that they stand in, as far as ``within`` goes; past the number
    of a clause that an answer begins with.
    """
    start, end = _token(text, start, within)[0], _token(text, end, within)[1]
    if (code := _CODE_BEFORE.search(text, max(within.start, start - 4), start)) is not None:
        start = code.start(1)
    if (code := _CODE_BEHIND.match(text, end, within.end)) is not None:
        end = code.end()
    if text[end : end + 1] == "." and end < within.end and _DOTTED.search(text, start, end):
        end += 1
    if _IN_WORDS.search(text, start, end) and (digits := _IN_DIGITS.match(text, end, within.end)) is not None:
        end = digits.end()
    if not text[text.rfind("\n", 0, start) + 1 : start].strip() and (label := _LABEL.match(text, start, end)) is not None:
        start = label.end()
    return start, end


def _token(text: str, at: int, within: Span) -> tuple[int, int]:
    """The edges of the token that ``at`` stands strictly inside, or ``at`` twice; a token's own edge is none of its inside."""
    first, last = at, at
    while first > max(within.start, at - _LONGEST) and not text[first - 1].isspace():
        first -= 1
    while last < min(within.end, at + _LONGEST) and not text[last].isspace():
        last += 1
    for match in _WHOLE.finditer(text, first, last):
        if match.start() < at < match.end():
            return match.span()
    return at, at
