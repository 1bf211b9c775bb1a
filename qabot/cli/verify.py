"""``qabot verify``: earlier answers against the documents as they are today."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from qabot.cli.context import Context
from qabot.cli.exit_codes import ExitCode
from qabot.cli.options import color_option, complete_paths, quiet_option
from qabot.errors import QuestionSetError
from qabot.terminal.console import Color

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qabot.evaluation.verifying import Claim, Verdict

_BAD = ("changed", "gone")


@click.command(short_help="Check earlier answers against today's documents.")
@click.argument("answers", metavar="ANSWERS.jsonl", shell_complete=complete_paths)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for every answer.")
@color_option
@quiet_option
@click.pass_obj
def verify(context: Context, answers: str, as_json: bool, color: Color, quiet: bool) -> ExitCode:
    """Check every answer that qabot ask --json (or --questions) gave, in ANSWERS.jsonl or - for standard input.

    An answer is still there when its sentence stands where it stood, moved when it stands elsewhere in the document, changed when
    only a similar sentence does, and gone when none does or the document is no more. Paths are looked for from here.

    Exit status: 0 all are there or moved, 1 one is changed or gone, 2 usage or input.
    """
    from qabot.cli.question_lines import read_text
    from qabot.evaluation.formats.jsonl import parse_object
    from qabot.evaluation.verifying import claims_of

    context.quiet, context.color = quiet, color
    claims: list[Claim] = []
    failed = False
    for number, line in enumerate(read_text(answers, context.binary_stdin()).split("\n"), start=1):
        if line.strip():
            try:
                claims += claims_of(answers, number, parse_object(answers, number, line))
            except QuestionSetError as error:
                failed = True
                context.error(str(error))
    verdicts = _verdicts(claims)
    if as_json:
        for verdict in verdicts:
            context.write_json(_object(verdict))
    elif verdicts:
        from qabot.terminal.comparison_tables import verdicts_list

        context.console().print(verdicts_list(verdicts), crop=False, soft_wrap=True)
    counts = Counter(verdict.status.value for verdict in verdicts)
    context.warn(", ".join(f"{count:,} {status}" for status, count in counts.items()) or "there is no answer to check")
    if failed:
        return ExitCode.USAGE
    return ExitCode.NOT_FOUND if any(counts[status] for status in _BAD) else ExitCode.OK


def _verdicts(claims: Iterable[Claim]) -> Sequence[Verdict]:
    """One for each claim, in order; every document is read once."""
    from qabot.errors import SourceError
    from qabot.evaluation.verifying import verify
    from qabot.ingest.places import STDIN
    from qabot.ingest.reading import read_file
    from qabot.records import Document

    read: dict[str, tuple[Document | None, str]] = {STDIN: (None, "standard input isn't there any more")}

    def document(path: str) -> tuple[Document | None, str]:
        if path not in read:
            try:
                read[path] = read_file(path, []), ""
            except SourceError as error:
                read[path] = None, error.reason
        return read[path]

    found: list[Verdict] = []
    for claim in claims:
        today, reason = document(claim.path)
        found.append(verify(claim, today, reason))
    return found


def _object(verdict: Verdict) -> dict[str, Any]:
    claim, location = verdict.claim, verdict.location
    return {
        "schema": 1,
        "id": claim.id,
        "question": claim.question,
        "text": claim.text,
        "path": claim.path,
        "status": verdict.status.value,
        "was": {"line": claim.location.line, "column": claim.location.column},
        "is": None if location is None else {"line": location.line, "column": location.column},
        "now": verdict.now or None,
    }
