"""Our retrieval on Cranfield beside bm25s: ``python -m tests.benchmarks.cranfield`` (needs ``$QABOT_DATA`` and ``qabot[eval]``).

Every engine gets the same index terms, the same queries and the same k1 and b, in one run. bm25s scores as Lucene does
(``method="lucene"``); each ranks whole documents, and passages, where a document ranks as its best passage does. Ours does so
as it is, with words that are related to a query's but without closeness in meaning, and without both. The 225 queries are scored
by ir_measures over the first 1,000 documents.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import bm25s

from qabot.evaluation.metrics import mean
from qabot.evaluation.ranking import DEPTH, MEASURES, ranked_documents, score
from qabot.evaluation.retrieval_sets import RetrievalSet, read_retrieval_set
from qabot.ingest.passages import cut_passages
from qabot.reading.loading import load_encoder, load_vectors
from qabot.records import Document, Passage, Span
from qabot.retrieval.closeness import Closeness
from qabot.retrieval.memory import K1, B, MemoryRetriever
from qabot.retrieval.related import RelatedTerms
from qabot.text.terms import query_terms, terms

Search = Callable[[str], list[str]]


def index_terms(passage: Passage) -> list[str]:
    """What our engine indexes of a passage."""
    return [term for text in (passage.document.title, passage.heading, passage.visible()[0]) for _, term in terms(text)]


def whole(document: Document) -> Passage:
    """A document as one passage."""
    span = Span(0, len(document.text))
    return Passage(document, span, "", (span,))


def ours(passages: Sequence[Passage], *, related: bool, closeness: bool = False) -> Search:
    """Our engine over ``passages``, with related words or without, and with closeness in meaning or without."""
    retriever = MemoryRetriever(
        passages,
        related=partial(RelatedTerms, load_vectors()) if related else None,
        closeness=partial(Closeness, load_encoder()) if closeness else None,
    )
    return lambda query: ranked_documents(retriever.rank, query)


def lucene(passages: Sequence[Passage]) -> Search:
    """bm25s over ``passages``; one that shares no term with the query is no hit, as with ours."""
    engine = bm25s.BM25(method="lucene", k1=K1, b=B)
    engine.index([index_terms(passage) for passage in passages], show_progress=False)

    def search(query: str) -> list[str]:
        known = [term for term in query_terms(query) if term in engine.vocab_dict]
        if not known:
            return []
        scores = engine.get_scores(known)
        order = sorted(range(len(passages)), key=lambda number: (-scores[number], passages[number].id))
        ids = dict.fromkeys(passages[number].document.id for number in order if scores[number] > 0)
        return list(ids)[:DEPTH]

    return search


def row(name: str, search: Search, found: RetrievalSet) -> str:
    """A line of the table."""
    scores = score([(id, search(query)) for id, query in found.queries.items()], found)
    figures = (mean([one[measure] for one in scores.values()]) or 0.0 for measure in MEASURES)
    return f"| {name} | {' | '.join(f'{figure:.1f}' for figure in figures)} |"


def main() -> None:
    """Print the table."""
    found = read_retrieval_set(str(Path(os.environ["QABOT_DATA"]) / "retrieval" / "cranfield"))
    passages, documents = cut_passages(found.documents), [whole(document) for document in found.documents]
    print(f"{len(found.queries)} queries, {len(documents):,} documents, {len(passages):,} passages, k1 {K1}, b {B}")
    print(f"| engine | {' | '.join(MEASURES)} |")
    print("|---" * (len(MEASURES) + 1) + "|")
    print(row("qabot, as it is (passages)", ours(passages, related=True, closeness=True), found))
    print(row("qabot, related words alone", ours(passages, related=True), found))
    print(row("qabot, own words alone", ours(passages, related=False), found))
    print(row("bm25s lucene, the same passages", lucene(passages), found))
    print(row("qabot, whole documents, own words alone", ours(documents, related=False), found))
    print(row("bm25s lucene, whole documents", lucene(documents), found))


if __name__ == "__main__":
    main()
