"""Where the article that comes with qabot is."""

from __future__ import annotations

from pathlib import Path

from qabot.errors import SourceError

ARTICLE = "taliban-china.txt"
QUESTIONS = "questions.jsonl"


def shipped_corpus() -> Path:
    """The folder with the article and its questions: inside an installed package, or beside it in a clone."""
    package = Path(__file__).parents[1]
    for folder in (package / "corpus", package.parent / "corpus"):
        if (folder / ARTICLE).is_file():
            return folder
    raise SourceError("corpus", "the article that comes with qabot is missing; install qabot again, or name your own files")
