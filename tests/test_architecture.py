"""The shape of the project: imports, what may print, how long files are, what start-up loads, what the README says."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from qabot.cli.main import cli
from qabot.terminal.commands import COMMANDS

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "qabot").rglob("*.py"))
LONGEST = 300  # lines


def imports(module: Path) -> set[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_import_contracts_hold() -> None:
    result = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(ROOT)))
def test_a_module_keeps_to_its_room(module: Path) -> None:
    room = module.relative_to(ROOT / "qabot").parts[0]
    names = imports(module)
    if room not in {"cli", "terminal", "training"}:
        assert not names & {"rich", "prompt_toolkit", "click", "logging"}
    if room != "training":
        assert not names & {"torch", "transformers", "onnx", "socket", "urllib", "http", "requests"}
    assert len(module.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_the_environment_is_read_by_the_command_line_alone() -> None:
    readers = [m for m in MODULES if re.search(r"os\.environ|getenv", m.read_text(encoding="utf-8"))]
    assert {module.relative_to(ROOT / "qabot").parts[0] for module in readers} <= {"cli", "training"}


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import qabot", {"numpy", "rich", "click", "onnxruntime"}),
        ("import qabot.cli.main, qabot.cli.ask", {"prompt_toolkit", "pathspec", "chardet", "nupunkt", "torch"}),
    ],
)
def test_what_is_not_needed_is_not_loaded(code: str, absent: set[str]) -> None:
    script = f"import sys; {code}; print(*{{name.split('.')[0] for name in sys.modules}})"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not absent & set(loaded)


def test_core_dependencies_are_those_that_the_core_imports() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=\[ ]", line)[0].lower().replace("-", "_") for line in project["dependencies"]}
    distributions = {"markdown_it": "markdown_it_py", "stemmer": "pystemmer"}
    core = [module for module in MODULES if module.relative_to(ROOT / "qabot").parts[0] != "training"]
    used = {distributions.get(name.lower(), name.lower()) for module in core for name in imports(module)}
    outside = {name for name in used if name not in sys.stdlib_module_names and name != "qabot"}
    extra = {re.split(r"[<>=\[ ]", line)[0].lower().replace("-", "_") for line in project["optional-dependencies"]["eval"]}
    assert outside == declared | extra


def test_the_core_evaluates_without_the_extra() -> None:
    """Only the page of a report and retrieval sets load what ``qabot[eval]`` brings; without it they say so in one line."""
    script = (
        "import sys\n"
        "for name in ('ir_measures', 'jinja2', 'matplotlib'):\n"
        "    sys.modules[name] = None\n"
        "from qabot.cli.main import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    questions = str(ROOT / "corpus" / "questions.jsonl")

    def ran(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-c", script, "eval", *arguments], capture_output=True, text=True, check=False)

    assert ran(questions, "--retrieval-only", "--limit", "3").returncode == 0
    page = ran(questions, "--retrieval-only", "--limit", "3", "--report", "page.html")
    assert (page.returncode, page.stderr.count("\n")) == (2, 1)
    assert "pip install 'qabot[eval]'" in page.stderr


def test_starting_a_question_loads_nothing_of_the_evaluation() -> None:
    script = "import sys, qabot.cli.main, qabot.cli.ask, qabot.assembly; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not [name for name in loaded if name.startswith("qabot.evaluation")]


def test_every_command_is_in_the_readme_and_every_one_there_exists() -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    typed = [line.split("#")[0] for block in blocks for line in block.splitlines()]
    shown = {match for line in typed for match in re.findall(r"\bqabot ([a-z]+)", line)}
    assert shown == set(cli.list_commands(cli.make_context("qabot", [], resilient_parsing=True)))


def test_the_readme_names_every_command_of_the_chat() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (told,) = re.findall(r"All commands: (.*?)\.", readme, re.DOTALL)
    assert re.findall(r"`(/[a-z]+)`", told) == [command.name for command in COMMANDS]


@pytest.mark.parametrize("command", ["ask", "chat", "eval"])
def test_every_option_in_the_readme_exists(command: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    help_text = CliRunner().invoke(cli, [command, "--help"]).output
    lines = [line for line in readme.splitlines() if f"qabot {command} " in line]
    assert lines
    for option in re.findall(r"(?<=\s)--[a-z-]+", " ".join(lines)):
        assert option in help_text


def test_the_readme_is_no_manual() -> None:
    assert 60 <= len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 120
