"""One question of ``qabot ask``, printed as text, JSON or Markdown."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

import click

from qabot.cli.config import Settings
from qabot.cli.context import Context
from qabot.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from qabot.answering import Bot
    from qabot.records import Document, Reply

Form = Literal["text", "json", "markdown"]


class AskOne(NamedTuple):
    """How the question is to be asked and shown: ``top`` answers as ``form``, with ``around`` sentences around the best."""

    context: Context
    settings: Settings
    form: Form
    top: int
    around: int
    literal: bool

    def ask(self, question: str, paths: Sequence[str], *, why: bool, opened: bool) -> ExitCode:
        """Ask the documents together; ``why`` shows the evidence too, ``opened`` opens the best answer's file."""
        sources, failed = self.context.read(paths, self.settings)
        bot = self._bot(sources.documents)
        began = time.perf_counter()
        reply = bot.ask(question, literal=self.literal)
        self._print(reply, bot, why, 1000 * (time.perf_counter() - began))
        if opened and reply.best is not None:
            from qabot.cli.outside import outside_of
            from qabot.terminal.opening import open_source

            self.context.stdout.flush()  # the editor may take the screen
            self.context.warn(open_source(reply.best, outside_of(self.context, self.settings)))
        return self._status(failed, found=bool(reply.answers))

    def each(self, question: str, paths: Sequence[str]) -> ExitCode:
        """Ask every document alone."""
        from qabot.terminal.each import ask_each, each_table

        sources, failed = self.context.read(paths, self.settings)
        began = time.perf_counter()
        told = ask_each(self._bot(sources.documents), self._bot, question, literal=self.literal)
        elapsed_ms = 1000 * (time.perf_counter() - began)
        if self.form == "json":
            from qabot.cli.reply_json import each_object

            self.context.write_json(each_object(told, elapsed_ms=elapsed_ms))
        elif self.form == "markdown":
            from qabot.terminal.transcript import each_markdown

            click.echo(each_markdown(told), nl=False, file=self.context.stdout)
        else:
            console = self.context.console()
            console.print(each_table(told, console))
        return self._status(failed, found=any(reply.answers for _, reply in told.alone))

    def _bot(self, documents: Sequence[Document]) -> Bot:
        return self.context.bot_for(documents, threshold=self.settings.threshold)

    def _print(self, reply: Reply, bot: Bot, why: bool, elapsed_ms: float) -> None:
        if self.form == "json":
            from qabot.cli.reply_json import reply_object, why_object

            told = reply_object(reply, id=None, top=self.top, elapsed_ms=elapsed_ms)
            self.context.write_json(told | ({"why": why_object(reply, bot.retriever)} if why else {}))
            return
        if self.form == "markdown":
            from qabot.terminal.transcript import reply_markdown, why_markdown

            text = reply_markdown(reply, bot, top=self.top, context=self.around)
            click.echo(f"{text}\n{why_markdown(reply, bot.retriever)}" if why else text, nl=False, file=self.context.stdout)
            return
        from qabot.terminal.render import StableLinks, render_reply

        console = self.context.console()
        # A path that is too long for a pipe's supposed width must stay whole.
        console.print(render_reply(reply, bot, console, top=self.top, context=self.around), crop=False)
        if why:
            from qabot.terminal.why import why as evidence

            console.print()
            console.print(StableLinks(evidence(reply, bot.retriever, console)), crop=False)

    @staticmethod
    def _status(failed: bool, *, found: bool) -> ExitCode:
        if failed:
            return ExitCode.USAGE
        return ExitCode.OK if found else ExitCode.NOT_FOUND
