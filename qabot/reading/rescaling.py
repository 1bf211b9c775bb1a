"""A confidence fitted anew to a person's own questions: what the shipped calibration says, stretched and shifted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qabot.reading.confidence import Calibration


@dataclass(frozen=True, slots=True)
class Rescaling:
    """``logit' = slope * logit + intercept`` (Platt 1999, on the logit that the shipped weights give), and the threshold for it.

    With a positive slope no two candidates change places.
    """

    slope: float
    intercept: float
    threshold: float
    fitted_on: str

    def of(self, calibration: Calibration) -> Calibration:
        """``calibration`` with this scale: its weights and bias times the slope, the intercept added."""
        return replace(
            calibration,
            bias=self.slope * calibration.bias + self.intercept,
            weights={name: self.slope * weight for name, weight in calibration.weights.items()},
            threshold=self.threshold,
            fitted_on=self.fitted_on,
        )
