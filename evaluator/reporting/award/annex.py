"""The annex: a line for every bid, with what stood in its way, and how far it was from an award."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evaluator.records.documents import Cell, Sheet, Workbook
from evaluator.records.numbers import pounds, ratio_decimal
from evaluator.records.results.allocation import FULL
from evaluator.records.results.counterfactuals import BidCase
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.award.picture import stood
from evaluator.reporting.award.rule_families import Families
from evaluator.reporting.shared.bid_rows import Row, ThemeRows, bid_names, score_text
from evaluator.reporting.shared.pages import provenance

MOST_IN_PRINT = 200  # bids; more are in the workbook, and on the page
MOST_ON_PAGE = 2_000  # bids; more are in the workbook alone
FOLDER, NAME = "bids/", "annex.xlsx"
NAMED = 2  # bids that would be displaced which a line names
HEADINGS = (
    "Theme",
    "Rank",
    "Organisation",
    "Bid",
    "Total",
    "Awarded",
    "What stood in the way",
    "Points",
    "£ a year",
    "Would displace",
)
WIDTHS = (26, 7, 32, 9, 9, 14, 44, 16, 22, 44)


@dataclass(frozen=True)
class AnnexLine:
    """One bid: its total and award, what stood in its way, and what alone would have turned its case.

    ``points`` are those that it was short of or had to spare; ``money`` is what a year it was short of.
    """

    row: Row
    total: str
    award: str
    stood: Sequence[str]
    points: str
    money: str
    displaced: Sequence[str]


@dataclass(frozen=True)
class AnnexTheme:
    """A theme's bids, the best first and those that are not ranked last."""

    title: str
    lines: Sequence[AnnexLine]


@dataclass(frozen=True)
class Annex:
    """Every bid by theme; ``turned`` says whether the run asked what would have turned each, ``by_year`` of what."""

    themes: Sequence[AnnexTheme]
    turned: bool
    by_year: bool
    bids: int

    @property
    def in_print(self) -> bool:
        """Whether the bids are few enough to be printed."""
        return self.bids <= MOST_IN_PRINT

    @property
    def on_page(self) -> bool:
        """Whether they are few enough for the page, for pages of their own, and for live formulas."""
        return self.bids <= MOST_ON_PAGE


def page_of(bid: str) -> str:
    """Name the page of a bid, beside the report."""
    return f"{FOLDER}bid-{bid}.html"


def annex(outcome: Outcome, views: Sequence[ThemeRows]) -> Annex:
    """Gather a line for every bid."""
    allocation = outcome.allocation
    lines = _Lines(outcome)
    themes = tuple(AnnexTheme(view.theme.title, tuple(lines.of(view))) for view in views)
    by_year = bool(allocation and allocation.years)
    return Annex(themes, bool(lines.cases), by_year, sum(len(one.lines) for one in themes))


class _Lines:
    """Writes the lines of one run."""

    def __init__(self, outcome: Outcome) -> None:
        self.rounding, self.names = outcome.criteria.rounding, bid_names(outcome)
        self.families = Families(outcome.criteria)
        self.cases = {case.bid: case for case in (outcome.allocation.cases if outcome.allocation else ())}

    def of(self, view: ThemeRows) -> Iterator[AnnexLine]:
        """Give a theme's lines, the best bid first and those that are not ranked last."""
        for row in (*view.ranked, *(row for row in view.rows if not row.rank)):
            case = self.cases.get(row.bid.id)
            level = f", {row.award.level} of its ask" if row.award and row.award.level != FULL else ""
            yield AnnexLine(
                row,
                score_text(row.total, self.rounding),
                f"{pounds(row.award.amount)}{level}" if row.award else "–",
                stood(row.refusal, self.families, view.theme.title),
                points_of(case),
                money_of(case),
                _displaced(case, self.names),
            )


def points_of(case: BidCase | None) -> str:
    """Say how many points alone would have turned a decision: those that a bid lacked (−), or had to spare (+)."""
    need = next((one for one in (case.needs if case else ()) if one.change == "score"), None)
    if case is None or need is None:
        return "–"
    if need.amount is None:
        return "none would do" if need.verdict == "impossible" else "not established"
    if case.funded:
        return f"+{ratio_decimal(need.amount - 1, case.score_unit)}"
    return f"−{ratio_decimal(need.amount, case.score_unit)}{', beyond the scale' if need.beyond else ''}"


def money_of(case: BidCase | None) -> str:
    """Say what a refused bid would have had to ask less to be funded, or by how much its limits were too low."""
    words = {"cost": "less asked", "budget": "more budget"}
    for change, said in words.items():
        for need in case.needs if case and not case.funded else ():
            if need.change == change and need.verdict == "found" and need.amount is not None:
                return f"{pounds(need.amount * 100)} {said}"
    return "–"


def _displaced(case: BidCase | None, names: Mapping[str, str]) -> tuple[str, ...]:
    """Name the funded bids that would make way for a refused one."""
    lost = case.lost if case and not case.funded else ()
    named = [f"{names.get(bid, bid)} {bid}" for bid in lost[:NAMED]]
    return (*named, *([f"{len(lost) - NAMED} more"] if len(lost) > NAMED else []))


def annex_workbook(outcome: Outcome, annex: Annex) -> Workbook:
    """Write the annex as a workbook with a filter, for programmes with more bids than people print."""
    head = (
        (Cell("Every bid", style="title"),),
        tuple(Cell(text, style="note") for text in provenance(outcome).values()),
        tuple(Cell(text, style="heading") for text in HEADINGS),
    )
    rows = tuple(
        tuple(Cell(value, style="text") for value in _cells(theme.title, line))
        for theme in annex.themes
        for line in theme.lines
    )
    sheet = Sheet("Annex", (*head, *rows), WIDTHS, (len(head), 4), (len(head), len(head) + len(rows)))
    return Workbook(f"Annex: {outcome.criteria.title}", (sheet,))


def _cells(theme: str, line: AnnexLine) -> tuple[str | int | None, ...]:
    row, stood, displaced = line.row, "; ".join(line.stood), "; ".join(line.displaced)
    told = (line.total, line.award, stood, line.points, line.money, displaced)
    return (theme, row.rank, row.name, row.bid.id, *told)
