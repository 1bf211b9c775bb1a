"""Stand-ins that are handed in where the real thing would be."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qabot.reading.edges import answer_span
from qabot.reading.loading import MODEL_FOLDER
from qabot.reading.network import Network
from qabot.records import Answer, Evidence, Hit, Span

if TYPE_CHECKING:
    from qabot.reading.network import Floats


class RandomReader:
    """Answers with random spans of its hits, ``a_hit`` in each, put right at the edges as the real reader's are."""

    def __init__(self, seed: int, *, a_hit: int = 3) -> None:
        self._random = random.Random(seed)
        self._a_hit = a_hit

    def read(self, question: str, hits: Sequence[Hit], *, before: str = "") -> Sequence[Answer]:
        answers = [self._answer(hit) for hit in hits for _ in range(self._a_hit)]
        return sorted(answers, key=lambda answer: (-answer.score, answer.passage.id, answer.span))

    def _answer(self, hit: Hit) -> Answer:
        passage = hit.passage
        start = self._random.randrange(passage.span.start, passage.span.end)
        end = self._random.randint(start + 1, min(passage.span.end, start + 40))
        span = answer_span(passage.document, Span(start, end), passage.span)
        score = self._random.random()
        return Answer(passage, span, "span", score, score, Evidence(score, 0.0, hit.score))


class RecordingNetwork(Network):
    """The shipped network; ``rows`` are the token ids of each call of `run_each`."""

    def __init__(self) -> None:
        super().__init__(MODEL_FOLDER / "reader.onnx")
        self.rows: list[list[Sequence[int]]] = []

    def run_each(self, rows: Sequence[Sequence[int]], question_lengths: Sequence[int]) -> list[tuple[Floats, Floats]]:
        self.rows.append(list(rows))
        return super().run_each(rows, question_lengths)
