"""Completion in a shell."""

from __future__ import annotations

import os
import shutil
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


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_completes_commands_options_and_files(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "qabot"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m qabot "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "minutes of May.txt").touch()
    path = os.pathsep.join(filter(None, sys.path))
    environment = {"PATH": f"{program.parent}:/usr/bin:/bin", "TERM": "dumb", "HOME": str(tmp_path), "PYTHONPATH": path}
    shell = pexpect.spawn(
        "bash", ["--norc", "--noprofile", "-i"], cwd=str(tmp_path), env=environment, encoding="utf-8", timeout=60
    )
    shell.sendline('bind "set enable-bracketed-paste off"; PS1="ready> "; eval "$(qabot completion bash)"; echo done')
    shell.expect_exact("\r\ndone\r\nready> ")
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
