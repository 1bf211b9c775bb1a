from __future__ import annotations

import pytest

from qabot.reading.expectation import Expected, expected, fits


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When did the ferry leave?", "time"),
        ("in what year was the bridge built", "time"),
        ("On which exact date was it signed?", "time"),
        ("How many boats burned?", "number"),
        ("how old is the mayor", "number"),
        ("What percentage of the town voted?", "number"),
        ("Who paid?", "name"),
        ("To whom was the letter sent?", "name"),
        ("Why did the bridge fall?", None),
        ("How did it burn?", None),
        ("Where is Tarnov?", None),
        ("What happened whenever it rained?", None),
    ],
)
def test_what_a_question_asks_for(question: str, kind: Expected | None) -> None:
    assert expected(question) == kind


@pytest.mark.parametrize(
    ("kind", "words", "fit"),
    [
        ("number", "12,000", True),
        ("number", "eleven fishing boats", True),
        ("number", "More than half", True),
        ("number", "fishing boats", False),
        ("time", "3 March", True),
        ("time", "Last December", True),
        ("time", "on Saturdays", True),
        ("time", "the harbour of Tarnov", False),
        ("name", "Ilse Brandt", True),
        ("name", "the mayor", False),
        (None, "anything", True),
    ],
)
def test_what_fits(kind: Expected | None, words: str, fit: bool) -> None:
    assert fits(kind, words) is fit
