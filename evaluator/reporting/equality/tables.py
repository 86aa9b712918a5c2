"""The tables of the equality impact as they are printed, row by row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.records.numbers import percent, pounds
from evaluator.records.results.coverage import Baseline, Coverage
from evaluator.records.results.equality import CharacteristicImpact, EqualityImpact, PublicGroup
from evaluator.reporting.equality.wording import (
    edition_words,
    grouping_words,
    made_up,
    nothing_in,
    people,
    share_of_money,
    share_of_places,
    statement,
    whole_pounds,
)


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question in one line: what can be said of its awards, and how it is shown."""

    id: str
    title: str
    statement: str
    shown: str
    note: str
    ref: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group as it is printed: organisations that bid, and those of them with an award."""

    group: str
    organisations: str
    funded: str


@dataclass(frozen=True, slots=True)
class QuestionTable:
    """The groups of a question, and its organisations without an answer."""

    row: QuestionRow
    groups: tuple[GroupRow, ...]
    no_answer: str


def question_rows(impact: EqualityImpact) -> tuple[QuestionRow, ...]:
    """Give a line for each question, with its reference: reply-1 is the first that was published."""
    return tuple(_question(f"reply-{number}", one) for number, one in enumerate(impact.characteristics, 1))


def _question(ref: str, one: CharacteristicImpact) -> QuestionRow:
    if one.public_statement == "not_asked":
        return QuestionRow(one.id, one.title, statement(one), "", "", ref)
    note = " ".join(filter(None, (edition_words(one), one.why)))
    return QuestionRow(one.id, one.title, statement(one), grouping_words(one), note, ref)


def question_tables(impact: EqualityImpact) -> tuple[QuestionTable, ...]:
    """Give the groups of every question that is shown."""
    return tuple(
        QuestionTable(row, tuple(map(_group, one.groups)), one.no_answer.words if one.no_answer else "not shown")
        for row, one in zip(question_rows(impact), impact.characteristics, strict=True)
        if one.groups
    )


def _group(group: PublicGroup) -> GroupRow:
    funded = "not shown" if group.funded is None else group.funded.words
    return GroupRow(group.group, group.organisations.words, funded)


def title_of(impact: EqualityImpact, benchmark: Baseline) -> str:
    """Give the title of the question that a benchmark is of; anything else that it is of, such as ward, as it is."""
    return next((one.title for one in impact.characteristics if one.is_asked_by(benchmark)), benchmark.of)


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """The wards, groups or outcomes that bids and awards serve; each row has its name and a cell for each heading."""

    id: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    nothing_in: str


def coverage_tables(impact: EqualityImpact) -> tuple[CoverageTable, ...]:
    """Give a table each for wards, groups and outcomes, where any bid names one."""
    found = (
        ("wards", "Wards", impact.wards, "ward"),
        ("served-groups", "Groups served", impact.groups, "group"),
        ("outcomes", "Outcomes", impact.outcomes, ""),
    )
    return tuple(_coverage(impact, id, caption, covered, of) for id, caption, covered, of in found if covered)


def _coverage(impact: EqualityImpact, id: str, caption: str, covered: Sequence[Coverage], of: str) -> CoverageTable:
    columns = tuple(_columns(impact, covered, of))
    rows = zip((one.name for one in covered), zip(*(cells for _, cells in columns), strict=True), strict=True)
    return CoverageTable(id, caption, tuple(heading for heading, _ in columns), tuple(rows), nothing_in(covered))


def _columns(impact: EqualityImpact, covered: Sequence[Coverage], of: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give each column with its heading; people, other programmes and benchmarks only where there are any."""
    yield "Bids", tuple(str(one.bids) for one in covered)
    yield "Bids for it alone", tuple(str(one.bids_only) for one in covered)
    yield "Awards", tuple(str(one.awards) for one in covered)
    yield "Awards for it alone", tuple(str(one.awards_only) for one in covered)
    yield "Money of these awards", tuple(pounds(one.money) for one in covered)
    yield "Money counted once", tuple(whole_pounds(one.divided) for one in covered)
    yield "Of the money", tuple(_share(share_of_money(one, covered), "none") for one in covered)
    if any(one.people for one in covered):
        yield "People, funded of all", tuple(f"{people(one.places)} of {people(one.people)}" for one in covered)
        yield "Of the people", tuple(_share(share_of_places(one, covered), "none") for one in covered)
    if impact.grants:
        yield "Other programme", tuple(whole_pounds(one.grants) for one in covered)
    if any(one.population is not None for one in covered):
        shares = tuple(_share(one.population, "not known") for one in covered)
        yield f"Of residents{made_up(impact, of, 'population')}", shares
    if any(one.need is not None for one in covered):
        shares = tuple(_share(one.need, "not known") for one in covered)
        yield f"Of people in need{made_up(impact, of, 'need')}", shares


def _share(share: Fraction | None, without: str) -> str:
    return without if share is None else percent(share)
