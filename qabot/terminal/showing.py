"""The chat's commands that show more: of the documents, of an answer, of its source, of the dialogue."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from qabot.errors import CommandError
from qabot.ingest.reading import display_name
from qabot.records import Span
from qabot.terminal.dialogue import Citation
from qabot.terminal.editors import editor_command
from qabot.terminal.render import StableLinks, percent, render_more, source_line, words_of
from qabot.terminal.safe import one_line, printable
from qabot.terminal.tables import documents_list
from qabot.terminal.why import why as evidence

if TYPE_CHECKING:
    from qabot.terminal.repl import Repl

SHOWN = Text()  # what a command gives that has shown all there is itself
_AROUND = 100  # lines of a source that are paged before and behind the answer
_FARTHEST = 20_000  # characters, should its lines be long


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
    reply = dialogue.bot.ask(question)
    asked = reply.understood_as or reply.question
    table = Table(box=None, pad_edge=False, header_style="qabot.faint")
    table.add_column("document", overflow="fold")
    table.add_column("answer", overflow="fold")
    table.add_column("sure", justify="right")
    table.add_column("line", justify="right")
    table.add_column("")
    for bot in dialogue.one_bot_each():
        best = bot.ask(asked, threshold=dialogue.threshold, literal=True)  # the documents together told the slips of the hand
        name = Text(one_line(display_name(bot.documents[0].path)), style="qabot.source")
        if best.best is None:
            table.add_row(name, Text("not found", style="qabot.not_found"), "", "", "")
        else:
            shown = best.listed or (best.best,)
            citation = dialogue.cite_for(asked, shown)
            line = str(best.best.location.line)
            table.add_row(name, Text(_words(citation)), percent(best.best.confidence), line, f"[{citation.number}]")
    notes = [Text(one_line(note), style="qabot.note") for note in reply.notes]
    return Group(table, *notes)


def view(repl: Repl, rest: str) -> RenderableType:
    """The source of a citation with the answer lit, in the pager where there is one."""
    citation = repl.dialogue.cited(rest)
    try:
        pager = shlex.split(repl.outside.pager or "")
    except ValueError as error:
        raise CommandError(f"the pager {repl.outside.pager} can't be read as a command ({error}); set $PAGER anew") from error
    styled = bool(pager) and Path(pager[0]).name == "less" and repl.styled
    text = source_text(citation, styled=styled or (not pager and repl.styled))
    if not pager:
        return text
    with repl.console.capture() as captured:
        repl.console.print(text)
    if not repl.outside.page(captured.get(), [*pager, "-R"] if styled else pager):
        raise CommandError(f"the pager {pager[0]} can't be started; set $PAGER to one that can")
    return SHOWN


def source_text(citation: Citation, *, styled: bool) -> Text:
    """The lines around what ``citation`` names, in full and numbered, its words lit; without style they are marked >>so<<."""
    document, first = citation.answers[0].document, citation.answers[0].location.line
    lit = sorted(answer.span for answer in citation.answers)
    raw = document.text.replace("\r\n", " \n")  # of the same length: offsets stay true
    lines = Text()
    at = max(0, lit[0].start - _FARTHEST)
    at = max(at, _start_of_line(raw, lit[0].start, _AROUND))
    end = min(len(raw), lit[-1].end + _FARTHEST, _end_of_line(raw, lit[-1].end, _AROUND))
    number = first - raw.count("\n", at, lit[0].start)
    for line in raw[at:end].split("\n"):
        lines.append(f"{number:6}  ", style="qabot.faint")
        _append_lit(lines, line, at, lit, styled)
        lines.append("\n")
        at += len(line) + 1
        number += 1
    return lines


def _append_lit(text: Text, line: str, start: int, lit: list[Span], styled: bool) -> None:
    end, at = start + len(line), start
    for span in lit:
        if span.start < end and start < span.end:
            begin, stop = max(span.start, at), min(span.end, end)
            words = printable(line[begin - start : stop - start])
            text.append(printable(line[at - start : begin - start]))
            text.append(words if styled else f">>{words}<<", style="qabot.span" if styled else None)
            at = stop
    text.append(printable(line[at - start :]))


def _start_of_line(text: str, at: int, back: int) -> int:
    for _ in range(back + 1):
        at = text.rfind("\n", 0, at)
        if at < 0:
            return 0
    return at + 1


def _end_of_line(text: str, at: int, on: int) -> int:
    at -= 1
    for _ in range(on + 1):
        at = text.find("\n", at + 1)
        if at < 0:
            return len(text)
    return at


def open_(repl: Repl, rest: str) -> RenderableType:
    """A citation's file in the editor, at line and column."""
    answer = repl.dialogue.cited(rest).answers[0]
    path = answer.document.path
    if path == "-":
        raise CommandError("standard input has no file to open; /view shows it")
    if not os.path.exists(path):  # noqa: PTH110 - as elsewhere: no error for an odd name
        raise CommandError(f"{path}: the file is no longer there; /view shows what was read")
    place = answer.location
    # A path that begins with "-" or "+" would be an option to an editor.
    command, wait = editor_command(repl.outside.editor, os.path.abspath(path), place.line, place.column)  # noqa: PTH100
    try:
        status = repl.outside.run(command, wait)
    except OSError as error:
        why_not = (error.strerror or str(error)).lower()
        raise CommandError(f"the editor {command[0]} can't be started: {why_not}; set $VISUAL or $EDITOR anew") from error
    if status:
        raise CommandError(f"the editor {command[0]} ended with status {status}")
    return Text(f"Opened {one_line(path)}:{place.line}:{place.column}", style="qabot.faint")


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
