"""The picture of the awards: for each theme a dot a bid on the score axis, named where the line falls."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.records.english import agreeing, count_of
from evaluator.records.results.allocation import Refusal
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.award.rule_families import Families
from evaluator.reporting.shared.bid_rows import Row, ThemeRows, score_text
from evaluator.reporting.shared.charts import cut
from evaluator.reporting.shared.dot_strips import Dot, Kind, Named, Scale, Strip, dot_strip, scale_of
from evaluator.reporting.shared.references import theme_references

NAME, MOST_NAMED = 24, 2  # letters of a name in the picture, and bids passed over that one strip names
TOLD = 8  # bids passed over that the report tells of; the annex has all
CLOSE = 1  # points
STOOD = {
    "not_its_turn": "Order of merit",
    "below_minimum": "Below a published minimum",
    "not_shortlisted": "Not shortlisted",
    "disregarded": "Disregarded by decision",
    "excluded": "Excluded by decision",
    "disqualified": "Disqualified by decision",
    "no_gain": "Would not improve the published aim",
    "no_further_award": "Awards of its theme had ended",
    "not_chosen": "Left out by the final choice",
    "unchosen": "Not among those chosen",
    "no_sum": "Offered no sum of use",
    "not_decided": "Not decided",
}


@dataclass(frozen=True)
class Line:
    """Where the line falls in a theme: the last bid that is recommended, the best that is not, and what kept it out.

    Bids that are passed over stand above the line, and are told apart.
    """

    theme: str
    ref: str
    lowest: Row | None
    next: Row | None
    lowest_total: str
    next_total: str
    between: str
    stood: Sequence[str]


@dataclass(frozen=True)
class Over:
    """A bid that is passed over although it scored more than a recommended one of its theme, and the ground."""

    row: Row
    theme: str
    total: str
    ground: Sequence[str]


@dataclass(frozen=True)
class Picture:
    """Every ranked bid as a dot, the finding in a sentence, where the line falls, and the bids that are passed over.

    ``closest`` says who missed most narrowly, by how much, and what stood in the way.
    """

    finding: str
    closest: str
    strips: Sequence[Strip]
    lines: Sequence[Line]
    over: Sequence[Over]
    more_over: int


def picture(outcome: Outcome, views: Sequence[ThemeRows]) -> Picture:
    """Draw the bids of every theme that ranks any: points on one scale, and each index on a scale of its own."""
    return _Drawing(outcome, [view for view in views if view.ranked]).picture()


def stood(refusal: Refusal | None, families: Families, theme: str) -> tuple[str, ...]:
    """Say in a few words what stood in the way of a bid: the limits by the titles of their rules, or the reason.

    Titles of rules of the bid's own theme are told without the title of the theme, which stands beside them.
    """
    if refusal is None:
        return ()
    limits = families.named((id for one in refusal.barriers for id in one.rules), theme)
    return limits or (STOOD.get(refusal.reason, refusal.reason.replace("_", " ").capitalize()),)


def behind(view: ThemeRows, row: Row) -> Fraction | None:
    """Give the points from the last recommended bid of a theme down to one that ranks below it and is not."""
    lowest = _lowest(view)
    if row.award or lowest is None or row.rank is None or row.rank < (lowest.rank or 0):
        return None
    return _gap(lowest, row)


def _lowest(view: ThemeRows) -> Row | None:
    return next((row for row in reversed(view.ranked) if row.award), None)


def _gap(above: Row | None, below: Row | None) -> Fraction | None:
    if above is None or below is None or above.total is None or below.total is None:
        return None
    return abs(above.total - below.total)


class _Drawing:
    """Draws the themes of one run."""

    def __init__(self, outcome: Outcome, views: Sequence[ThemeRows]) -> None:
        allocation = outcome.allocation
        self.references = theme_references(outcome.criteria)
        self.rounding, self.views, self.families = outcome.criteria.rounding, views, Families(outcome.criteria)
        self.over = frozenset(one.bid for one in (allocation.passed_over if allocation else ()))
        chosen = allocation is not None and allocation.choice is not None
        self.why_over = "as people chose or for a published rule" if chosen else "for a published rule"
        self.largest = max((row.bid.price or 0 for view in views for row in view.ranked), default=0)

    def picture(self) -> Picture:
        lines = [self._line(view) for view in self.views]
        over = list(self._passed_over())
        scales = self._scales()
        pairs = zip(self.views, lines, strict=True)
        strips = [self._strip(view, scales[view.theme.id], line) for view, line in pairs]
        more = max(0, len(over) - TOLD)
        return Picture(self._finding(len(over)), self._closest(lines), strips, lines, over[:TOLD], more)

    def _scales(self) -> Mapping[str, Scale]:
        totals = {view.theme.id: [row.total for row in view.ranked if row.total is not None] for view in self.views}
        points = scale_of(total for view in self.views if not view.indexed for total in totals[view.theme.id])
        return {
            view.theme.id: scale_of(totals[view.theme.id], falling=view.lowest_first) if view.indexed else points
            for view in self.views
        }

    def _passed_over(self) -> Iterator[Over]:
        for view in self.views:
            for row in view.ranked:
                if row.bid.id in self.over:
                    yield Over(
                        row, view.theme.title, self._total(row), stood(row.refusal, self.families, view.theme.title)
                    )

    def _total(self, row: Row | None) -> str:
        return score_text(row.total if row else None, self.rounding)

    def _line(self, view: ThemeRows) -> Line:
        lowest = _lowest(view)
        after = next((row for row in view.ranked if not row.award and row.bid.id not in self.over), None)
        return Line(
            theme=view.theme.title,
            ref=f"{self.references[view.theme.id]}-line",
            lowest=lowest,
            next=after,
            lowest_total=self._total(lowest),
            next_total=self._total(after),
            between=score_text(_gap(lowest, after), self.rounding),
            stood=stood(after.refusal if after else None, self.families, view.theme.title),
        )

    def _finding(self, over: int) -> str:
        """Say how many bids miss the last recommended one of their theme by little, and how many are passed over."""
        gaps = [behind(view, row) for view in self.views if not view.indexed for row in view.ranked]
        close = sum(gap is not None and gap <= CLOSE for gap in gaps)
        missed = count_of(close, "bid misses", "bids miss") if close else "No bid misses"
        passed = f"; {over:,} {agreeing(over, 'is', 'are')} passed over {self.why_over}" if over else ""
        return f"{missed} the line of a theme by a point or less{passed}"

    def _closest(self, lines: Sequence[Line]) -> str:
        """Name the bid that missed the line of its theme by the least; nobody where themes are ranked by an index."""
        pairs = zip(self.views, lines, strict=True)
        found = [(behind(view, line.next), line) for view, line in pairs if line.next and not view.indexed]
        missed = [(gap, line) for gap, line in found if gap is not None]
        if not missed:
            return ""
        gap, line = min(missed, key=lambda one: one[0])
        named = f"{line.next.name} {line.next.bid.id}" if line.next else ""
        return f"Closest: {named}, {score_text(gap, self.rounding)} below. In its way: {'; '.join(line.stood)}."

    def _strip(self, view: ThemeRows, scale: Scale, line: Line) -> Strip:
        dots = [Dot(row.total, row.bid.price or 0, self._kind(row)) for row in view.ranked if row.total is not None]
        over = [row for row in view.ranked if row.bid.id in self.over]
        named = [_named("Passed over: ", row, self._total(row), over=True) for row in over[:MOST_NAMED]]
        named += [_named("", row, self._total(row)) for row in (line.lowest, line.next) if row]
        funded = sum(row.award is not None for row in view.ranked)
        title = f"{view.theme.title}: {funded} of {len(view.rows):,} recommended"
        words = _words(view, line, len(over))
        shown = [one for one in named if one is not None]
        return dot_strip(f"dots-{view.theme.id}", title, words, scale, self.largest, dots, shown)

    def _kind(self, row: Row) -> Kind:
        if row.award:
            return "taken"
        return "passed_over" if row.bid.id in self.over else "left"


def _named(before: str, row: Row, total: str, *, over: bool = False) -> Named | None:
    return None if row.total is None else Named(row.total, f"{before}{cut(row.name, NAME)} {total}", over)


def _words(view: ThemeRows, line: Line, over: int) -> str:
    told = [f"{count_of(len(view.ranked), 'dot')}{', the lowest index is best' if view.lowest_first else ''}"]
    told += [f"lowest recommended: {line.lowest.name}, {line.lowest_total}"] if line.lowest else []
    told += [f"best that is not: {line.next.name}, {line.next_total}"] if line.next else []
    return "; ".join([*told, *([f"passed over: {over}"] if over else [])])
