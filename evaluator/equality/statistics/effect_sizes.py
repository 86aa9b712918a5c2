"""How far the scores of a group lie from the others', whatever their shape: the Hodges-Lehmann shift, Cliff's delta."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Sides = tuple[Sequence[Fraction], Sequence[Fraction]]  # the scores of a group and of the others in one theme
Magnitude = Literal["negligible", "small", "medium", "large"]
BANDS: tuple[tuple[Fraction, Magnitude], ...] = (
    (Fraction(147, 1000), "negligible"),
    (Fraction(33, 100), "small"),
    (Fraction(474, 1000), "medium"),
)
PLACES = 9  # to which two scores are equal in floating point


def differences(strata: Sequence[Sides]) -> Floats:
    """Give every difference between one of the group and one of the others of the same theme.

    >>> differences([([Fraction(1), Fraction(2)], [Fraction(3)]), ([Fraction(5)], [Fraction(4)])]).tolist()
    [-2.0, -1.0, 1.0]
    """
    return np.concatenate([np.subtract.outer(_floats(ours), _floats(theirs)).ravel() for ours, theirs in strata])


def _floats(values: Sequence[Fraction]) -> Floats:
    return np.array([float(value) for value in values])


def hodges_lehmann(apart: Floats) -> float:
    """Give the middle of the differences between one of the group and one of the others.

    Source: Hodges and Lehmann (1963).

    >>> hodges_lehmann(np.array([1.0, -4.0, 2.0, -3.0, 3.0, -2.0]))
    -0.5
    """
    return float(np.median(apart))


def cliffs_delta(apart: Floats) -> float:
    """Give how much likelier one of the group is above one of the others than below: from -1 to 1; equals count none.

    Source: Cliff (1993).

    >>> cliffs_delta(np.array([-1.0, -2.0, 0.0, -1.0]))
    -0.75
    """
    return float(np.sign(apart.round(PLACES)).mean())


def magnitude(delta: Fraction) -> Magnitude:
    """Name the size of a Cliff's delta (Romano 2006).

    >>> magnitude(Fraction(-1, 4))
    'small'
    """
    return next((name for limit, name in BANDS if abs(delta) < limit), "large")
