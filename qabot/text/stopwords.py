"""English words that a question is made with but not about: left out of the query, kept in the index."""

from __future__ import annotations

_QUESTION_WORDS = "who whom whose what which where when why how many much"
_ARTICLES_PRONOUNS = """
a an the this that these those it its he him his she her hers they them their theirs i me my we us our ours
you your yours itself himself herself themselves there here one
anybody anyone anything somebody someone something thing things
"""
_VERBS = """
am is are was were be been being do does did doing done have has had having can could will would shall should might
must s t don doesn didn isn aren wasn weren hasn haven hadn wouldn couldn shouldn ll re ve d m
"""
_PREPOSITIONS_CONJUNCTIONS = """
of in on at by for with about into onto from to as and or but if than then so not no nor any some such also
"""

STOP_WORDS = frozenset(" ".join((_QUESTION_WORDS, _ARTICLES_PRONOUNS, _VERBS, _PREPOSITIONS_CONJUNCTIONS)).split()) - {
    "us"
}  # folded "U.S." reads as "us"; a country must not vanish for a pronoun's sake
