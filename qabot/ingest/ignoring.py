"""Which files ``.gitignore`` keeps out, from the root of the git checkout down, as git itself would."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterable
from pathlib import Path

from pathspec import GitIgnoreSpec


class Ignored:
    """The rules that hold in a folder being walked; ``enter`` each folder before asking about what is in it."""

    def __init__(self, folder: str) -> None:
        self._rules: list[tuple[str, GitIgnoreSpec]] = []
        here = Path(os.path.realpath(folder))
        checkout = next((parent for parent in (here, *here.parents) if (parent / ".git").exists()), here)
        for parent in reversed(here.parents):
            if parent.is_relative_to(checkout):
                self.enter(str(parent))
        if self.matches(str(here), folder=True):
            self._rules = []  # the user named what the checkout ignores: then that is what they want read

    def enter(self, folder: str) -> None:
        """Take up the rules of ``folder``, if it has any that can be read."""
        real = os.path.realpath(folder)
        file = Path(real, ".gitignore")
        if not file.is_file():  # a FIFO of this name would be waited for
            return
        try:
            lines = file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
        except OSError:
            return
        self._rules.append((real, _spec(lines)))

    def matches(self, path: str, *, folder: bool = False) -> bool:
        """Whether the rules keep ``path`` out; the rule nearest to it decides."""
        parent, name = os.path.split(path)
        real = os.path.join(os.path.realpath(parent), name)
        for root, spec in reversed(self._rules):
            if os.path.commonpath((root, real)) != root:
                continue
            verdict = spec.check_file(os.path.relpath(real, root) + ("/" if folder else "")).include
            if verdict is not None:
                return verdict
        return False


def _spec(lines: Iterable[str]) -> GitIgnoreSpec:
    """The rules of ``lines``; one that is none (``!`` alone, say) matches nothing, as in git, and the others hold."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Python's doubts about ``[[`` in the expression that a rule becomes
        return _compiled(line for line in lines if _is_rule(line))


def _is_rule(line: str) -> bool:
    try:
        _compiled([line])
    except (ValueError, re.error):  # re.error: a range that runs backwards
        return False
    return True


def _compiled(lines: Iterable[str]) -> GitIgnoreSpec:
    return GitIgnoreSpec.from_lines(lines, backend="simple")  # the one that is there for everybody
