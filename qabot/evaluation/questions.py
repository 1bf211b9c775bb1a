"""Question sets: JSON Lines, SQuAD v1.1 / v2.0 JSON, CSV and TSV; plain or gzipped."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

from qabot.errors import QuestionSetError
from qabot.evaluation.formats.jsonl import parse_line, parse_object, read_jsonl
from qabot.evaluation.formats.squad import as_squad, read_squad
from qabot.evaluation.formats.table import delimiter_of, read_table
from qabot.evaluation.question import Question, QuestionSet

__all__ = ["Question", "QuestionSet", "parse_line", "parse_object", "read_question_set", "read_text"]

_GZIP = b"\x1f\x8b"
_TABLES = (".csv", ".tsv", ".tab")


def read_question_set(path: str | Path, *, strict: bool = False) -> QuestionSet:
    """Read a question set. Bad lines are left out and named in ``problems``; with ``strict`` the first one is an error.

    Raises QuestionSetError when the file can't be read, or has no usable question at all.
    """
    name = str(path)
    text = read_text(name, "name a JSONL, SQuAD, CSV or TSV file, or a folder with corpus.jsonl, queries.jsonl and qrels.tsv")
    squad = as_squad(name, text)
    if squad is not None:
        found = read_squad(name, squad)
    elif name.removesuffix(".gz").lower().endswith(_TABLES):
        delimiter = delimiter_of(text)
        if delimiter is None:
            raise QuestionSetError(name, 1, 'has no header with a column "question"; the first line names the columns')
        found = read_table(name, text, delimiter)
    else:
        found = read_jsonl(name, text)
    if strict and found.problems:
        raise found.problems[0]
    if not found.questions:
        first = found.problems[0] if found.problems else QuestionSetError(name, None, "has no questions")
        raise QuestionSetError(name, first.line, f"{first.reason} (no usable question in the file)")
    return found


def read_text(name: str, instead: str) -> str:
    """The text of the file ``name``, unpacked where it is gzipped; ``instead`` says what to name where it is no such file.

    Raises QuestionSetError when it can't be read.
    """
    try:
        if not name:
            raise QuestionSetError("''", None, f"is no file name; {instead}")
        if Path(name).exists() and not Path(name).is_file():
            raise QuestionSetError(name, None, f"is not a regular file; {instead}")
        data = Path(name).read_bytes()
        return (gzip.decompress(data) if data.startswith(_GZIP) else data).decode("utf-8-sig")
    except FileNotFoundError as error:
        raise QuestionSetError(name, None, "no such file; check the spelling") from error
    except UnicodeDecodeError as error:
        raise QuestionSetError(name, None, "is not UTF-8 text; save it as UTF-8") from error
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise QuestionSetError(name, None, f"can't be read: {getattr(error, 'strerror', None) or error}".lower()) from error
