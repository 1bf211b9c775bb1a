"""The verbs that ask, as alternatives of a regular expression: auxiliaries, participles, question words."""

from __future__ import annotations

AUXILIARIES = "is|are|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must"
# Those that stand before a subject whose verb follows: "does the lease run".
BEFORE_SUBJECT = "do|does|did|can|could|will|would|shall|should|may|might|must"
NEGATED = (
    "isn['’]t|aren['’]t|wasn['’]t|weren['’]t|don['’]t|doesn['’]t|didn['’]t|hasn['’]t|haven['’]t|hadn['’]t|can['’]t|couldn['’]t"
    "|won['’]t|wouldn['’]t|shouldn['’]t"
)
PARTICIPLES = (
    r"\w+ed|held|built|made|found|born|hit|sent|paid|shown|given|taken|known|left|lost|won|done|seen|sold|set|put|cut|kept|written"
    "|spent|told|said|bought|brought|broken|chosen|led|shot|struck|thrown|worn"
)
QUESTION_WORD = (
    "(?:who|whom|whose|what|which|where|when|why|how(?: (?:many|much|long|old|far|often|big|large|high|tall|fast|soon|late|early"
    "|deep|wide|heavy|quickly))?)"
)
# What ends a short question with a verb of its own: "And which team won?", "What changed?".
ENDED_VERB = (
    r"\w+ed|\w+s(?= \w)|won|came|went|said|spoke|died|left|took|got|lost|fell|rose|began|ran|made|sank|happens?|comes?|goes"
)


def negated(auxiliary: str) -> str:
    """The auxiliary with "not" in it.

    >>> negated("Can"), negated("will"), negated("may")
    ("can't", "won't", 'may not')
    """
    word = auxiliary.lower()
    if word in {"may", "might", "must", "shall"}:
        return f"{word} not"
    return {"can": "can't", "will": "won't"}.get(word, f"{word}n't")
