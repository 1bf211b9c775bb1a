"""Replies and dialogues as Markdown, with their citations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qabot.answering import Bot, Retriever
from qabot.ingest.places import spelled
from qabot.records import Answer, Document, Passage, Reply, Span
from qabot.terminal.dialogue import Citation, Dialogue, Exchange
from qabot.terminal.each import Each, names_of, shown_of
from qabot.terminal.lit import lit_text
from qabot.terminal.nearest import nearest_part
from qabot.terminal.render import disagreement, percent, sentences_around, sentences_of, words_of
from qabot.terminal.safe import one_line
from qabot.terminal.why import hit_of, judged, numbers, searched, term_cells

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$!])")


def markdown(dialogue: Dialogue) -> str:
    """The questions and the answers shown so far, each with its sentence and number; the sources of the numbers at the end.

    Words of documents are escaped: they are never markup.
    """
    parts = ["# A dialogue with qabot"]
    for exchange in dialogue.exchanges:
        parts.extend(_exchange(exchange))
    parts.extend(_sources(dialogue.citations))
    return _joined(parts)


def reply_markdown(reply: Reply, bot: Bot, *, top: int, context: int = 0) -> str:
    """One reply: its first ``top`` answers, or the nearest passage, with ``context`` sentences around."""
    shown = reply.first(top)
    groups = [group for group in (reply.listed or shown[:1], *((one,) for one in shown[len(reply.listed) or 1 :])) if group]
    citations = [Citation(number, reply.question, group) for number, group in enumerate(groups, start=1)]
    around = {citation.number: sentences_around(citation.answers, bot.passages, context) for citation in citations[:1]}
    parts = _exchange(Exchange(bot, reply, citations=citations), around)
    return _joined([*parts, *_sources(citations)])


def why_markdown(reply: Reply, retriever: Retriever) -> str:
    """The evidence for the best candidate as two tables."""
    answer = judged(reply)
    if answer is None:
        return "Nothing was read: no passage holds a word of the question or one that is related to it.\n"
    hit = hit_of(answer, reply)
    refused = "" if reply.best else " (refused)"
    terms = _table(("question", "idf", "BM25"), [term_cells(one) for one in searched(reply, hit, retriever)])
    values = _table(("what", "value"), [(name.strip(), value) for name, value in numbers(answer, hit, reply)])
    return _joined([f"### Why: {escaped(words_of(answer))}{refused}", terms, values])


def each_markdown(each: Each) -> str:
    """The answers of the documents, one by one, as a table."""
    rows, names = [], names_of(each)
    for document, reply in each.alone:
        shown = shown_of(reply)
        words = ", ".join(map(words_of, shown)) if shown else "not found"
        sure, line = (percent(shown[0].confidence), str(shown[0].location.line)) if shown else ("", "")
        rows.append((names[document.path], words, sure, line))
    notes = [f"_{escaped(note)}_" for note in each.reply.notes]
    return _joined([f"## {escaped(each.reply.question)}", *notes, _table(("document", "answer", "sure", "line"), rows)])


def escaped(text: str) -> str:
    r"""``text`` on one line, as words that Markdown takes for nothing else.

    >>> escaped("[red] *x*")
    '\\[red\\] \\*x\\*'
    """
    return _SPECIAL.sub(r"\\\1", " ".join(one_line(text).split()))


def _joined(parts: Sequence[str]) -> str:
    return "\n\n".join(parts) + "\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *([escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _exchange(exchange: Exchange, around: dict[int, Span] | None = None) -> list[str]:
    """The parts for one question; ``around`` gives for the number of a citation what is shown instead of its sentence."""
    reply = exchange.reply
    parts = [f"## {escaped(reply.question)}", *(f"_{escaped(note)}_" for note in reply.notes)]
    if not reply.answers:
        parts.append("Not found in these documents.")
        if reply.hits and not exchange.citations:
            nearest = reply.hits[0]
            span = nearest_part(nearest)
            words = lit_text(nearest.passage.document, span, (), (), styled=True).plain
            parts += ["Nearest passage (not an answer):", _quoted(_SPECIAL.sub(r"\\\1", words))]
            parts.append(f"> {escaped(_place(nearest.passage.document, span) + _heading(nearest.passage))}")
    elif reply.conflicting:
        parts.append(f"**{escaped(disagreement(reply))}**")
    for citation in exchange.citations:
        first = citation.answers[0]
        words = "; ".join(escaped(words_of(answer)) for answer in citation.answers)
        doubt = ", under the threshold" if first.confidence < reply.threshold else ""
        parts.append(f"**{words}** ({percent(first.confidence)}{doubt}) [{citation.number}]")
        parts.append(_quoted(_sentence(citation.answers, (around or {}).get(citation.number))))
    return parts


def _quoted(text: str) -> str:
    """``text`` as a quote; each of its lines is a paragraph there, as Markdown would join them."""
    return "\n>\n".join(f"> {line}" for line in text.split("\n"))


def _sentence(answers: Sequence[Answer], around: Span | None) -> str:
    shown = around or sentences_of(answers)
    text = lit_text(answers[0].document, shown, [answer.span for answer in answers], (), styled=True)
    pieces, at = [], 0
    for span in text.spans:
        if span.style == "qabot.span":
            lit = text.plain[span.start : span.end]
            pieces += [_SPECIAL.sub(r"\\\1", text.plain[at : span.start]), f"**{escaped(lit)}**" if lit.strip() else lit]
            at = span.end
    return "".join([*pieces, _SPECIAL.sub(r"\\\1", text.plain[at:])]).strip()


def _sources(citations: Sequence[Citation]) -> list[str]:
    return ["## Sources", "\n".join(map(_source, citations))] if citations else []


def _source(citation: Citation) -> str:
    answer, *items = citation.answers
    also = "".join(f"; also {_place(other.document, other.span)}" for other in answer.agreeing)
    more = "".join(f"; {item.location.line}:{item.location.column}: {words_of(item)}" for item in items)  # of one list, one file
    place = _place(answer.document, answer.span) + _heading(answer.passage)
    return f"- [{citation.number}] {escaped(place)}: {escaped(words_of(answer) + also + more)}"


def _heading(passage: Passage) -> str:
    return f", {passage.heading}" if passage.heading else ""


def _place(document: Document, span: Span) -> str:
    location = document.locate(span.start)
    return f"{spelled(document.path)}:{location.line}:{location.column}"
