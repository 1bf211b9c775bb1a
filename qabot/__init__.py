"""qabot: ask your documents a question; get the exact words that answer it, lit up in their own sentence.

    files -> Document -> Passage -> (question) -> Hit -> Answer -> Reply -> screen

>>> import qabot
>>> reply = qabot.open_bot().ask("Where was the Trans-Himalaya Forum held?")
>>> best = reply.candidates[0]
>>> best.document.text[best.span.start : best.span.end] == best.text
True
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

_HOMES = {"open_bot": "assembly", "Bot": "answering"}
_HOMES |= {name: "errors" for name in __all__ if name.endswith("Error")}


def __getattr__(name: str) -> object:
    """Public names load when they are first used: ``qabot --help`` shouldn't wait for what only a question needs."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'records')}"), name)
