"""The chat's commands that keep something of it: marks for the question file, the dialogue as a file, words on the clipboard."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from qabot.errors import CommandError
from qabot.evaluation.judging import said
from qabot.evaluation.metrics import holds_tokens
from qabot.ingest.places import display_name
from qabot.records import Span
from qabot.terminal.changing import unquoted
from qabot.terminal.marks import create_whole, write_mark
from qabot.terminal.render import words_of
from qabot.terminal.safe import one_line, shown_path
from qabot.terminal.transcript import markdown

if TYPE_CHECKING:
    from qabot.terminal.dialogue import Exchange
    from qabot.terminal.repl import Repl


def good(repl: Repl, _rest: str) -> RenderableType:
    """The last answer is right: it becomes gold. After "not found": that there is no answer."""
    last = repl.dialogue.last
    answer = said(last.reply.answers)
    file = _mark(repl, last, [answer] if answer else [], wrong=None)
    return _note(f"{shown_path(file)}: kept as gold: {one_line(answer) if answer else 'there is no answer'}")


def bad(repl: Repl, _rest: str) -> RenderableType:
    """The last answer is wrong; what is right isn't known yet."""
    last = repl.dialogue.last
    answer = said(last.reply.answers)
    if not answer:
        raise CommandError("nothing was answered; /gold TEXT says what the documents answer")
    file = _mark(repl, last, [], wrong=answer)
    until = "Until /gold TEXT says what is right, refusing counts as right."
    return _note(f"{shown_path(file)}: kept as wrong: {one_line(answer)}. {until}")


def gold(repl: Repl, text: str) -> RenderableType:
    """``text`` is what the last question should have got."""
    if any("\ud800" <= char <= "\udfff" for char in text):  # bytes that are no UTF-8: no answer could ever be like that
        raise CommandError("the text holds bytes that are no UTF-8; write it anew")
    last = repl.dialogue.last
    answer = said(last.reply.answers)
    file = _mark(repl, last, [text], wrong=answer if answer and answer != text else None)
    kept = _note(f"{shown_path(file)}: kept as gold: {one_line(text)}")
    best = last.reply.best
    asked = [best.document] if best else last.bot.documents
    if any(holds_tokens(document.visible(Span(0, len(document.text)))[0], text) for document in asked if document.text):
        return kept
    where = one_line(display_name(best.document.path)) if best else "the documents"
    return Group(kept, Text(f"These words stand nowhere in {where}; is it a slip?", style="qabot.not_found"))


def save(repl: Repl, named: str) -> RenderableType:
    """The dialogue as a Markdown file, which must not be there yet."""
    if not repl.dialogue.exchanges and not repl.dialogue.citations:
        raise CommandError("nothing was asked yet; there is nothing to save")
    file = Path(unquoted(named))
    try:
        file = file.expanduser()
        create_whole(file, markdown(repl.dialogue).encode("utf-8", "replace"))
    except FileExistsError as error:
        raise CommandError(f"{file}: is there already; name a file that isn't") from error
    except (OSError, ValueError, RuntimeError) as error:  # a NUL in the name, a home that isn't known
        raise CommandError(f"{file}: can't be written: {(getattr(error, 'strerror', None) or str(error)).lower()}") from error
    return _note(f"Saved as {shown_path(file)}")


def copy(repl: Repl, rest: str) -> RenderableType:
    """A citation's words to the clipboard of the terminal (OSC 52)."""
    citation = repl.dialogue.cited(rest)
    if not repl.outside.escapes:
        raise CommandError("nothing is copied: there is no terminal that takes control sequences")
    words = "\n".join(words_of(answer) for answer in citation.answers)
    coded = base64.b64encode(words.encode("utf-8", "replace")).decode("ascii")
    repl.console.file.write(f"\x1b]52;c;{coded}\x07")
    repl.console.file.flush()
    return _note(f"Sent to the terminal's clipboard, if it lets programs do so: {one_line(words)}")


def _mark(repl: Repl, last: Exchange, answers: list[str], *, wrong: str | None) -> Path:
    file = repl.outside.marks
    if file is None:
        raise CommandError("this chat has no question file to keep marks in")
    best = last.reply.best
    document = best.document.path if best else None
    last.mark = write_mark(file, last.asked, answers, document=document, wrong=wrong, instead=last.mark)
    return file


def _note(text: str) -> Text:
    return Text(text, style="qabot.faint")
