"""The chat as it is, but with a reader that follows a script and can be slow:
``python -m tests.terminal.recorded_entry chat ...``.

A question with the word "slowly" isn't answered within a minute; a file ``reading`` says that its reading has begun.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from qabot.answering import Bot
from qabot.cli.context import Context
from qabot.cli.main import main
from qabot.ingest.passages import cut_passages
from qabot.records import Answer, Document, Hit
from qabot.retrieval.memory import MemoryRetriever
from tests.samples import ScriptedReader

SCRIPTS = {  # by a word of the question
    "cost": (("4.2 million euros", 0.93), ("5 million euros", 0.71), ("the end of the year", 0.3)),
    "mayor": (("Ilse Brandt", 0.91), ("4.2 million euros", 0.2)),
    "destroy": (("eleven fishing boats", 0.88),),
}
NOTHING = (("eleven fishing boats", 0.1),)


class SlowReader(ScriptedReader):
    """Follows the script that the question asks for; slowly where it says so."""

    def read(self, question: str, hits: Sequence[Hit], *, before: str = "") -> Sequence[Answer]:
        if "slowly" in question:
            Path("reading").touch()
            time.sleep(60)
        self.script = next((script for word, script in SCRIPTS.items() if word in question), NOTHING)
        return super().read(question, hits)


def make_bot(documents: Sequence[Document], threshold: float | None) -> Bot:
    """A Bot with the real retrieval and the slow reader."""
    passages = cut_passages(documents)
    needed = 0.5 if threshold is None else threshold
    return Bot(documents, passages, MemoryRetriever(passages), SlowReader(NOTHING), threshold=needed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Context(make_bot=make_bot)))
