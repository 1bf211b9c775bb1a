"""The names in a text, and what a title says that its document is about (English capitals)."""

from __future__ import annotations

import re

_LONGEST_TOPIC = 5  # words of a title that is a name
CAPITAL = r"[A-Z][\w&-]*(?:\.(?=[\w]))?[\w&-]*"
_NAME = re.compile(rf"\b{CAPITAL}(?: (?:(?:of|the|of the|de|von|van|al|bin) )?{CAPITAL})*")
# Words with a capital only because a sentence or a question begins with them.
_FIRST_WORD = re.compile(
    r"^(?:who|whom|whose|what|which|where|when|why|how|and|but|did|does|do|is|are|was|were|has|have|had|can|could|will|would"
    r"|should|in|on|at|by|from|for|with|to|the|a|an|after|before|during|since|according|name|tell|under|of|as|if|his|her|its"
    r"|their|he|she|it|they|this|that|these|those|not|no|many|most|some|each|both|other|another|i|until|till|without"
    r"|within|upon|over|between|among|into|about|against|through|once|also|so|then|well|ok|okay|please)\b ?",
    re.IGNORECASE,
)


def names(text: str) -> list[str]:
    """The runs of capitalised words in ``text``, without words that have a capital only as the first of a sentence.

    >>> names("Who represented the Bank of Tarnov in Arlen?")
    ['Bank of Tarnov', 'Arlen']
    """
    found = []
    for match in _NAME.finditer(text):
        name = match.group()
        while (shorter := _FIRST_WORD.sub("", name)) != name:
            name = shorter
        if name and name[0].isupper():
            found.append(name)
    return found


def topic_of(title: str) -> str | None:
    """What a document is about, where its title is a name and not a headline.

    >>> topic_of("Tarnov (harbour)"), topic_of("Notes of the meeting"), topic_of("Ilse Brandt Calls For Help At Last In Vain")
    ('Tarnov', None, None)
    """
    plain = re.sub(r"\s*\([^()]*\)$", "", title.strip())
    bare = re.sub(r"^(?:The|A|An) ", "", plain)
    return plain if len(plain.split()) <= _LONGEST_TOPIC and _NAME.fullmatch(plain) and names(plain) == [bare] else None
