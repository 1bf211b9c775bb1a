"""Why an answer was given, or refused: every number that it was ranked and judged by."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from qabot.answering import Retriever
from qabot.records import Answer, Hit, Reply
from qabot.terminal.render import source_line, words_of
from qabot.terminal.safe import one_line
from qabot.text.terms import query_terms, terms

_READ_AGAIN = "reread"  # the feature that holds the margin of the second reading


def why(reply: Reply, retriever: Retriever, console: Console) -> RenderableType:
    """The evidence for the best candidate of ``reply``, and what each term of the question gave its passage."""
    if not reply.candidates:
        return Text("Nothing was read: no passage shares a word with the question.", style="qabot.not_found")
    answer = reply.best or reply.candidates[0]
    hit = next((hit for hit in reply.hits if hit.passage.id == answer.passage.id), None)
    head = Text.assemble((words_of(answer), "bold"), "  ", ("" if reply.best else "refused", "qabot.not_found"))
    asked = reply.understood_as or reply.question
    return Group(head, source_line(answer, console), "", _terms(asked, hit, retriever), "", _numbers(answer, hit, reply))


def _terms(question: str, hit: Hit | None, retriever: Retriever) -> RenderableType:
    """Each word of the question that is searched: its idf, and what it gave the passage (BM25)."""
    table = _table("question", "idf", "BM25")
    matches = {match.term: match for match in hit.matches} if hit else {}
    searched = set(query_terms(question))
    written = {term: span.of(question) for span, term in reversed(list(terms(question))) if term in searched}
    for term in dict.fromkeys(query_terms(question)):
        idf, match = retriever.idf(term), matches.get(term)
        given = f"{match.contribution:.2f}" if match else "not in the passage" if idf is not None else "nowhere"
        table.add_row(Text(one_line(written.get(term, term))), "-" if idf is None else f"{idf:.2f}", given)
    return table


def _numbers(answer: Answer, hit: Hit | None, reply: Reply) -> RenderableType:
    table = _table("", "value")
    evidence = answer.evidence
    found = f"rank {hit.rank}, BM25 {hit.score:.2f}" if hit else "by no word of the question"
    rows: Sequence[tuple[str, str]] = (
        ("passage found", found),
        ("reader margin", f"{evidence.margin:.3f}"),
        ("null score", f"{evidence.null_score:.3f}"),
        *([("second reading", f"{evidence.features[_READ_AGAIN]:.3f}")] if _READ_AGAIN in evidence.features else []),
        *((f"  {name}", f"{value:.3f}") for name, value in evidence.features.items() if name != _READ_AGAIN),
        ("score", f"{answer.score:.3f}"),
        ("confidence", f"{answer.confidence:.3f}"),
        ("threshold", f"{reply.threshold:.3f}"),
    )
    for row in rows:
        table.add_row(*row)
    return table


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="qabot.faint")
    table.add_column(first)
    for other in others:
        table.add_column(other, justify="right")
    return table
