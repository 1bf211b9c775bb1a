"""An answer's source in the person's editor, at line and column."""

from __future__ import annotations

import os

from qabot.errors import CommandError
from qabot.records import Answer
from qabot.terminal.editors import editor_command
from qabot.terminal.outside import Outside
from qabot.terminal.safe import one_line


def open_source(answer: Answer, outside: Outside) -> str:
    """Open the file that ``answer`` stands in and say so. Raises CommandError when that can't be done."""
    path = answer.document.path
    if path == "-":
        raise CommandError("standard input has no file to open; what was read stands in the answer and its context")
    if not os.path.exists(path):  # noqa: PTH110 - as elsewhere: no error for an odd name
        raise CommandError(f"{path}: the file is no longer there to be opened")
    place = answer.location
    # A path that begins with "-" or "+" would be an option to an editor.
    command, wait = editor_command(outside.editor, os.path.abspath(path), place.line, place.column)  # noqa: PTH100
    try:
        status = outside.run(command, wait)
    except OSError as error:
        why_not = (error.strerror or str(error)).lower()
        raise CommandError(f"the editor {command[0]} can't be started: {why_not}; set $VISUAL or $EDITOR anew") from error
    if status:
        raise CommandError(f"the editor {command[0]} ended with status {status}")
    return f"Opened {one_line(path)}:{place.line}:{place.column}"
