"""Documents, a reader that reads nothing, and replies that never change: what the screens and commands are tested with."""

from __future__ import annotations

from collections.abc import Sequence

from qabot.answering import Bot
from qabot.ingest.passages import cut_passages
from qabot.ingest.reading import document_from_text
from qabot.reading.edges import tidy
from qabot.reading.forms import in_form
from qabot.reading.marking import Marking
from qabot.records import Answer, Document, Evidence, Hit, Span
from qabot.retrieval.memory import MemoryRetriever
from tests.building import parted

HARBOUR = """# The harbour of Tarnov

## The fire

A fire broke out in the harbour of Tarnov on 3 March. It destroyed *eleven fishing boats* and a warehouse. Nobody was hurt, said
Mayor Ilse Brandt.

## The repair

The harbour will be repaired by the end of the year. The mayor, Ilse Brandt, put the cost at 4.2 million euros.
"""


LETTER = "Dear all,\nthe harbour of Tarnov will be repaired at last. The repair will cost about 4.2 million euros."
GAZETTE = "The repair of the harbour of Tarnov will cost 5 million euros, the Gazette has learnt."


class ScriptedReader:
    """Answers with the places of given words, the first the surest: ``script`` gives words and confidence, best first."""

    def __init__(self, script: Sequence[tuple[str, float]]) -> None:
        self.script = script

    def read(self, question: str, hits: Sequence[Hit], *, before: str = "") -> Sequence[Answer]:
        answers = []
        for words, confidence in self.script:
            places = [answer for hit in hits if (answer := self._place(hit, words, confidence)) is not None]
            if places:
                first, *others = places
                answers.append(
                    Answer(
                        first.passage, first.span, "span", first.score, first.confidence, first.evidence, agreeing=tuple(others)
                    )
                )
        return in_form(question, answers, self._marking(answers))

    def _marking(self, answers: Sequence[Answer]) -> Marking | None:
        """The things that the first of ``answers`` names, not clearly several."""
        if not answers:
            return None
        text = answers[0].document.text
        return Marking(tuple(tidy(text, one, one) for one in parted(text, answers[0].text)), 0.0)

    def _place(self, hit: Hit, words: str, confidence: float) -> Answer | None:
        at = hit.passage.text.find(words)
        if at < 0:
            return None
        span = Span(at, at + len(words)).shift(hit.passage.span.start)
        return Answer(hit.passage, span, "span", 10 * confidence, confidence, Evidence(10 * confidence, 0.0, hit.score))


def harbour(path: str = "harbour.md") -> Document:
    """A short Markdown document of two sections."""
    return document_from_text(HARBOUR, id=path, path=path, suffix=".md")


def three_sources() -> list[Document]:
    """The harbour, a letter that says the same of its cost, and a newspaper that says something else."""
    others = {"letter.txt": LETTER, "gazette.txt": GAZETTE}
    return [harbour(), *(document_from_text(text, id=path, path=path, name=path[:-4]) for path, text in others.items())]


def scripted_bot(documents: Sequence[Document], script: Sequence[tuple[str, float]], threshold: float = 0.5) -> Bot:
    """A Bot with real retrieval whose reader follows ``script``."""
    passages = cut_passages(documents)
    return Bot(documents, passages, MemoryRetriever(passages), ScriptedReader(script), threshold=threshold)
