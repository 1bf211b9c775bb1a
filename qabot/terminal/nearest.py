"""What is shown of the nearest passage where nothing was found."""

from __future__ import annotations

from qabot.records import Hit, Span

_LONGEST = 60  # words


def nearest_part(hit: Hit) -> Span:
    """The sentences of a passage, about 60 words at most, that share with the question the terms that tell most.

    Of several such stretches it is the shortest, which then goes on as far as there is room.
    """
    passage = hit.passage
    words = [len(sentence.of(passage.document.text).split()) for sentence in passage.sentences]
    terms = [
        {match.term: match.contribution for match in hit.matches if any(sentence.overlaps(span) for span in match.spans)}
        for sentence in passage.sentences
    ]
    best, first = (0.0, 0), 0
    for start in range(len(words)):
        shared: dict[str, float] = {}
        for last in range(start, _fitting(words, start)):
            shared |= terms[last]
            found = (round(sum(shared.values()), 9), -sum(words[start : last + 1]))
            if found > best:
                best, first = found, start
    return Span(passage.sentences[first].start, passage.sentences[_fitting(words, first) - 1].end)


def _fitting(words: list[int], first: int) -> int:
    """The number behind the last sentence that fits when they begin with ``first``; that one is always taken."""
    end, size = first + 1, words[first]
    while end < len(words) and size + words[end] <= _LONGEST:
        size += words[end]
        end += 1
    return end
