"""Numbers that say how wide, high or large something is, read from attributes that anybody may have written."""

import re

NUMBER = re.compile(r"[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
LONGEST = 40  # characters of a measure


def measure(text: str | None) -> float | None:
    """Read a measure, None where there is none."""
    return float(text) if text and len(text) <= LONGEST and NUMBER.fullmatch(text) else None


def number_of(text: str | None) -> float:
    """Read a measure; nought where there is none.

    >>> number_of("-4.9989318521683403E-2"), number_of("wide"), number_of(None)
    (-0.0499893185216834, 0.0, 0.0)
    """
    return measure(text) or 0.0
