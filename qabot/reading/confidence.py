"""Score -> probability: a logistic regression over what is known of a candidate, its weights read from calibration.json."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from qabot.errors import ModelError

# What the confidence is a function of, each bounded or logarithmic so that one article and thousands of passages compare:
#   margin          the candidate's margin over its passage's null score
#   closer          its margin over the null score of its sentence, where that was read by itself (else the margin again)
#   share           ln of the span's share among all spans of its passage, or of its sentence where that was read by itself: how
#                   little the reader wavers there
#   gap             its score less that of the best other candidate with other words (negative for all but the first)
#   matched         share of the question's idf that its passage holds, by idf of the corpus
#   absent          share of the question's terms that stand nowhere in the corpus
#   retrieval       its passage's score in retrieval, as a share of the best hit's (0 when it matched nothing)
#   agreement       ln(1 + number of other places that gave the same words)
#   nearby          share of the question's idf that stands in the answer's sentence, its neighbours and the headings above
#   nameless        1 where the question asks who and the words hold no capital
#   echo            1 where the words say nothing that the question didn't
#   size            ln of the number of passages in the corpus, of 8 at most: a question may be written to mislead whoever reads
#                   one paragraph, hardly a whole document, so the same evidence says more there
#   many            ln of how many times 8 passages it has, of 1,000 at most: what is best among so many stood a harder test
FEATURES = (
    "margin",
    "closer",
    "share",
    "gap",
    "matched",
    "absent",
    "retrieval",
    "agreement",
    "nearby",
    "nameless",
    "echo",
    "size",
    "many",
)
_WHOLE = 8  # passages: a document, no paragraph that somebody has in mind
_LARGE = 1000  # passages; the corpora that the weights were fitted on are not larger


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was fitted on held-out questions. ``probability`` = 1 / (1 + exp(-(bias + weights · features))).

    ``blend`` is what one point of retrieval adds to a candidate's score; ``threshold`` is the confidence from which on it is
    shown as an answer. ``fitted_on`` says on what.
    """

    blend: float
    bias: float
    weights: Mapping[str, float]
    threshold: float
    fitted_on: str

    def probability(self, features: Mapping[str, float]) -> float:
        """How likely a candidate with these ``features`` is right, from 0 to 1."""
        logit = self.bias + sum(weight * features[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-logit)) if logit >= 0 else math.exp(logit) / (1 + math.exp(logit))

    def save(self, file: Path) -> None:
        file.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, file: Path) -> Calibration:
        """Raises ModelError when the file is missing, damaged, or speaks of features that this version doesn't know."""
        try:
            calibration = cls(**json.loads(file.read_text(encoding="utf-8")))
            numbers = (
                calibration.blend,
                calibration.bias,
                calibration.threshold,
                *calibration.weights.values(),
            )
            if not all(math.isfinite(number) for number in numbers):
                raise ValueError(f"a number that is none in {numbers}")
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise ModelError(f"{file}: the reader's calibration can't be read; install qabot again") from error
        unknown = set(calibration.weights) - set(FEATURES)
        if unknown:
            raise ModelError(
                f"{file}: the calibration wants unknown features ({', '.join(sorted(unknown))}); install qabot again"
            )
        return calibration


def sizes_of(passages: int) -> tuple[float, float]:
    """The features ``size`` and ``many`` of a corpus of so many passages.

    >>> sizes_of(1), sizes_of(8)[1], sizes_of(5_000) == sizes_of(1_000)
    ((0.0, 0.0), 0.0, True)
    """
    counted = min(max(passages, 1), _LARGE)
    return math.log(min(counted, _WHOLE)), math.log(max(counted, _WHOLE) / _WHOLE)


def gaps(scores: Sequence[float], alone: float) -> list[float]:
    """Each score less the best of the others; ``alone`` when there is no other.

    >>> gaps([5.0, 3.0, 4.0], alone=9.0)
    [1.0, -2.0, -1.0]
    """
    if len(scores) < 2:
        return [alone] * len(scores)
    best, second = sorted(scores, reverse=True)[:2]
    first = scores.index(best)
    return [score - (second if number == first else best) for number, score in enumerate(scores)]
