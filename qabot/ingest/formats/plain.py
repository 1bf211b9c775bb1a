"""Plain text: paragraphs at blank lines, list lines kept apart, hard-wrapped lines kept together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qabot.ingest.formats import Structure
from qabot.records import Section, Span
from qabot.text.sentences import trim

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_LIST_ITEM = re.compile(r"\s*(?:[-*•–·]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])\s")
_UNDERLINE = re.compile(r"\s*(=+|-+|~+|\*+)\s*")
_NUMBERED_HEADING = re.compile(
    r"(?:(?:section|article|chapter|part|annex|appendix)\s+)?[\dIVX]+(?:\.\d+)*[.:)]?\s+\S", re.IGNORECASE
)
_LABEL = re.compile(r"[A-Z][\w-]*(?: [\w-]+){0,3}:\s")  # "Date: 12 June", a line of its own
_LONGEST_LABEL = 22  # code points, with the colon
_TITLE_LABEL = re.compile(r"title:\s+(?=\S)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*\s*$")
_LONGEST_HEADING = 80  # code points
_SHORTEST_WRAPPED_LINE = 40  # a line cut by hard wrapping is at least about this long
_CUT_SHORT = 0.75  # of the longest line: what is shorter was not cut by wrapping, unless the next word had no room


def parse(text: str) -> Structure:
    """The first line, when it is short and no sentence, is the title; headings are underlined, numbered or in capitals.

    A heading's line stays readable too, as the first block of its section: plain text only looks like it has headings. Underlines
    are hidden.
    """
    sections: list[Section] = []
    heading, blocks = "", list[Span]()
    title: str | None = None
    underlines: list[Span] = []
    for lines in _paragraphs(text):
        underlines += [line for line in lines if _UNDERLINE.fullmatch(line.of(text))]
        found = _heading(text, lines)
        if title is None and not sections and not blocks:
            title = found or _title(text, lines[0])
        if found is not None and found != title:
            if blocks:
                sections.append(Section(heading, tuple(blocks)))
            heading, blocks = found, []
        blocks += _blocks(text, lines)
    if blocks:
        sections.append(Section(heading, tuple(blocks)))
    return Structure(title or None, tuple(sections), tuple(underlines))


def _paragraphs(text: str) -> Iterator[list[Span]]:
    """Runs of lines between blank ones; each line trimmed."""
    run: list[Span] = []
    for match in _LINE.finditer(text):
        line = trim(text, match.start(), match.end())
        if line is not None:
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _heading(text: str, lines: list[Span]) -> str | None:
    line = lines[0].of(text)
    if len(line) > _LONGEST_HEADING or _SENTENCE_END.search(line):
        return None
    if len(lines) == 2 and _UNDERLINE.fullmatch(lines[1].of(text)):
        return line
    if len(lines) == 1 and ((line.isupper() and len(line) > 3) or _NUMBERED_HEADING.match(line)):
        return line
    return None


def _title(text: str, line: Span) -> str | None:
    words = line.of(text)
    if len(words) > 2 * _LONGEST_HEADING or _SENTENCE_END.search(words):
        return None
    label = _TITLE_LABEL.match(words)
    return words[label.end() :] if label else words


def _blocks(text: str, lines: list[Span]) -> Iterator[Span]:
    """The lines of one paragraph, joined where a sentence was wrapped and apart where a list or a table has its lines."""
    start = end = -1
    before = 0  # the length of the line before
    widest = max(map(len, lines))
    for line in lines:
        if _UNDERLINE.fullmatch(line.of(text)):
            continue
        if start >= 0 and not _continues(text, before, line, widest):
            yield Span(start, end)
            start = -1
        start = line.start if start < 0 else start
        end, before = line.end, len(line)
    if start >= 0:
        yield Span(start, end)


def _continues(text: str, before: int, line: Span, widest: int) -> bool:
    """Whether ``line`` goes on with the line before it, of ``before`` code points, rather than being a line of its own.

    ``widest`` is the longest line of the paragraph, which tells how it was wrapped.
    """
    words = line.of(text)
    label = _LABEL.match(words)
    if _LIST_ITEM.match(words) or (label and len(label.group().rstrip()) <= _LONGEST_LABEL):
        return False
    if words[0].islower():
        return True
    had_room = before + 1 + len(words.split(maxsplit=1)[0]) <= widest
    return before >= _SHORTEST_WRAPPED_LINE and not (words[0].isupper() and had_room and before < _CUT_SHORT * widest)
