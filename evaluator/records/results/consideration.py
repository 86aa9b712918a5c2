"""What those who decide wrote once they had considered the equality figures, and whether that stands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Considered:
    """Whether a consideration stands.

    Parameters
    ----------
    monitored : whether monitoring was published, so that there are figures to consider.
    stands : whether there is a consideration of the figures as they are.
    person, date : who considered them and when, where that was said.
    why_not : why none stands, in words; empty where one does.
    """

    monitored: bool
    stands: bool
    person: str = ""
    date: str = ""
    why_not: str = ""
