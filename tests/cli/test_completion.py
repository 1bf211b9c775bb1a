"""Completion in a shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from tests.cli.running import run


@pytest.mark.parametrize(("shell", "word"), [("bash", "complete -o"), ("zsh", "#compdef qabot"), ("fish", "complete --no-files")])
def test_a_script_for_each_shell(shell: str, word: str) -> None:
    result = run("completion", shell)
    assert (result.status, result.err) == (0, "")
    assert word in result.out
    assert f"_QABOT_COMPLETE={shell}_complete" in result.out


def test_other_shells_have_none() -> None:
    result = run("completion", "tcsh")
    assert result.status == 2
    assert result.err.count("\n") == 1


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """The environment of a shell that finds ``qabot``; its home holds a file whose name wants quoting."""
    program = tmp_path / "bin" / "qabot"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m qabot "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "minutes of May.txt").touch()
    path = os.pathsep.join(filter(None, sys.path))
    return {"PATH": f"{program.parent}:/usr/bin:/bin", "TERM": "dumb", "HOME": str(tmp_path), "PYTHONPATH": path}


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"there is no {shell} here")


BASH = (
    ["bash", "--norc", "--noprofile", "-i"],
    'bind "set enable-bracketed-paste off"; PS1="ready> "; eval "$(qabot completion bash)"',
)
ZSH = (
    ["zsh", "-f", "-i"],
    'unset zle_bracketed_paste; PS1="ready> "; autoload -U compinit && compinit -D; eval "$(qabot completion zsh)"',
)


@pytest.mark.slow
@pytest.mark.parametrize(("command", "begin"), [pytest.param(*BASH, marks=needs("bash")), pytest.param(*ZSH, marks=needs("zsh"))])
def test_tab_completes_commands_options_and_files(
    command: list[str], begin: str, surroundings: dict[str, str], tmp_path: Path
) -> None:
    shell = pexpect.spawn(command[0], command[1:], cwd=str(tmp_path), env=surroundings, encoding="utf-8", timeout=60)
    shell.sendline(f"{begin}; echo do''ne")
    shell.expect_exact("\r\ndone\r\n")
    shell.expect_exact("ready> ")
    for typed, completed in (
        ("qabot ch", "qabot chat "),
        ("qabot config se", "qabot config set "),
        ("qabot config set thr", "qabot config set threshold "),
        ("qabot ask --why --lit", "qabot ask --why --literal "),
        ("qabot ask --theme li", "qabot ask --theme light "),
        ("qabot ask Who min", "qabot ask Who minutes\\ of\\ May.txt "),
        ("qabot eval min", "qabot eval minutes\\ of\\ May.txt "),
        ("qabot verify min", "qabot verify minutes\\ of\\ May.txt "),
    ):
        shell.send(f"{typed}\t")
        shell.expect_exact(completed)
        shell.send("\x15")  # Ctrl-U clears the line
    shell.sendline("exit")
    shell.expect(pexpect.EOF)


@pytest.mark.slow
@needs("fish")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("qabot ch", "chat"),
        ("qabot config set thr", "threshold"),
        ("qabot ask --why --lit", "--literal"),
        ("qabot ask --theme li", "light"),
        ("qabot ask Who min", "minutes of May.txt"),
    ],
)
def test_fish_offers_commands_options_and_files(typed: str, offered: str, surroundings: dict[str, str], tmp_path: Path) -> None:
    command = ["fish", "--no-config", "-c", f'qabot completion fish | source; complete -C "{typed}"']
    shown = subprocess.run(command, cwd=tmp_path, env=surroundings, capture_output=True, text=True, timeout=60, check=True)
    assert offered in [line.split("\t")[0] for line in shown.stdout.splitlines()]
