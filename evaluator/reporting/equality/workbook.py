"""The equality impact as a workbook: every number of the page, one row each, for those who work on with them."""

from collections.abc import Iterator
from fractions import Fraction

from evaluator.records.documents import Cell, Sheet, Workbook
from evaluator.records.results.coverage import Coverage
from evaluator.records.results.equality import CharacteristicImpact, EqualityImpact, GroupLine
from evaluator.records.results.last_round import Rounds
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.equality.side_by_side import served_rows
from evaluator.reporting.equality.wording import CLASS_WORDS, STAGE_TITLES, in_short, stands_out
from evaluator.reporting.shared.figures import as_decimal
from evaluator.reporting.shared.pages import provenance

Row = tuple[Cell, ...]
WITHHELD = Cell("withheld", style="helper")
NONE = Cell("none", style="helper")
NOT_GIVEN = Cell("not given", style="helper")


def equality_workbook(outcome: Outcome, impact: EqualityImpact | None = None) -> Workbook:
    """Make the workbook of an edition; a run that stopped earlier has none (ValueError).

    Parameters
    ----------
    outcome : whose allocation it is about.
    impact : another edition than the outcome's own, such as the panel's.
    """
    impact = impact or outcome.equality
    if impact is None:
        raise ValueError("this run has no equality impact")
    sheets = (_front(outcome, impact), _stages(impact), _groups(impact), _steps(impact), _against(impact))
    served = (_coverage("Wards", impact.wards), _coverage("Groups served", impact.groups))
    return Workbook(
        f"Equality impact: {outcome.criteria.title}",
        (*sheets, _criteria(impact), _axes(impact), *served, *_more(impact)),
    )


def _front(outcome: Outcome, impact: EqualityImpact) -> Sheet:
    lines = [*in_short(impact), *(sentence for sentence, _ in stands_out(impact)), *impact.gaps]
    about = (
        f"{outcome.criteria.reference}, version {outcome.criteria.version}. {impact.edition.capitalize()} edition.",
        f"Version of the awards: {impact.version}",
        "; ".join(f"{name} {text}" for name, text in provenance(outcome).items()),
    )
    rows: list[Row] = [(Cell("Equality impact", style="title"),)]
    rows += [(Cell(text, style="text"),) for text in (*about, *lines)]
    return Sheet("In short", tuple(rows), (110,))


def _sheet(name: str, headings: tuple[str, ...], rows: Iterator[Row]) -> Sheet:
    body = tuple(rows)
    head = tuple(Cell(text, style="heading") for text in headings)
    widths = (34, 34, *((18,) * (len(headings) - 2)))
    return Sheet(name, (head, *body), widths, (1, 0), (1, 1 + len(body)) if body else None)


def _lines(impact: EqualityImpact) -> Iterator[tuple[CharacteristicImpact, GroupLine]]:
    return ((one, line) for one in impact.characteristics for line in one.lines)


def _stages(impact: EqualityImpact) -> Sheet:
    headings = ("Characteristic", "Reply", "Organisations", *(f"{STAGE_TITLES[s]}" for s in impact.stages))
    money = tuple(f"Money: {STAGE_TITLES[s].lower()}" for s in impact.stages)

    def rows() -> Iterator[Row]:
        totals = impact.totals
        bids, sums = [one.bids for one in totals], [one.money for one in totals]
        yield Cell("All bids"), Cell(""), _whole(impact.organisations), *map(_whole, bids), *map(_pounds, sums)
        for one, line in _lines(impact):
            counts = (_whole(figures.bids) for figures in line.figures)
            sums_of = (_pounds(figures.money) for figures in line.figures)
            yield Cell(one.title), Cell(line.group), _whole(line.organisations), *counts, *sums_of

    return _sheet("Stages", (*headings, *money), rows())


def _groups(impact: EqualityImpact) -> Sheet:
    headings = (
        *("Characteristic", "Group", "Awards: what can be said", "Money: what can be said", "Scores: what can be said"),
        *("Share of bids recommended", "Share of awards over share of bids", "Awards short of its share"),
        *("Money short of its share (£)", "Drivers"),
    )

    def rows() -> Iterator[Row]:
        for one, line in _lines(impact):
            if line.kind == "group":
                wordings = (line.wording, line.money_wording, line.score.wording if line.score else None)
                cells = tuple(Cell(wording.value if wording else "") for wording in wordings)
                yield (
                    *(Cell(one.title), Cell(line.group), *cells, _number(line.rate), _number(line.ratio)),
                    *(_number(line.shortfall), _pounds(line.money_shortfall), Cell(" ".join(line.drivers))),
                )

    return _sheet("Groups", headings, rows())


def _steps(impact: EqualityImpact) -> Sheet:
    def rows() -> Iterator[Row]:
        for one, line in _lines(impact):
            for step in line.steps:
                ends = (Cell(STAGE_TITLES[step.start]), Cell(STAGE_TITLES[step.end]))
                yield Cell(one.title), Cell(line.group), *ends, _number(step.rate), _number(step.ratio)
            if line.share_of_ask:
                ends = (Cell(STAGE_TITLES["recommended"]), Cell("Part of its ask"))
                figures = (_number(line.share_of_ask.rate), _number(line.share_of_ask.ratio))
                yield Cell(one.title), Cell(line.group), *ends, *figures
                yield Cell(one.title), Cell(line.group), Cell("The whole"), Cell(""), NONE, _number(line.whole)

    headings = ("Characteristic", "Group", "From", "To", "Of its bids that came so far", "Over all bids’")
    return _sheet("Steps", headings, rows())


def _against(impact: EqualityImpact) -> Sheet:
    def rows() -> Iterator[Row]:
        for one, line in _lines(impact):
            for part in line.against:
                figures = (_number(part.share), _number(part.ratio), _number(part.shortfall), _number(part.money_ratio))
                yield Cell(one.title), Cell(line.group), Cell(part.title), *figures, Cell(part.source), Cell(part.date)

    headings = ("Characteristic", "Group", "Against", "Share there", "Awards over it", "Awards short", "Money over it")
    return _sheet("Benchmarks", (*headings, "Source", "Date"), rows())


def _criteria(impact: EqualityImpact) -> Sheet:
    def rows() -> Iterator[Row]:
        for one, line in _lines(impact):
            for part in line.score.criteria if line.score else ():
                named = (Cell(one.title), Cell(line.group), Cell(part.criterion), Cell(part.title))
                size = Cell(CLASS_WORDS.get(part.functioning or "", ""))
                yield *named, _number(part.points), _number(part.matched), size

    headings = (
        "Characteristic",
        "Group",
        "Criterion",
        "Title",
        "Points",
        "Among bids alike in the rest",
        "Size of that",
    )
    return _sheet("Criteria", headings, rows())


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
    if impact.rounds:
        yield _rounds(impact.rounds)


def _candidates(impact: EqualityImpact) -> Sheet:
    def rows() -> Iterator[Row]:
        for kind, name, counts in served_rows(impact):
            yield Cell(kind), Cell(name), *map(_whole, counts)

    return _sheet("Sets of awards", ("Served", "Name", *(one.title for one in impact.candidates)), rows())


def _rounds(rounds: Rounds) -> Sheet:
    def rows() -> Iterator[Row]:
        for one in rounds.lines:
            then = (one.then.bids, one.then.awards) if one.then else (None, None)
            wordings = (one.then.wording if one.then else None, one.wording, one.across)
            numbers = (NOT_GIVEN if number is None else _whole(number) for number in then)
            cells = (Cell(wording.value if wording else "") for wording in wordings)
            yield Cell(one.title), Cell(one.group), *numbers, _whole(one.bids), _whole(one.awards), *cells

    counts = ("Last round: bids", "Last round: awards", "This round: bids", "This round: awards")
    wordings = ("Last round: what was said", "This round: what can be said", "Both together: what can be said")
    return _sheet("Last round", ("Characteristic", "Group", *counts, *wordings), rows())


def _whole(value: int | None) -> Cell:
    return WITHHELD if value is None else Cell(value, style="whole")


def _pounds(pence: int | None) -> Cell:
    return WITHHELD if pence is None else Cell(as_decimal(Fraction(pence, 100)), style="money")


def _number(value: Fraction | None) -> Cell:
    return NONE if value is None else Cell(as_decimal(value), style="number", places=3)
