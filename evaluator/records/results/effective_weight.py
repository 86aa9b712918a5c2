"""What a published weight really carries, by the criteria alone."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class EffectiveWeight:
    """A question's published weight beside the share of the greatest possible total that it really carries."""

    theme: str
    question: str
    published: Fraction  # in points of the whole
    effective: Fraction
    whole: Fraction = Fraction(100)  # that all weights of the theme come to
