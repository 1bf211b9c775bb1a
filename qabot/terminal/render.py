"""Records -> rich renderables. Nothing here prints.

Text of documents goes through ``safe`` and then into ``Text``; it is never markup. Spans are lit by offset.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from zlib import crc32

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from qabot.answering import Bot
from qabot.ingest.places import spelled, telling_names
from qabot.records import Answer, Document, Hit, Passage, Reply, Span
from qabot.terminal.console import has_style
from qabot.terminal.indented import Indented
from qabot.terminal.lit import lit_text
from qabot.terminal.nearest import nearest_part
from qabot.terminal.safe import one_line

_DEEPEST_INDENT = 3
_BETWEEN_ITEMS = " · "
_DECIDING = "This sentence decides it:"
# From which confidence on a word is said, and in what style.
CONFIDENCE_WORDS = (
    (0.9, "sure", "qabot.sure"),
    (0.6, "likely", "qabot.likely"),
    (0.3, "perhaps", "qabot.unsure"),
    (0.0, "unlikely", "qabot.unsure"),
)
Cite = Callable[[Sequence[Answer]], int]  # gives what is shown together its number, where answers are numbered
Doubt = tuple[str, str]  # words and their style
_UNDER: Doubt = ("under the threshold", "qabot.not_found")
_DIFFERS: Doubt = ("differs", "qabot.conflict")


def render_reply(
    reply: Reply, bot: Bot, console: Console, *, top: int = 3, context: int = 0, cite: Cite | None = None
) -> RenderableType:
    """The answer screen: the best answer (or all items of its list) in its sentence, then the others; or "not found" and the
    nearest passage. ``cite`` gives the numbers that stand beside the source lines.
    """
    parts: list[RenderableType] = []
    answers = reply.first(top)
    if answers:
        best = reply.listed or answers[:1]
        parts.append(_answer(best, reply, bot, console, context, cite))
        if reply.conflicting:
            parts += ["", Indented(Text(disagreement(reply), style="qabot.conflict"), 2)]
        for number, answer in enumerate(answers[len(best) :], start=2):
            parts.append(_other(number, answer, console, cite, doubt=_DIFFERS if answer in reply.conflicting else None))
    else:
        parts.append(_not_found(reply, console))
    parts.extend(Text(one_line(note), style="qabot.note") for note in reply.notes)
    return StableLinks(Group(*parts))


def render_more(
    answers: Sequence[Answer], reply: Reply, console: Console, *, first: int, cite: Cite | None = None
) -> RenderableType:
    """Further candidates of ``reply``, counted from ``first``; those under its threshold are marked as such."""
    parts = [
        _other(number, answer, console, cite, doubt=_doubt(answer, reply)) for number, answer in enumerate(answers, start=first)
    ]
    return StableLinks(Group(*parts))


def confidence_words(confidence: float) -> tuple[str, str]:
    """A confidence as a word and the style it is shown in."""
    return next((word, style) for least, word, style in CONFIDENCE_WORDS if confidence >= least)


def percent(confidence: float) -> str:
    """A confidence in whole percent, rounded down: 90% is never said of what doesn't reach 0.9.

    >>> percent(0.8999), percent(0.29)
    ('89%', '29%')
    """
    return f"{math.floor(round(100 * confidence, 6))}%"


def _answer(best: Sequence[Answer], reply: Reply, bot: Bot, console: Console, context: int, cite: Cite | None) -> RenderableType:
    """The answer that comes first; ``best`` are the items of a list, or the one answer."""
    answer, styled = best[0], has_style(console)
    matched = [span for hit in reply.hits if hit.passage.id == answer.passage.id for span in _spans(hit)]
    around = sentences_around(best, bot.passages, context)
    source = lit_text(answer.document, around, [one.span for one in best], matched, styled)
    head = Text.assemble((_head(best), "qabot.answer"), "  ", _confidence(answer))
    lines: list[RenderableType] = [
        head,
        "",
        Indented(source, 2),
        "",
        Indented(source_line(answer, console, cite(best) if cite else None), 2),
    ]
    if answer.agreeing:
        lines.append(Indented(_agreeing(answer, console), 2))
    return Group(*lines)


def _head(best: Sequence[Answer]) -> str:
    """The answer's words, the items of a list behind one another; a deciding sentence is only announced, it stands below."""
    return _DECIDING if best[0].kind == "sentence" else _BETWEEN_ITEMS.join(words_of(one) for one in best)


def _confidence(answer: Answer) -> tuple[str, str]:
    word, style = confidence_words(answer.confidence)
    return f"{word}, {percent(answer.confidence)}", style


def _agreeing(answer: Answer, console: Console) -> Text:
    line = Text("also at ", style="qabot.faint")
    line.append_text(Text(", ").join(link(other.document, other.span, console) for other in answer.agreeing[:3]))
    more = len(answer.agreeing) - 3
    return line.append(f" and {more} more" if more > 0 else "", style="qabot.faint")


def _other(number: int, answer: Answer, console: Console, cite: Cite | None, *, doubt: Doubt | None = None) -> RenderableType:
    mark = f"{number}. "
    head = Text.assemble((_head([answer]), "bold"), "  ", _confidence(answer))
    if doubt:
        head.append("  ").append(*doubt)
    source = lit_text(answer.document, answer.sentence_span, [answer.span], (), has_style(console))
    lines: list[RenderableType] = [
        "",
        Indented(head, len(mark), mark),
        Indented(source, len(mark)),
        Indented(source_line(answer, console, cite([answer]) if cite else None), len(mark)),
    ]
    return Group(*lines, *([Indented(_agreeing(answer, console), len(mark))] if answer.agreeing else []))


def _doubt(answer: Answer, reply: Reply) -> Doubt | None:
    """What is said beside an answer that is under the threshold, or at odds with the first."""
    if answer.confidence < reply.threshold:
        return _UNDER
    return _DIFFERS if answer in reply.conflicting else None


def disagreement(reply: Reply) -> str:
    """Which documents say something else than the best answer, and what."""
    names = telling_names(one.document.path for one in (*reply.answers[:1], *reply.conflicting))
    told = [f'{one_line(names[one.document.path])} says "{words_of(one)}"' for one in reply.conflicting]
    return f"The documents differ: {', '.join(told)}."


def _not_found(reply: Reply, console: Console) -> RenderableType:
    lines: list[RenderableType] = [Text("Not found in these documents.", style="qabot.not_found")]
    if reply.hits:
        nearest = reply.hits[0]
        span = nearest_part(nearest)
        text = lit_text(nearest.passage.document, span, (), _spans(nearest), has_style(console))
        where = _headed(link(nearest.passage.document, span, console), nearest.passage)
        lines += ["", Text("Nearest passage (not an answer):", style="qabot.faint"), Indented(text, 2), Indented(where, 2)]
    return Group(*lines)


def words_of(answer: Answer) -> str:
    """An answer's words on one line, without markup inside."""
    return " ".join(one_line(answer.document.visible(answer.span)[0]).split())


def _spans(hit: Hit) -> list[Span]:
    return [span for match in hit.matches if match.is_own for span in match.spans]


def sentences_of(answers: Sequence[Answer]) -> Span:
    """The sentence(s) of an answer, or of all items of a list, which may stand on lines of their own."""
    return Span(answers[0].sentence_span.start, max(one.sentence_span.end for one in answers))


def sentences_around(answers: Sequence[Answer], passages: Sequence[Passage], context: int) -> Span:
    """The sentence(s) of an answer, or of all items of a list, and ``context`` more on either side, as far as its section goes.

    Sections are told apart by where they stand: two of them may have the same heading.
    """
    answer, own = answers[0], sentences_of(answers)
    if context < 1:
        return own
    stretches = (Span(section.blocks[0].start, section.blocks[-1].end) for section in answer.document.sections)
    home = next((stretch for stretch in stretches if answer.passage.sentences[0].within(stretch)), own)
    near = {
        sentence
        for passage in passages
        if passage.document is answer.document and passage.sentences[0].within(home)
        for sentence in passage.sentences
    }
    before = sorted(sentence for sentence in near if sentence.end <= own.start)[-context:]
    after = sorted(sentence for sentence in near if sentence.start >= own.end)[:context]
    return Span(before[0].start if before else own.start, after[-1].end if after else own.end)


def source_line(answer: Answer, console: Console, number: int | None = None) -> Text:
    """Where the answer stands: its ``number`` if it has one, file:line:column as a link, and the heading."""
    label = f"[{number}] " if number else ""
    where = link(answer.document, answer.span, console, beside=len(label))
    line = Text(label, style="bold", no_wrap=where.no_wrap).append_text(where) if label else where
    return _headed(line, answer.passage)


def _headed(where: Text, passage: Passage) -> Text:
    return where.append(f"  {one_line(passage.heading)}", style="qabot.heading") if passage.heading else where


def link(document: Document, span: Span, console: Console, *, beside: int = 0) -> Text:
    """``file:line:column``, linked to the file where there is one (OSC 8).

    On a terminal too narrow for it and ``beside`` columns more the path loses its beginning; anywhere else it stays whole, for
    whatever reads it.
    """
    location = document.locate(span.start)
    name, place = one_line(spelled(document.path)), f":{location.line}:{location.column}"
    room = console.width - len(place) - _DEEPEST_INDENT - beside
    if console.is_terminal and len(name) > room:
        name = "…" + name[-(room - 1) :]
    text = Text(name + place, style="qabot.source", no_wrap=not console.is_terminal)
    if document.path != "-" and os.path.exists(document.path):  # noqa: PTH110
        text.stylize(Style(link=Path(document.path).resolve().as_uri()))
    return text


class StableLinks:
    """Renders what it holds with link ids made from the targets: rich draws new ones for every process."""

    def __init__(self, renderable: RenderableType) -> None:
        self._renderable = renderable

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The segments of the renderable, their links renamed."""
        for segment in console.render(self._renderable, options):
            if segment.style is not None and segment.style.link:
                style = segment.style.copy()
                style._link_id = f"{crc32(segment.style.link.encode()):08x}"
                yield Segment(segment.text, style, segment.control)
            else:
                yield segment
