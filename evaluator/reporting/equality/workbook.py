"""The equality impact as a workbook: every number of the page, one row each, for those who work on with them."""

from collections.abc import Iterator
from fractions import Fraction

from evaluator.records.documents import Cell, Sheet, Workbook
from evaluator.records.results.coverage import Coverage
from evaluator.records.results.equality import EqualityImpact
from evaluator.records.results.last_round import LastRound
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.equality.side_by_side import round_rows, served_rows
from evaluator.reporting.equality.tables import question_rows, question_tables
from evaluator.reporting.equality.wording import in_short, stage_titles
from evaluator.reporting.shared.figures import as_decimal
from evaluator.reporting.shared.pages import provenance

Row = tuple[Cell, ...]
NONE = Cell("none", style="helper")


def equality_workbook(outcome: Outcome) -> Workbook:
    """Make the workbook of the impact; a run that stopped earlier has none (ValueError)."""
    impact = outcome.equality
    if impact is None:
        raise ValueError("this run has no equality impact")
    served = (_coverage("Wards", impact.wards), _coverage("Groups served", impact.groups))
    return Workbook(
        f"Equality impact: {outcome.criteria.title}",
        (
            *(_front(outcome, impact), _questions(impact), _groups(impact), _stages(outcome, impact), _axes(impact)),
            *(*served, *_more(impact)),
        ),
    )


def _front(outcome: Outcome, impact: EqualityImpact) -> Sheet:
    about = (
        f"{outcome.criteria.reference}, version {outcome.criteria.version}. Public edition.",
        f"Version of the awards: {impact.version}",
        "; ".join(f"{name} {text}" for name, text in provenance(outcome).items()),
    )
    rows: list[Row] = [(Cell("Equality impact", style="title"),)]
    rows += [
        (Cell(text, style="text"),)
        for text in (*about, *in_short(impact, staged=bool(outcome.criteria.deciding_stages)), *impact.gaps)
    ]
    return Sheet("In short", tuple(rows), (110,))


def _sheet(name: str, headings: tuple[str, ...], rows: Iterator[Row]) -> Sheet:
    body = tuple(rows)
    head = tuple(Cell(text, style="heading") for text in headings)
    widths = (34, 34, *((18,) * (len(headings) - 2)))
    return Sheet(name, (head, *body), widths, (1, 0), (1, 1 + len(body)) if body else None)


def _questions(impact: EqualityImpact) -> Sheet:
    def rows() -> Iterator[Row]:
        for one in question_rows(impact):
            yield tuple(Cell(text, style="text") for text in (one.title, one.statement, one.shown, one.note))

    return _sheet("Questions", ("Question", "What can be said of awards", "Shown as", "Note"), rows())


def _groups(impact: EqualityImpact) -> Sheet:
    def rows() -> Iterator[Row]:
        for one in question_tables(impact):
            for group in one.groups:
                yield Cell(one.row.title), Cell(group.group), Cell(group.organisations), Cell(group.funded)
            yield Cell(one.row.title), Cell("No answer", style="helper"), Cell(one.no_answer), Cell("not shown")

    return _sheet("Groups", ("Question", "Group", "Organisations that bid", "With an award"), rows())


def _stages(outcome: Outcome, impact: EqualityImpact) -> Sheet:
    titles = stage_titles(outcome.criteria)

    def rows() -> Iterator[Row]:
        for one in impact.totals:
            yield Cell(titles[one.stage]), _whole(one.bids), _pounds(one.money)

    return _sheet("All bids", ("Stage", "Bids", "Money"), rows())


def _axes(impact: EqualityImpact) -> Sheet:
    def rows() -> Iterator[Row]:
        for one in impact.axes:
            parts = (*one.asked, "") if not one.groups else one.groups
            texts = (one.name, one.impact, one.why, " ".join(parts), "; ".join(one.served), "; ".join(one.residents))
            yield tuple(Cell(text, style="text") for text in texts)

    headings = ("Characteristic", "Where figures point", "Why", "Who bid", "People served, as bids say", "Residents")
    return _sheet("Each characteristic", headings, rows())


def _coverage(name: str, covered: tuple[Coverage, ...]) -> Sheet:
    def rows() -> Iterator[Row]:
        for one in covered:
            counts = map(_whole, (one.bids, one.bids_only, one.awards, one.awards_only))
            money = (_pounds(one.money), _pounds(round(one.divided)), _pounds(round(one.grants)))
            people = (_number(one.people), _number(one.places))
            yield Cell(one.name), *counts, *money, *people, _number(one.population), _number(one.need)

    headings = ("Served", "Bids", "For it alone", "Awards", "For it alone", "Money", "Counted once", "Other programme")
    people = ("People of all bids", "People of funded bids")
    return _sheet(name, (*headings, *people, "Share of residents", "Share of need"), rows())


def _more(impact: EqualityImpact) -> Iterator[Sheet]:
    """Give the sheets that some runs have: sets of awards side by side, and last round beside this one."""
    if impact.candidates:
        yield _candidates(impact)
    if impact.last_round:
        yield _rounds(impact.last_round, impact)


def _candidates(impact: EqualityImpact) -> Sheet:
    def rows() -> Iterator[Row]:
        for kind, name, counts in served_rows(impact):
            yield Cell(kind), Cell(name), *map(_whole, counts)

    return _sheet("Sets of awards", ("Served", "Name", *(one.title for one in impact.candidates)), rows())


def _rounds(last: LastRound, impact: EqualityImpact) -> Sheet:
    def rows() -> Iterator[Row]:
        for one in round_rows(last, impact):
            yield tuple(Cell(text) for text in (one.group, one.last, one.said, one.this))

    return _sheet("Last round", ("Group", "Last round", "What it said", "This round"), rows())


def _whole(value: int) -> Cell:
    return Cell(value, style="whole")


def _pounds(pence: int) -> Cell:
    return Cell(as_decimal(Fraction(pence, 100)), style="money")


def _number(value: Fraction | None) -> Cell:
    return NONE if value is None else Cell(as_decimal(value), style="number", places=3)
