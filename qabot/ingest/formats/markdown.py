"""Markdown: the text stays the file's source; markdown-it says what is heading, prose and markup.

The library gives lines for blocks but no places inside a line: ``markdown_inline`` finds a block's words there. What lies between
two of them is markup, and hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from qabot.ingest.formats import Structure
from qabot.ingest.formats.markdown_inline import visible_spans
from qabot.records import Section, Span
from qabot.text.sentences import trim

_LINE = re.compile(r"[^\r\n]+")
_LINE_END = re.compile(r"\r\n?|\n")  # what markdown-it counts as one
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?\r?\n)?---[ \t]*(?:\r?\n|$)", re.DOTALL)
_FRONT_LINE = re.compile(r"^[ \t]*([\w-]+):[ \t]*(\S[^\r\n]*)", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
_FOOTNOTE_TEXT = re.compile(r"^[ \t>]{0,20}\[\^([^\]\s]+)\]:", re.MULTILINE)
_TASK = re.compile(r"\[[ xX]\][ \t]+(?=\S)")
_HTML = re.compile(r"<!--.*?(?:-->|\Z)|</?[a-zA-Z][^<>]*>", re.DOTALL)

# Lists and quotes within each other, two levels for a list: markdown-it goes down into them by recursion.
_DEEPEST = 100
_BLOCK_MARKS = re.compile(r"(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*")


def parse(text: str) -> Structure:
    """Headings open sections (nested ones are joined, the first top-level one is the title); markup is hidden."""
    found = _Found()
    body = _front_matter(text, found)
    starts = [body, *(match.end() for match in _LINE_END.finditer(text, body)), len(text)]
    tokens = _parser(set(_FOOTNOTE_TEXT.findall(text, body))).parse(text[body:])
    lines: Sequence[int] = (0, 0)
    row: list[Token] | None = None
    for number, token in enumerate(tokens):
        lines = token.map or lines
        region = _region(text, starts, lines)
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            found.add_inline(text, region, row)
            row = None
        elif token.type == "inline" and row is not None:
            row.extend(token.children or ())
        elif token.type == "inline" and tokens[number - 1].type == "heading_open":
            found.open_section(int(tokens[number - 1].tag[1:]), _words_of(token.children or ()))
        elif token.type == "inline":
            found.add_inline(text, region, token.children or ())
        elif token.type in {"fence", "code_block"}:
            found.add_code(text, region, fenced=token.type == "fence")
        elif token.type == "html_block":
            found.add_html(text, region)
        elif token.type == "too_deep":
            found.add_lines(text, region)
    return found.structure(text)


def _parser(footnotes: Set[str]) -> MarkdownIt:
    """What cuts Markdown into tokens; ``footnotes`` are the names of those that have a text."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST + 10}).enable("table").disable("text_join")
    parser.block.ruler.before("table", "too_deep", _too_deep)
    parser.inline.ruler.before("link", "mark", partial(_mark, footnotes))
    return parser


def _mark(footnotes: Set[str], state: StateInline, silent: bool) -> bool:
    """A rule of markdown-it's: a footnote's mark and a task's box are no words, and hidden as tags are."""
    at = state.pos
    begins = at == 0 or state.src[at - 1] == "\n"
    found = _TASK.match(state.src, at, state.posMax) if at == 0 else None
    end = found.end() if found else at
    if note := _FOOTNOTE.match(state.src, at, state.posMax):
        end = note.end() if note[1] in footnotes else at
        end += begins and end > at and state.src[end : end + 1] == ":"
    if end == at:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = state.src[at:end]
    state.pos = end
    return True


def _too_deep(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """A rule of markdown-it's: what is nested too deeply is one token. The library itself would drop it, and all behind it."""
    if silent or state.level < _DEEPEST:
        return False
    line = first + 1
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        line += 1
    state.push("too_deep", "", 0).map = [first, line]
    state.line = line
    return True


@dataclass(slots=True)
class _Found:
    """The structure as it grows, block by block."""

    title: str | None = None
    headings: dict[int, str] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)
    blocks: list[Span] = field(default_factory=list)
    visible: list[Span] = field(default_factory=list)

    def structure(self, text: str) -> Structure:
        self._close_section()
        return Structure(self.title, tuple(self.sections), tuple(_gaps(text, self.visible)))

    def open_section(self, level: int, words: str) -> None:
        self._close_section()
        self.headings = {deep: heading for deep, heading in self.headings.items() if deep < level}
        if self.title is None and level == 1 and not self.headings:
            self.title = words or None
        elif level > 1 or words != self.title:  # front matter has told the title that stands here once more
            self.headings[level] = words

    def _close_section(self) -> None:
        if self.blocks:
            heading = " › ".join(filter(None, self.headings.values()))
            self.sections.append(Section(heading, tuple(self.blocks)))
            self.blocks = []

    def add_line(self, line: Span) -> None:
        self.blocks.append(line)
        self.visible.append(line)

    def add_inline(self, text: str, region: Span | None, children: Iterable[Token]) -> None:
        if region is None:
            return
        visible = list(visible_spans(text, region, children))
        if visible:
            self.visible += visible
            self._add_block(text, visible[0].start, visible[-1].end, visible=False)

    def add_code(self, text: str, region: Span | None, *, fenced: bool) -> None:
        if region is None:
            return
        lines = [trim(text, region.start + m.start(), region.start + m.end()) for m in re.finditer(r"[^\n]+", region.of(text))]
        if fenced:
            closed = len(lines) > 1 and lines[-1] is not None and set(lines[-1].of(text)) <= set("`~> ")
            lines = lines[1:-1] if closed else lines[1:]
        for line in lines:
            if line is not None:
                self._add_block(text, line.start, line.end)

    def add_lines(self, text: str, region: Span | None) -> None:
        """Each line as a block of its own, behind the marks of quotes and lists."""
        for line in _LINE.finditer(text, *((region.start, region.end) if region else (0, 0))):
            words = _BLOCK_MARKS.match(text, *line.span())
            self._add_block(text, words.end() if words else line.start(), line.end())

    def add_html(self, text: str, region: Span | None) -> None:
        if region is None:
            return
        ends = [
            region.start,
            *(edge for tag in _HTML.finditer(text, region.start, region.end) for edge in tag.span()),
            region.end,
        ]
        words = [trim(text, start, end) for start, end in zip(ends[::2], ends[1::2], strict=True)]
        visible = [piece for piece in words if piece is not None]
        if visible:
            self.visible += visible
            self._add_block(text, visible[0].start, visible[-1].end, visible=False)

    def _add_block(self, text: str, start: int, end: int, *, visible: bool = True) -> None:
        block = trim(text, start, end)
        if block is not None:
            self.blocks.append(block)
            if visible:
                self.visible.append(block)


def _front_matter(text: str, found: _Found) -> int:
    """Where the body begins; the lines of a YAML header are kept as blocks, its title as the title."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return 0
    for line in _FRONT_LINE.finditer(text, 0, match.end()):
        if line.group(1).lower() == "title" and found.title is None:
            found.title = line.group(2).rstrip().strip("\"'") or None
        elif block := trim(text, line.start(1), line.end(2)):
            found.add_line(block)
    return match.end()


def _region(text: str, starts: Sequence[int], lines: Sequence[int]) -> Span | None:
    last = min(lines[1], len(starts) - 1)
    return trim(text, starts[min(lines[0], last)], starts[last])


def _words_of(children: Iterable[Token]) -> str:
    return "".join(
        " " if c.type in {"softbreak", "hardbreak"} else c.content for c in children if c.type != "html_inline"
    ).strip()


def _gaps(text: str, visible: Sequence[Span]) -> Iterator[Span]:
    """What stands between two visible pieces, without the white space at its ends (which parts words and stays)."""
    for left, right in pairwise(visible):
        gap = trim(text, left.end, right.start) if left.end < right.start else None
        if gap is not None:
            yield gap
