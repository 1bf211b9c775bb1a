"""A dialogue as Markdown, with its citations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qabot.records import Answer, Document
from qabot.terminal.dialogue import Citation, Dialogue, Exchange
from qabot.terminal.render import lit_text, percent, words_of
from qabot.terminal.safe import one_line

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$!])")


def markdown(dialogue: Dialogue) -> str:
    """The questions and the answers shown so far, each with its sentence and number; the sources of the numbers at the end.

    Words of documents are escaped: they are never markup.
    """
    parts = ["# A dialogue with qabot"]
    for exchange in dialogue.exchanges:
        parts.extend(_exchange(exchange))
    if dialogue.citations:
        parts.append("## Sources")
        parts.append("\n".join(_source(citation) for citation in dialogue.citations))
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    r"""``text`` on one line, as words that Markdown takes for nothing else.

    >>> escaped("[red] *x*")
    '\\[red\\] \\*x\\*'
    """
    return _SPECIAL.sub(r"\\\1", " ".join(one_line(text).split()))


def _exchange(exchange: Exchange) -> list[str]:
    reply = exchange.reply
    parts = [f"## {escaped(reply.question)}", *(f"_{escaped(note)}_" for note in reply.notes)]
    if not reply.answers:
        parts.append("Not found in these documents.")
    for citation in exchange.citations:
        first = citation.answers[0]
        words = "; ".join(escaped(words_of(answer)) for answer in citation.answers)
        doubt = ", under the threshold" if first.confidence < reply.threshold else ""
        parts.append(f"**{words}** ({percent(first.confidence)}{doubt}) [{citation.number}]")
        parts.append(f"> {_sentence(citation.answers)}")
    return parts


def _sentence(answers: Sequence[Answer]) -> str:
    text = lit_text(answers[0].document, answers[0].sentence_span, [answer.span for answer in answers], (), styled=True)
    pieces, at = [], 0
    for span in text.spans:
        if span.style == "qabot.span":
            lit = text.plain[span.start : span.end]
            pieces += [_SPECIAL.sub(r"\\\1", text.plain[at : span.start]), f"**{escaped(lit)}**" if lit.strip() else lit]
            at = span.end
    return "".join([*pieces, _SPECIAL.sub(r"\\\1", text.plain[at:])]).strip()


def _source(citation: Citation) -> str:
    answer = citation.answers[0]
    place = f"{_name(answer.document)}:{answer.location.line}:{answer.location.column}"
    heading = f", {answer.passage.heading}" if answer.passage.heading else ""
    return f"- [{citation.number}] {escaped(place + heading)}: {escaped(words_of(answer))}"


def _name(document: Document) -> str:
    return "standard input" if document.path == "-" else document.path
