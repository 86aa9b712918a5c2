"""The restricted edition as a workbook: every number of the page, one row each, each sheet marked for whom it is."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from evaluator.records.documents import Cell, Sheet, Workbook
from evaluator.records.results.equality_evidence import EqualityEvidence, Gap
from evaluator.records.results.outcome import Outcome
from evaluator.reporting.equality.restricted.page import RestrictedPage, evaluators
from evaluator.reporting.equality.restricted.words import CERTAINTY, STAGES, gap_name
from evaluator.reporting.equality.wording import STAGE_TITLES
from evaluator.reporting.shared.figures import as_decimal
from evaluator.reporting.shared.pages import provenance

Row = tuple[Cell, ...]
NONE = Cell("none", style="helper")
UNDER = Cell("under the published minimum", style="helper")


def restricted_workbook(page: RestrictedPage, outcome: Outcome) -> Workbook:
    """Make the workbook of the page."""
    evidence = page.evidence
    sheets = (
        _front(page, outcome),
        _sheet(page, "Gaps", GAPS, map(_gap, evidence.gaps)),
        _sheet(page, "Stages of each gap", PARTS, _parts(evidence.gaps)),
        _sheet(page, "Groups", (*GROUPS, *STAGE_TITLES.values(), "Share funded", "Least", "Most"), _groups(evidence)),
        _sheet(page, "Options", OPTIONS, _options(page)),
        _sheet(page, "Questions", QUESTIONS, _questions(evidence.gaps)),
        _sheet(page, "Evaluators", EVALUATORS, _evaluators(evidence.gaps, outcome)),
    )
    return Workbook(f"Equality evidence, restricted: {outcome.criteria.title}", sheets, running=page.running)


def _front(page: RestrictedPage, outcome: Outcome) -> Sheet:
    told = (page.first.lead, *page.first.raised, page.first.now, page.family, *page.evidence.not_known)
    about = "; ".join(f"{name} {text}" for name, text in provenance(outcome).items())
    rows: list[Row] = [(Cell("Equality evidence for those who decide", style="title"),)]
    rows += [(Cell(text, style="text"),) for text in (page.running, *told, f"Awards {page.evidence.version}; {about}")]
    return Sheet("In short", tuple(rows), (110,))


def _sheet(page: RestrictedPage, name: str, headings: tuple[str, ...], rows: Iterable[Row]) -> Sheet:
    """Give a headed table under the line that says for whom it is."""
    body = tuple(rows)
    head = tuple(Cell(text, style="heading") for text in headings)
    widths = (44, 26, *((14,) * (len(headings) - 2)))
    table = (2, 2 + len(body)) if body else None
    return Sheet(name, ((Cell(page.running, style="note_line"),), head, *body), widths, (2, 0), table)


GAPS = (
    *("Group", "Stage", "Certainty", "Primary", "Organisations", "Of them funded", "Bids", "Awards", "Awards expected"),
    *("Awards fewer", "Ratio to its share", "Least ratio", "Greatest ratio", "p", "p, corrected", "Beside"),
)


def _gap(gap: Gap) -> Row:
    return (
        *(Cell(gap_name(gap)), Cell(STAGES[gap.stage]), Cell(CERTAINTY[gap.certainty])),
        Cell("primary" if gap.primary else "exploratory"),
        *(_whole(number) for number in (gap.organisations, gap.funded, gap.bids, gap.awards)),
        *(_number(number) for number in (gap.expected, gap.shortfall, gap.ratio, *gap.interval, gap.p, gap.adjusted)),
        Cell(gap.benchmark),
    )


PARTS = (
    *("Group", "Stage", "Awards fewer", "Its bids that came", "Its bids that passed", "All that came"),
    *("All that passed", "p", "Gate", "Its bids that failed it", "All that failed it"),
)


def _parts(gaps: Iterable[Gap]) -> Iterator[Row]:
    for gap in gaps:
        for part in gap.parts:
            counts = (part.came, part.passed, part.all_came, part.all_passed)
            failed = (part.failed, part.all_failed) if part.gate else (None, None)
            yield (
                *(Cell(gap_name(gap)), Cell(STAGES[part.stage]), _number(part.awards), *map(_whole, counts)),
                *(_number(part.p), Cell(part.gate_title or part.gate)),
                *(Cell() if number is None else _whole(number) for number in failed),
            )


GROUPS = ("Question", "Group", "Organisations", "Of them funded")


def _groups(evidence: EqualityEvidence) -> Iterator[Row]:
    for one in evidence.characteristics:
        for group in one.groups:
            interval = group.interval or (None, None)
            yield (
                *(Cell(one.title), Cell(group.group), _whole(group.organisations), _whole(group.funded)),
                *(_whole(figures.bids) for figures in group.stages),
                *(_number(group.rate), *map(_number, interval)),
            )


OPTIONS = (
    *("Option", "Awards to the groups that it changes", "Points", "Money moved (£)", "All awards (£)"),
    *("Displaced", "Funded instead", "When", "Why", "Only without the order of rank"),
)


def _options(page: RestrictedPage) -> Iterator[Row]:
    for row in page.priced:
        change = row.change
        solved = change.lost is not None
        yield (
            *(Cell(row.words, style="text"), Cell("; ".join(map(str, row.effects)), style="text")),
            _number(change.lost) if solved else Cell(row.points),
            *(_pounds(amount) if solved else NONE for amount in (change.moved, change.money)),
            *(Cell(", ".join(bids), style="text") for bids in (change.displaced, change.gained)),
            *(Cell(row.lawful.when), Cell(row.lawful.why, style="text"), Cell("yes" if change.off_ranking else "no")),
        )


QUESTIONS = ("Group", "Question", "Marks beside its other questions", "p", "Certainty")


def _questions(gaps: Iterable[Gap]) -> Iterator[Row]:
    for gap in gaps:
        for one in gap.questions:
            said = Cell(CERTAINTY[one.certainty])
            yield Cell(gap_name(gap)), Cell(one.title), _number(one.marks), _number(one.p), said


EVALUATORS = ("Group", "Evaluator", "Marks beside colleagues", "Answers", "p", "Certainty", "Known which one differs")


def _evaluators(gaps: Iterable[Gap], outcome: Outcome) -> Iterator[Row]:
    people = evaluators(outcome)
    for gap in gaps:
        for panel in gap.evaluators:
            for one in panel.gaps:
                yield (
                    *(Cell(gap_name(gap)), Cell(people.get(one.evaluator, one.evaluator)), _number(one.marks)),
                    *(_whole(one.answers), _number(one.p), Cell(CERTAINTY[one.certainty])),
                    Cell("yes" if panel.says_which else "no"),
                )


def _whole(value: int | None) -> Cell:
    return UNDER if value is None else Cell(value, style="whole")


def _number(value: Fraction | None) -> Cell:
    return NONE if value is None else Cell(as_decimal(value), style="number", places=3)


def _pounds(pence: int) -> Cell:
    return Cell(as_decimal(Fraction(pence, 100)), style="money")
