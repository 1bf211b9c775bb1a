"""Why an answer was given, or refused: every number that it was ranked and judged by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from qabot.answering import Retriever
from qabot.records import Answer, Hit, Reply, TermMatch
from qabot.terminal.render import source_line, words_of
from qabot.terminal.safe import one_line
from qabot.text.terms import query_words


@dataclass(frozen=True, slots=True)
class Searched:
    """A word of the question that was searched. ``idf`` is None where it stands nowhere; ``bm25``, what it gave the passage, is
    None where it isn't in there; ``related`` is the word that stands there in its place, if one does.
    """

    word: str
    idf: float | None
    bm25: float | None
    related: str | None


def judged(reply: Reply) -> Answer | None:
    """The candidate that is explained: the best answer, else the best that was refused; None when nothing was read."""
    return reply.best or next(iter(reply.candidates), None)


def hit_of(answer: Answer, reply: Reply) -> Hit | None:
    """The hit that brought the passage of ``answer``; None where no word of the question did, nor one related to it."""
    return next((hit for hit in reply.hits if hit.passage.id == answer.passage.id), None)


def searched(reply: Reply, hit: Hit | None, retriever: Retriever) -> Sequence[Searched]:
    """Each word of the question that is searched, in order."""
    question = reply.understood_as or reply.question
    matches = {match.term: match for match in hit.matches} if hit else {}
    return [_searched(word, retriever.idf(term), matches.get(term), hit) for term, word in query_words(question).items()]


def _searched(word: str, idf: float | None, match: TermMatch | None, hit: Hit | None) -> Searched:
    if match is None or hit is None:
        return Searched(word, idf, None, None)
    # Without a span the related word stands in the title or the heading: its term is all that is known of it.
    stands = match.spans[0].of(hit.passage.document.text) if match.spans else match.found
    return Searched(word, idf, match.contribution, None if match.is_own else stands)


def numbers(answer: Answer, hit: Hit | None, reply: Reply) -> Sequence[tuple[str, str]]:
    """What ``answer`` was ranked and judged by, by name."""
    evidence = answer.evidence
    features = evidence.features
    return (
        *_found(hit),
        ("reader margin", f"{evidence.margin:.3f}"),
        ("null score", f"{evidence.null_score:.3f}"),
        *((f"  {name}", f"{value:.3f}") for name, value in features.items()),
        ("score", f"{answer.score:.3f}"),
        ("confidence", f"{answer.confidence:.3f}"),
        ("threshold", f"{reply.threshold:.3f}"),
    )


def _found(hit: Hit | None) -> Sequence[tuple[str, str]]:
    if hit is None:
        return (("passage found", "by no word of the question, nor one related to it"),)
    words = hit.score - hit.closeness
    return (("passage found", f"rank {hit.rank}, BM25 {words:.2f}"), ("its meaning adds", f"{hit.closeness:.2f}"))


def term_cells(one: Searched) -> tuple[str, str, str]:
    """A word, its idf and what it gave, as they are shown."""
    nothing = "nowhere" if one.idf is None else "not in the passage"
    idf = "-" if one.idf is None else f"{one.idf:.2f}"
    word = one.word if one.related is None else f"{one.word} ~ {one.related}"
    return one_line(word), idf, nothing if one.bm25 is None else f"{one.bm25:.2f}"


def why(reply: Reply, retriever: Retriever, console: Console) -> RenderableType:
    """The evidence for the best candidate of ``reply``, and what each term of the question gave its passage."""
    answer = judged(reply)
    if answer is None:
        return Text(
            "Nothing was read: no passage holds a word of the question or one that is related to it.", style="qabot.not_found"
        )
    hit = hit_of(answer, reply)
    head = Text.assemble((words_of(answer), "bold"), "  ", ("" if reply.best else "refused", "qabot.not_found"))
    found, values = _table("question", "idf", "BM25"), _table("", "value")
    for one in searched(reply, hit, retriever):
        word, *cells = term_cells(one)
        found.add_row(Text(word), *cells)
    for row in numbers(answer, hit, reply):
        values.add_row(*row)
    return Group(head, source_line(answer, console), "", found, "", values)


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="qabot.faint")
    table.add_column(first)
    for other in others:
        table.add_column(other, justify="right")
    return table
