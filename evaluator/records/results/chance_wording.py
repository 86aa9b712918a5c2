"""The four fixed things that can be said of a group beside all others."""

from enum import StrEnum


class Wording(StrEnum):
    """The four fixed things that can be said of a group. None of them says that a duty is met."""

    NOT_SHOWN = "Not shown"
    TOO_FEW = "Too few to tell"
    COULD_BE_CHANCE = "A difference that chance could explain"
    UNLIKELY_CHANCE = "A difference that chance is unlikely to explain"

    @property
    def explanation(self) -> str:
        """What the wording means, in a sentence or two for those who decide."""
        return {
            Wording.NOT_SHOWN: "The numbers are withheld: they could tell something about a named organisation.",
            Wording.TOO_FEW: "With so few bids or awards no result could be told from chance, or the difference"
            " comes to less than one award. A real difference could be there and not be seen.",
            Wording.COULD_BE_CHANCE: "There is a difference of one award or more. Chance alone would often give one"
            " as large, which does not mean that chance is the cause: with this many bids a real one is easily missed.",
            Wording.UNLIKELY_CHANCE: "There is a difference, and chance alone would seldom give one as large. This is"
            " not a finding of discrimination: people need to look for the reason before they decide.",
        }[self]
