"""The chat's commands that show more: of the documents, of an answer, of its source, of the dialogue."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from qabot.errors import CommandError
from qabot.terminal.dialogue import Citation
from qabot.terminal.each import ask_each, each_table
from qabot.terminal.opening import open_source
from qabot.terminal.render import StableLinks, render_more, source_line, words_of
from qabot.terminal.safe import one_line
from qabot.terminal.source_view import source_rows
from qabot.terminal.tables import documents_list
from qabot.terminal.why import why as evidence

if TYPE_CHECKING:
    from qabot.terminal.repl import Repl

SHOWN = Text()  # what a command gives that has shown all there is itself


def docs(repl: Repl, _rest: str) -> RenderableType:
    """The documents that are asked, with the numbers that /drop takes."""
    return documents_list(repl.dialogue.bot.documents, repl.dialogue.bot.passages)


def more(repl: Repl, _rest: str) -> RenderableType:
    """The next answers to the last question."""
    last = repl.dialogue.last
    answers = last.next(repl.dialogue.top)
    if not answers:
        return Text("There are no more answers to the last question.", style="qabot.faint")
    first = last.places + 1
    last.shown += answers
    last.places += len(answers)
    return render_more(answers, last.reply, repl.console, first=first, cite=repl.dialogue.cite)


def sources(repl: Repl, _rest: str) -> RenderableType:
    """The numbered citations so far."""
    if not repl.dialogue.citations:
        return Text("There are no citations yet.", style="qabot.faint")
    lines: list[RenderableType] = []
    for citation in repl.dialogue.citations:
        lines.append(source_line(citation.answers[0], repl.console, citation.number))
        lines.append(Text.assemble("  ", (_words(citation), "bold"), f"  {one_line(citation.question)}"))
    return StableLinks(Group(*lines))


def why(repl: Repl, _rest: str) -> RenderableType:
    """The evidence of the last answer."""
    last = repl.dialogue.last
    return StableLinks(evidence(last.reply, last.bot.retriever, repl.console))


def each(repl: Repl, question: str) -> RenderableType:
    """``question``, as it stands alone, to every document alone."""
    dialogue = repl.dialogue
    told = ask_each(dialogue.bot, dialogue.built, question, threshold=dialogue.threshold)
    return each_table(told, repl.console, lambda answers: dialogue.cite_for(told.asked, answers).number)


def view(repl: Repl, rest: str) -> RenderableType:
    """The source of a citation with the answer lit, in the pager where there is one; it opens where the answer stands."""
    citation = repl.dialogue.cited(rest)
    try:
        pager = shlex.split(repl.outside.pager or "")
    except ValueError as error:
        raise CommandError(f"the pager {repl.outside.pager} can't be read as a command ({error}); set $PAGER anew") from error
    less = bool(pager) and Path(pager[0]).name == "less"
    styled = (less or not pager) and repl.styled
    rows, begin = source_rows(citation, repl.console, styled=styled, jumps=less)
    text = Text("\n").join(rows)
    if not pager:
        return text
    with repl.console.capture() as captured:
        repl.console.print(text)
    options = [*(["-R"] if styled else []), f"+{begin}g"] if less else []
    if not repl.outside.page(captured.get() if styled else f"{text.plain}\n", [*pager, *options]):
        raise CommandError(f"the pager {pager[0]} can't be started; set $PAGER to one that can")
    return SHOWN


def open_(repl: Repl, rest: str) -> RenderableType:
    """A citation's file in the editor, at line and column."""
    return Text(open_source(repl.dialogue.cited(rest).answers[0], repl.outside), style="qabot.faint")


def history(repl: Repl, _rest: str) -> RenderableType:
    """The questions of this dialogue, each with its answer."""
    if not repl.dialogue.exchanges:
        return Text("Nothing was asked yet.", style="qabot.faint")
    lines: list[RenderableType] = []
    for number, exchange in enumerate(repl.dialogue.exchanges, start=1):
        lines.append(Text(f"{number}. {one_line(exchange.reply.question)}"))
        best = exchange.reply.best
        lines.append(Text(f"   {words_of(best) if best else 'not found'}", style="qabot.faint"))
    return Group(*lines)


def clear(repl: Repl, _rest: str) -> RenderableType:
    """Empty the screen; the dialogue stays."""
    if not repl.outside.escapes:
        raise CommandError("this output can't be cleared; it takes no control sequences")
    repl.console.clear()
    return SHOWN


def _words(citation: Citation) -> str:
    return ", ".join(words_of(answer) for answer in citation.answers)
