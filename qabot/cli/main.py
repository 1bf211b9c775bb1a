"""The command group, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

import qabot
from qabot.cli.context import Context
from qabot.cli.exit_codes import ExitCode
from qabot.cli.options import color_asked
from qabot.errors import QabotError

# The module of each command in qabot.cli, and its name there.
_COMMANDS = {
    "ask": ("ask", "ask"),
    "calibrate": ("calibrate", "calibrate"),
    "chat": ("chat", "chat"),
    "compare": ("compare", "compare"),
    "completion": ("completion", "completion"),
    "config": ("config_command", "config"),
    "eval": ("eval", "eval_"),
    "verify": ("verify", "verify"),
}


class _ClosedError(Exception):
    """Whoever read our output has closed it."""


@contextmanager
def _closing() -> Iterator[None]:
    """Keeps a closed output from click, which would leave with 1 for it: that says that nothing was found."""
    try:
        yield
    except BrokenPipeError as error:
        raise _ClosedError from error


class _Group(click.Group):
    """Loads a command's module when the command is used: starting the program is most of what a single question costs."""

    def make_context(self, *args: Any, **settings: Any) -> click.Context:
        with _closing():  # where help is printed
            return super().make_context(*args, **settings)

    def invoke(self, ctx: click.Context) -> Any:
        with _closing():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"qabot.cli.{module}"), name)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]  # click takes it out before it says what is wrong with it
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            hint = (
                f'qabot ask {"-- " if name.startswith("-") else ""}"{name}"'
                if " " in name
                else f"qabot chat {name}"
                if os.path.exists(name)  # noqa: PTH110 - says no to a name that is too long
                else "qabot --help"
            )
            raise click.UsageError(f"{error.message} Did you mean: {hint}", ctx) from error


@click.group(cls=_Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(qabot.__version__, prog_name="qabot")
@click.pass_context
def cli(ctx: click.Context) -> Any:
    """Ask your documents a question; get the exact words that answer it, lit up in their own sentence.

    Without a command: a chat about the article that comes with qabot (or $QABOT_DOCS).
    """
    if ctx.invoked_subcommand is None:
        from qabot.cli.chat import chat

        return ctx.invoke(chat, paths=())
    return None


def main(arguments: Sequence[str] | None = None, context: Context | None = None) -> int:
    """Run the command line; returns the exit status and never raises."""
    context = context or Context()
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    context.color = color_asked(arguments)
    try:
        result = cli.main(args=arguments, prog_name="qabot", standalone_mode=False, obj=context)
        context.stdout.flush()
        return int(result) if isinstance(result, int) else int(ExitCode.OK)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        command = _command(error, arguments)
        dash = isinstance(error, click.NoSuchOption) and not error.option_name.startswith("--") and command == "qabot ask"
        hint = "; put -- before a question that begins with a dash" if dash else ""
        context.error(f"{error.format_message().rstrip('.')}{hint} (see {command} -h)")
        return int(ExitCode.USAGE)
    except QabotError as error:
        context.error(str(error))
        return int(ExitCode.USAGE)
    except (KeyboardInterrupt, click.Abort):
        return int(ExitCode.INTERRUPTED)
    except (BrokenPipeError, _ClosedError):
        return _closed_stdout()
    except OSError as error:
        # What is read or written by name says so in its error; standard output has no name.
        what = "the output can't be written" if error.filename is None else f"{_name(error.filename)}: can't be read or written"
        context.error(f"{what}: {(error.strerror or str(error)).lower()}")
        return int(ExitCode.USAGE)


def _command(error: click.ClickException, arguments: Sequence[str]) -> str:
    """The command that ``error`` is about, as one would write it."""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return error.ctx.command_path
    return f"qabot {arguments[0]}" if arguments and arguments[0] in _COMMANDS else "qabot"


def _name(file: object) -> str:
    """The name of a file as an error carries it: text, bytes, or a number where the file is only known by that."""
    return os.fsdecode(file) if isinstance(file, str | bytes) else str(file)


def _closed_stdout() -> int:
    """Whoever read our output has enough (``| head``): end quietly, and keep the interpreter from complaining at its exit."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
    return int(ExitCode.OK)
