"""How the common editors are told to open a file at a line and a column."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from qabot.errors import CommandError

_Place = Callable[[str, int, int], Sequence[str]]  # of a path, a line and a column, both from 1


def _line_only(path: str, line: int, _column: int) -> Sequence[str]:
    return [f"+{line}", path]


def _vim(path: str, line: int, column: int) -> Sequence[str]:
    return [f"+normal! {line}G0{f'{column - 1}l' if column > 1 else ''}", path]  # by characters: cursor() counts bytes


def _comma(path: str, line: int, column: int) -> Sequence[str]:
    return [f"+{line},{column}", path]


def _plus(path: str, line: int, column: int) -> Sequence[str]:
    return [f"+{line}:{column}", path]


def _colons(path: str, line: int, column: int) -> Sequence[str]:
    return [f"{path}:{line}:{column}"]


def _goto(path: str, line: int, column: int) -> Sequence[str]:
    return ["--goto", f"{path}:{line}:{column}"]


def _options(path: str, line: int, column: int) -> Sequence[str]:
    return ["--line", str(line), "--column", str(column), path]


_PLACES: Mapping[str, _Place] = {
    "vi": _line_only,
    **dict.fromkeys(("vim", "nvim", "gvim"), _vim),
    "nano": _comma,
    **dict.fromkeys(("emacs", "emacsclient", "micro", "gedit"), _plus),
    **dict.fromkeys(("code", "codium", "code-insiders"), _goto),
    **dict.fromkeys(("subl", "hx", "helix"), _colons),
    "kate": _options,
}
_WINDOWS = frozenset({"gvim", "code", "codium", "code-insiders", "subl", "kate", "gedit"})  # not on the terminal: no waiting


def editor_command(editor: str | None, path: str, line: int, column: int) -> tuple[list[str], bool]:
    """The command that opens ``path`` at ``line`` and ``column`` in ``editor`` (a command line, split without a shell), and
    whether it runs on this terminal, so that one has to wait for it. An editor that isn't known gets the path alone.

    Raises CommandError when no editor is set, or its command line can't be split.

    >>> editor_command("code --wait", "/notes.md", 3, 7)
    (['code', '--wait', '--goto', '/notes.md:3:7'], False)
    """
    try:
        words = shlex.split(editor or "")
    except ValueError as error:
        raise CommandError(f"the editor {editor} can't be read as a command ({error}); set $VISUAL or $EDITOR anew") from error
    if not words:
        raise CommandError("no editor is set; set $VISUAL or $EDITOR, for example EDITOR=nano")
    name = Path(words[0]).name.removesuffix(".exe")
    place = _PLACES.get(name)
    return [*words, *(place(path, line, column) if place else [path])], name not in _WINDOWS
