"""Passages that look as if they answered a question, for null examples."""

from __future__ import annotations

from collections.abc import Collection

from qabot.records import Passage
from qabot.retrieval.memory import MemoryRetriever


def misleading(retriever: MemoryRetriever, question: str, answers: Collection[str], searched: int, most: int) -> list[Passage]:
    """The first ``most`` of the ``searched`` best hits for ``question`` whose text holds none of ``answers``, in any case."""
    told = {answer.casefold() for answer in answers}
    passages = [hit.passage for hit in retriever.search(question, searched)]
    return [passage for passage in passages if not any(answer in passage.text.casefold() for answer in told)][:most]
