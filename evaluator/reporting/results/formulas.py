"""The published arithmetic as formulas that Excel 2016 and LibreOffice 7.4 both compute alike.

Every function takes addresses and gives the text of a formula without ``=``. A cell that a bid has not got holds an
empty text, which MIN, MAX, AVERAGE, COUNT and SUM over a range pass over.
"""

from dataclasses import dataclass

from evaluator.records.numbers import RoundingMode
from evaluator.reporting.results.parameters import PLACES, TOLERANCE

FINE = 10  # places at which the dust of binary fractions is wiped off before a comparison


def fine(value: str) -> str:
    """Wipe the dust of binary fractions off a number."""
    return f"ROUND({value},{FINE})"


def unless_empty(value: str, formula: str) -> str:
    """Compute the formula unless the value is an empty text."""
    return f'IF({value}="","",{formula})'


def rounding(value: str, mode: RoundingMode) -> str:
    """Round once as published. No function rounds halves to even: a half is found and brought to the even neighbour."""
    if mode == "half_up":
        return f"ROUND({value},{PLACES})"
    if mode == "up":
        return f"ROUNDUP({fine(value)},{PLACES})"
    if mode == "down":
        return f"ROUNDDOWN({fine(value)},{PLACES})"
    units = f"{value}*10^{PLACES}"
    is_half = f"ABS(ABS({units})-ROUNDDOWN(ABS({units}),0)-0.5)<{TOLERANCE}"
    return f"IF({is_half},2*ROUND({units}/2,0),ROUND({units},0))/10^{PLACES}"


@dataclass(frozen=True)
class Key:
    """One level of the ranking: the column's span, the bid's own cell, and whether the lowest is best."""

    span: str
    own: str
    lowest_first: bool


def rank(states: str, own_state: str, keys: tuple[Key, ...]) -> str:
    """Count the ranked bids that are better on the first key that differs, and add one."""
    better = ""
    for key in reversed(keys):
        first = f"({key.span}{'<' if key.lowest_first else '>'}{key.own})"
        better = f"({first}+({key.span}={key.own})*{better})" if better else first
    return f'IF({own_state}="ranked",1+SUMPRODUCT(({states}="ranked")*{better}),"")'


def lookup(wanted: str, keys: str, values: str) -> str:
    """Find the value beside a key."""
    return f"INDEX({values},MATCH({wanted},{keys},0))"
