"""Programmes, authorities and years side by side, from a data set: what a point costs, who is funded, how marks lie.

Figures that rest on few bids are withheld, and where one alone would be, the one that rests on the next fewest too: the
whole less all others would tell it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, Literal

import pandas as pd

By = Literal["all", "year", "authority", "programme"]
LEAST = 10
APART = 2  # marks between the highest and the lowest of an answer, from which they are said to lie apart


@dataclass(frozen=True)
class Figure:
    """One figure of one group: its exact value, and on how many of what it rests; no value where there is none.

    Parameters
    ----------
    by, group : what programmes are put together by, and which these are.
    figure : its name, one of ``FIGURES``.
    base : how many awards, bids or answers it rests on.
    withheld : that it rests on too few to be told.
    """

    by: By
    group: str
    figure: str
    value: Fraction | None
    base: int
    withheld: bool = False


FIGURES: Mapping[str, tuple[str, str, str]] = {  # title, unit, what it rests on
    "price_of_a_point": ("Price of a point of quality", "pounds", "awards"),
    "success": ("Bids that were funded", "percent", "bids"),
    "small_money": ("Money for small organisations", "percent", "awards"),
    "small_success": ("Bids of small organisations that were funded", "percent", "bids"),
    "apart": ("Answers whose marks lay two or more apart", "percent", "answers"),
    "spread": ("Highest less lowest mark of an answer, on average", "marks", "answers"),
    "shift": ("Agreed mark less the mean of the evaluators’ marks, on average", "marks", "answers"),
    "moved": ("Answers whose agreed mark is not the mean", "percent", "answers"),
    "inversions": ("Bids without an award that outranked one with an award", "percent", "bids"),
    "days": ("Days from closing to decision, the median", "days", "programmes"),
}
NEVER_FEW = ("days",)  # what rests on programmes, which are public


def compare(tables: Mapping[str, pd.DataFrame], least: int = LEAST) -> tuple[Figure, ...]:
    """Work out every figure for all programmes together, and by year, authority and programme.

    Parameters
    ----------
    tables : ``programmes``, ``bids``, ``awards`` and ``marks`` of a data set.
    least : what fewer than so many rest on is withheld.
    """
    programmes = tables["programmes"].sort_values("bundle")
    made: list[Figure] = []
    for by, name in _groupings(programmes):
        groups = sorted(set(name))
        found = [list(_figures(by, group, tables, set(programmes["bundle"][name == group]))) for group in groups]
        for same in zip(*found, strict=True):
            made += _without_few(same, least)
    return tuple(made)


def _groupings(programmes: pd.DataFrame) -> Iterator[tuple[By, pd.Series]]:
    yield "all", pd.Series("All programmes", index=programmes.index)
    yield "year", programmes["year"].replace("", "No year said")
    yield "authority", programmes["authority"]
    yield "programme", programmes["title"] + " (" + programmes["bundle"] + ")"


def _figures(by: By, group: str, tables: Mapping[str, pd.DataFrame], bundles: set[str]) -> Iterator[Figure]:
    its = {name: table[table["bundle"].isin(bundles)] for name, table in tables.items()}
    values = {**_of_awards(its["bids"], its["awards"]), **_of_marks(its["marks"]), "days": _days(its["programmes"])}
    for figure in FIGURES:
        value, base = values[figure]
        yield Figure(by, group, figure, value, base)


def _of_awards(bids: pd.DataFrame, awards: pd.DataFrame) -> dict[str, tuple[Fraction | None, int]]:
    paid = awards.merge(bids, on=["bundle", "theme", "bid"])
    money, points = _total(paid["amount"]), _total(paid["quality"])
    small = bids[bids["small"]]
    ranked = bids[(bids["status"] == "ranked") & ~bids["awarded"]]
    worst = bids[bids["awarded"]].groupby(["bundle", "theme"])["rank"].max().rename("worst")
    beside = ranked.merge(worst, on=["bundle", "theme"])
    return {
        "price_of_a_point": (money / points if points else None, len(paid)),
        "success": _share(int(bids["awarded"].sum()), len(bids)),
        "small_money": (100 * _total(paid["amount"][paid["small"]]) / money if money else None, len(paid)),
        "small_success": _share(int(small["awarded"].sum()), len(small)),
        "inversions": _share(int((beside["rank"] < beside["worst"]).sum()), len(ranked)),
    }


def _of_marks(marks: pd.DataFrame) -> dict[str, tuple[Fraction | None, int]]:
    several = marks[marks["evaluators"] > 1]
    count = len(several)
    spread = [Fraction(high) - Fraction(low) for high, low in zip(several["highest"], several["lowest"], strict=True)]
    shift = [Fraction(mark) - Fraction(mean) for mark, mean in zip(several["mark"], several["mean"], strict=True)]
    return {
        "apart": _share(sum(one >= APART for one in spread), count),
        "spread": (sum(spread, Fraction(0)) / count if count else None, count),
        "shift": (sum(shift, Fraction(0)) / count if count else None, count),
        "moved": _share(sum(one != 0 for one in shift), count),
    }


def _days(programmes: pd.DataFrame) -> tuple[Fraction | None, int]:
    """Give the median of days from closing to decision, of the programmes that say both."""
    took = []
    for closing, decided in zip(programmes["closing_date"], programmes["decision_date"], strict=True):
        if closing and decided:
            took.append((date.fromisoformat(decided) - date.fromisoformat(closing)).days)
    took.sort()
    middle = len(took) // 2
    if not took:
        return None, 0
    return (Fraction(took[middle]) if len(took) % 2 else Fraction(took[middle - 1] + took[middle], 2)), len(took)


def _share(part: int, whole: int) -> tuple[Fraction | None, int]:
    return (Fraction(100 * part, whole) if whole else None), whole


def _total(values: Any) -> Fraction:
    return sum((Fraction(value) for value in values if value is not None), Fraction(0))


def _without_few(figures: Sequence[Figure], least: int) -> list[Figure]:
    """Withhold what rests on few, and one more where it would be the only one that is."""
    if not figures or figures[0].figure in NEVER_FEW:
        return list(figures)
    few = [one for one in figures if 0 < one.base < least]
    others = sorted((one for one in figures if one.base >= least), key=lambda one: (one.base, one.group))
    hidden = {one.group for one in [*few, *(others[:1] if len(few) == 1 else [])]}
    return [replace(one, value=None, withheld=True) if one.group in hidden else one for one in figures]
