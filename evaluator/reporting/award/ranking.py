"""A theme's ranked bids with their near ties, the refused ones among them, and which of those outscore a funded one."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from evaluator.records.numbers import decimal_text, fixed, pounds, rounded
from evaluator.records.programme.criteria import Criteria, Rounding
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.shared.bid_rows import Row, ThemeRows, counted_part, score_text
from evaluator.reporting.shared.figures import as_decimal

NEAR = Fraction(1, 2)  # points between neighbours under which their order is called near


@dataclass(frozen=True)
class Line:
    """A ranked bid as the report shows it: its scores as texts, the gap to the bid above, and what became of it."""

    row: Row
    name: str
    quality: str
    price: str
    given: str
    total: str
    gap: str
    near: bool
    level: str


@dataclass(frozen=True)
class Refused:
    """A bid that is not funded, why, and the funded bids of its theme that it outscores."""

    bid: str
    name: str
    rank: int | None
    total: str
    outscores: str
    why: str


@dataclass(frozen=True)
class Ranking:
    """A theme's bids: ranked, not ranked and not funded."""

    id: str
    title: str
    indexed: bool
    priced: bool
    price_heading: str
    lines: tuple[Line, ...]
    unranked: tuple[Row, ...]
    refused: tuple[Refused, ...]

    @property
    def passed_over(self) -> tuple[Refused, ...]:
        """The bids that are not funded although they outscore a funded one."""
        return tuple(bid for bid in self.refused if bid.outscores)


def rankings(outcome: Outcome, view: ThemeRows) -> Ranking:
    """Give a theme's ranking as the report shows it."""
    criteria = outcome.criteria
    lines = tuple(_lines(criteria, view))
    per_unit = view.policy is not None and view.policy.basis == "unit_cost"
    return Ranking(
        id=view.theme.id,
        title=view.theme.title,
        indexed=view.indexed,
        priced=view.policy is not None,
        price_heading=f"Price for each {view.policy.unit or 'unit'}" if per_unit and view.policy else "Price",
        lines=lines,
        unranked=tuple(row for row in view.rows if not row.rank),
        refused=tuple(_refused(view, criteria.rounding)),
    )


def _lines(criteria: Criteria, view: ThemeRows) -> Iterator[Line]:
    above: Fraction | None = None
    for row in view.ranked:
        gap = _gap(above, row.total)
        given = row.index if view.indexed else row.price_points
        rounding = criteria.rounding
        yield Line(
            row=row,
            name=row.name,
            quality=score_text(counted_part(row.quality, rounding), rounding),
            price=_pounds(row.scored_price),
            given=score_text(counted_part(given, rounding), rounding),
            total=score_text(row.total, rounding),
            gap="" if gap is None else _difference(gap, rounding),
            near=gap is not None and gap < NEAR and not view.indexed,
            level="" if row.award is None else row.award.level,
        )
        above = row.total


def _gap(above: Fraction | None, total: Fraction | None) -> Fraction | None:
    return None if above is None or total is None else abs(above - total)


def _difference(gap: Fraction, rounding: Rounding) -> str:
    """Write a gap; one that rounding would hide is said to be below the last place."""
    text = score_text(gap, rounding)
    return f"under {fixed(1, rounding.places)}" if gap and not text.strip("0.") else text


def _pounds(price: Fraction | None) -> str:
    """Write a price in pounds, to the penny where it has pence."""
    return "–" if price is None else pounds(rounded(price * 100, 0))


def _refused(view: ThemeRows, rounding: Rounding) -> Iterator[Refused]:
    """List the bids that are not funded, the best first, each with the funded ones that it outscores."""
    funded = [row for row in view.ranked if row.award]
    for row in (*view.ranked, *(row for row in view.rows if not row.rank)):
        if row.refusal:
            beaten = [other for other in funded if _better(row, other, indexed=view.indexed)]
            names = ", ".join(f"{other.bid.id} ({score_text(other.total, rounding)})" for other in beaten)
            yield Refused(
                row.bid.id, row.name, row.rank, score_text(row.total, rounding), names, row.refusal.explanation
            )


def _better(row: Row, other: Row, *, indexed: bool) -> bool:
    """Whether a bid has the better total; an index is better when it is lower."""
    if row.total is None or other.total is None:
        return False
    return row.total < other.total if indexed else row.total > other.total


def share_text(value: Fraction) -> str:
    """Write a weight without needless zeros.

    >>> share_text(Fraction(27, 4)), share_text(Fraction(20))
    ('6.75', '20')
    """
    return decimal_text(as_decimal(value))
