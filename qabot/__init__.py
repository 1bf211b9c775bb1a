"""qabot: ask your documents a question; get the exact words that answer it, lit up in their own sentence.

    files -> Document -> Passage -> (question) -> Hit -> Answer -> Reply -> screen

>>> import qabot
>>> reply = qabot.open_bot().ask("Where was the Trans-Himalaya Forum held?")
>>> reply.answers[0].document.text[reply.answers[0].span.start : reply.answers[0].span.end] == reply.answers[0].text
True
"""

from __future__ import annotations

from qabot.answering import Bot
from qabot.assembly import open_bot
from qabot.errors import ModelError, QabotError, QuestionError, QuestionSetError, SourceError
from qabot.records import Answer, Document, Hit, Location, Passage, Reply, Span

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Bot",
    "Document",
    "Hit",
    "Location",
    "ModelError",
    "Passage",
    "QabotError",
    "QuestionError",
    "QuestionSetError",
    "Reply",
    "SourceError",
    "Span",
    "open_bot",
]
