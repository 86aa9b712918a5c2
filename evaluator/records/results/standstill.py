"""The time between the news of an award and the contract, in which it can be challenged."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standstill:
    """A standstill period. Dates are ``YYYY-MM-DD``, and empty while what it counts from has not happened.

    Parameters
    ----------
    regime : whose law counts it.
    days, unit : its length: 8 "working days", 10 "days"; 0 where none has to be and none is kept.
    mandatory : whether the law asks for it, or the criteria promise it of the council's own will.
    notice : the day of the notice or letter that it counts from.
    starts, ends : the first day counted, and the last.
    """

    regime: str
    days: int = 0
    unit: str = ""
    mandatory: bool = False
    notice: str = ""
    starts: str = ""
    ends: str = ""
