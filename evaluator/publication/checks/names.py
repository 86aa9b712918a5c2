"""Checks of ids and sources: each thing has one name of its own, and says where it was published."""

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from evaluator.publication.locations import (
    PROGRAMME,
    Place,
    all_questions,
    all_rules,
    in_theme,
    numbered,
    price_policies,
    programme,
)
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.look_alikes import skeleton
from evaluator.records.programme.criteria import PRICE, Criteria
from evaluator.records.programme.rules import EVERY_THEME
from evaluator.records.submissions.table_layouts import (
    BID_OR_ORGANISATION,
    EVALUATOR,
    FOR_BIDDER,
    MARK,
    OF_THE_BIDDER,
    OF_THE_REGISTER,
    PRICE_IN_ALL,
    QUESTION,
    REASON,
    Column,
)

Named = tuple[str, str, Source]  # what kind of thing, its id, its place
PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
RESERVED = {("question", PRICE), ("theme", EVERY_THEME), ("theme", "organisation")}


class HasId(Protocol):
    """Anything that was published under an id."""

    @property
    def id(self) -> str:
        """The id."""


class HasSource(HasId, Protocol):
    """Anything that was published under an id and says where."""

    @property
    def source(self) -> str:
        """Where it was published."""


def ids_are_used_once(criteria: Criteria) -> Iterator[Finding]:
    """Find two things of a kind with one id; capitals alone do not tell two apart."""
    seen: dict[tuple[str, str], Source] = {}
    for kind, name, place in _named(criteria):
        first = seen.setdefault((kind, name.casefold()), place)
        if first is not place:
            yield finding("E-CRIT-110", place, kind=kind, id=name, first=first)


def ids_are_free(criteria: Criteria) -> Iterator[Finding]:
    """Find ids that mean something else to the engine."""
    for kind, name, place in _named(criteria):
        if (kind, name) in RESERVED:
            yield finding("E-CRIT-111", place, kind=kind, id=name)


def ids_are_plain(criteria: Criteria) -> Iterator[Finding]:
    """Find ids that people will mistype or programs will change: with spaces, accents or marks in them."""
    for kind, name, place in _named(criteria):
        if kind != "year" and (kind, name) not in RESERVED and not PLAIN_ID.fullmatch(name):
            yield finding("E-CRIT-112", place, kind=kind, id=name)


def _named(criteria: Criteria) -> Iterator[Named]:
    yield from (("year", year, programme(f"years[{n}]")) for n, year in enumerate(criteria.years, start=1))
    yield from (("theme", theme.id, in_theme(theme, "id")) for theme in criteria.themes)
    yield from _ids("gate", numbered(PROGRAMME, "gate", criteria.gate))
    yield from _ids("question", all_questions(criteria))
    yield from _ids("question", numbered(PROGRAMME, "measured", criteria.measured))  # a weight names either
    yield from _ids("rule", all_rules(criteria))
    yield from _ids("stage", numbered(PROGRAMME, "stage", criteria.stage))
    if criteria.equality:
        axes = numbered(PROGRAMME, "equality.characteristic", criteria.equality.characteristic)
        yield from _ids("characteristic", axes)


def _ids(kind: str, parts: Iterable[tuple[Place, HasId]]) -> Iterator[Named]:
    for place, part in parts:
        yield kind, part.id, place.key("id")


def titles_are_no_headings(criteria: Criteria) -> Iterator[Finding]:
    """Find gates and questions that are called what a column of a table is called, so that no table could be read.

    Gates head columns of the register, questions those of the sheets in which marks and answers are written.
    """
    register = _headings((*OF_THE_REGISTER, *(Column(f"price:{year}", f"Price {year} (£)") for year in criteria.years)))
    sheets = _headings(
        (BID_OR_ORGANISATION, QUESTION, EVALUATOR, MARK, REASON, FOR_BIDDER, *OF_THE_BIDDER, PRICE_IN_ALL)
    )
    gates = [(place, gate.title) for place, gate in numbered(PROGRAMME, "gate", criteria.gate)]
    questions = [(place, question.title) for place, question in all_questions(criteria)]
    for titled, taken, table in ((gates, register, "the register"), (questions, sheets, "a table of marks or bids")):
        for place, title in titled:
            if skeleton(" ".join(title.split()).casefold()) in taken:
                yield finding("E-CRIT-932", place.key("title"), title=title, table=table)


def _headings(columns: Iterable[Column]) -> frozenset[str]:
    """Give the keys and headings of columns as they are compared; "Price (£)" is "Price" too."""
    names = (name for one in columns for name in (one.key, one.heading, one.heading.partition(" (")[0]))
    return frozenset(skeleton(name.casefold()) for name in names)


def sources_are_given(criteria: Criteria) -> Iterator[Finding]:
    """Find questions, gates, rules and methods that do not say where they were published."""
    for what, source, place in _sourced(criteria):
        if not source.strip():
            yield finding("E-CRIT-701", place, what=what)


def _sourced(criteria: Criteria) -> Iterator[Named]:
    whole = {
        "The programme": ("source", criteria.source),
        "The scale": ("scale.source", criteria.scale.source),
        "The rounding": ("rounding.source", criteria.rounding.source),
        "The moderation": ("moderation.source", criteria.moderation.source),
        "The tie-break": ("tie_break.source", criteria.tie_break.source),
    }
    if criteria.allocation:
        whole["The allocation"] = ("allocation.source", criteria.allocation.source)
    yield from ((what, source, programme(key)) for what, (key, source) in whole.items())
    yield from ((f"Theme {theme.id}", theme.source, in_theme(theme, "source")) for theme in criteria.themes)
    for place, policy, _ in price_policies(criteria):
        yield "The price policy", policy.source, place.key("source")
    yield from _sources("Gate", numbered(PROGRAMME, "gate", criteria.gate))
    yield from _sources("Question", all_questions(criteria))
    yield from _sources("Measured criterion", numbered(PROGRAMME, "measured", criteria.measured))
    yield from _sources("Rule", all_rules(criteria))


def _sources(what: str, parts: Iterable[tuple[Place, HasSource]]) -> Iterator[Named]:
    for place, part in parts:
        yield f"{what} {part.id}", part.source, place.key("source")
