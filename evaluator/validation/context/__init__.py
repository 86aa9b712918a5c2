"""What was received, prepared once for all checks: texts became codes, nothing was judged yet."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from evaluator.law import Regime, regime
from evaluator.records.programme.conditions.gates import (
    ADMIT,
    DOES_NOT_APPLY,
    ON_MATTERS,
    Gate,
    Standing,
    standing_by,
)
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.decisions_waiting import APART, CHOSEN, SPREAD
from evaluator.records.submissions.evaluation import Decision
from evaluator.records.submissions.received import Received, Table
from evaluator.records.submissions.table_layouts import DECISIONS
from evaluator.validation.coded_columns import NONE, Coded, Flags, coded, present, words
from evaluator.validation.context.coded_sheets import Sheet, sheet_of
from evaluator.validation.context.given import Given, given_in
from evaluator.validation.context.left import left_by_events
from evaluator.validation.context.offers import Offers, offers_of
from evaluator.validation.context.people import People, panel_ids, people_of
from evaluator.validation.context.question_table import Book, book_of
from evaluator.validation.context.stages import fallen_at, reached_of
from evaluator.validation.row_findings import plain_index

FAILED_GATE, LOW_PRICE, BREACH = "failed_gate", "low_price", "breach"


@dataclass(frozen=True)
class View:
    """Everything that the checks look at.

    *Subjects* are the rows of the register and then the organisations, which answer some questions once for all
    their bids. *Answers* are subjects by questions, numbered row by row.

    Parameters
    ----------
    asked : subjects by questions; whether the subject is asked the question.
    needed : what was reached, without the bids that a person disregarded, or decided on in words yet to be mended, and
        repeated rows.
    disregarded : rows of the register whose bid a person disregarded, excluded or disqualified, or left by an event or
        after a stage.
    left : by bid, what is told of those that left by an event.
    fallen : by bid, what is told of those that did not go on from a stage.
    reached : subjects by questions; whether it is asked in a stage that is over or open, and the subject was in it.
    apart : subjects by questions; whether a person decided that the question does not apply to the bid.
    decisions : people's decisions, row by row as they stand.
    recused_rows : rows of the marks by someone who is recused from their subject.
    """

    criteria: Criteria
    received: Received
    book: Book
    offers: Offers
    people: People
    asked: Flags
    reached: Flags
    needed: Flags
    disregarded: Flags
    decisions: tuple[Decision, ...]
    left: Mapping[str, Decision]
    fallen: Mapping[str, Decision]
    apart: Flags
    marks: Sheet | None
    consensus: Sheet | None
    recused_rows: Flags

    @cached_property
    def law(self) -> Regime:
        """The law that applies."""
        return regime(self.criteria.regime)

    @cached_property
    def plain_bids(self) -> dict[str, str]:
        """Bid ids by what is left of them without spaces, hyphens and capitals."""
        return plain_index(self.offers.index)

    @property
    def at_the_end(self) -> bool:
        """Whether every stage that decides who goes on is over, so that prices and awards are next."""
        return len(self.received.stages) >= len(self.criteria.deciding_stages)

    @property
    def by_consensus(self) -> bool:
        """Whether a panel agrees the mark that counts."""
        return self.criteria.moderation.method == "consensus"

    @cached_property
    def given(self) -> Given:
        """The evaluators' marks, answer by answer. With a third evaluator the usual number is the published one."""
        third = self.criteria.moderation.on_spread == "third_evaluator"
        found = given_in(self.marks, ~self.recused_rows, self.book.scales, self.needed, self.people.groups, self.least)
        return replace(found, most={}) if third else found

    @property
    def by_several(self) -> bool:
        """Whether several evaluators mark each answer, whatever makes one mark of theirs."""
        return self.criteria.moderation.method != "one_evaluator"

    @property
    def least(self) -> int:
        """How many different evaluators each answer needs."""
        return self.criteria.moderation.least_evaluators if self.by_several else 1

    def subject(self, place: int) -> str:
        """Name a subject: the bid's id or the organisation's."""
        rows = len(self.offers)
        return self.offers.ids[place] if place < rows else self.offers.organisations[place - rows]

    def decided(self, matter: str) -> set[tuple[str, str]]:
        """Give the bids and subjects of a matter about which there is a decision."""
        return {(d.bid, d.subject) for d in self.decisions if d.matter == matter}


def view_of(criteria: Criteria, received: Received, register: Table) -> View:
    """Prepare what was received."""
    book = book_of(criteria)
    offers = offers_of(criteria, book, register)
    decisions = decisions_of(present(received.decisions), criteria.gate)
    left = left_by_events(received.happened, _with_themes(book, offers)) if received.happened else {}
    fallen = fallen_at(received.stages)
    out = _decided(offers, (*decisions, *left.values()), lambda one: bool(one.standing))
    unclear = _decided(offers, decisions, lambda one: one.decision not in words_for(one, criteria.gate))
    asked = _asked(book, offers, offers.counted)
    sheets: dict[str, Sheet | None] = {
        area: sheet_of(area, table, book, offers, asked) if table else None
        for area, table in (("MARK", present(received.marks)), ("CONS", present(received.consensus)))
    }
    apart = _apart(criteria, book, offers, decisions, asked)
    people, marks = _with_evaluators(book, offers, sheets["MARK"], received)
    return View(
        criteria=criteria,
        received=received,
        book=book,
        offers=offers,
        people=people,
        asked=asked,
        reached=_reached(criteria, received, book, offers, offers.counted) if criteria.stage else asked,
        needed=_reached(criteria, received, book, offers, offers.counted & ~out & ~unclear) & ~apart,
        disregarded=out | _decided(offers, tuple(fallen.values()), lambda one: bool(one.standing)),
        decisions=decisions,
        left=left,
        fallen=fallen,
        apart=apart,
        marks=marks,
        consensus=sheets["CONS"],
        recused_rows=people.recused_rows(marks.evaluators, marks.subjects) if marks else np.zeros(0, dtype=np.bool_),
    )


def _apart(criteria: Criteria, book: Book, offers: Offers, decisions: Sequence[Decision], asked: Flags) -> Flags:
    """Flag the questions that a person decided do not apply to a bid, where the published rule lets one decide it."""
    flags = np.zeros_like(asked)
    for one in decisions:
        row, code = offers.index.get(one.bid), book.index.get(one.subject)
        decided = one.matter == APART and one.decision == DOES_NOT_APPLY
        if decided and row is not None and code is not None and criteria.may_not_apply(one.subject):
            flags[row, code] = asked[row, code]
    return flags


def _with_themes(book: Book, offers: Offers) -> list[tuple[str, str]]:
    """Give each bid that counts with its theme; empty where that is unknown."""
    rows, themes = np.flatnonzero(offers.counted).tolist(), (*book.themes, "")
    return [(offers.ids[row], themes[theme]) for row, theme in zip(rows, offers.themes[rows].tolist(), strict=True)]


def _with_evaluators(
    book: Book, offers: Offers, marks: Sheet | None, received: Received
) -> tuple[People, Sheet | None]:
    marking = coded(marks.table, "evaluator") if marks else None
    named: tuple[str, ...] = ()
    if marking:
        as_appointed = panel_ids(marking.values, present(received.panel))
        named = tuple(as_appointed.get(evaluator, evaluator) for evaluator in marking.values)
        marking = Coded(marking.codes, named)
    people = people_of(book, offers, named, present(received.panel), present(received.interests))
    return people, replace(marks, evaluators=marking.known(people.index)) if marks and marking else None


def _asked(book: Book, offers: Offers, counted: Flags) -> Flags:
    """Flag who is asked what, for the counted rows of the register and the organisations that lead them."""
    asks = np.vstack([book.asks, np.zeros_like(book.once)])  # an unknown theme, -1, takes the last row
    bids = asks[offers.themes] & counted[:, None]
    organisations = np.zeros((len(offers.organisations), len(book.ids)), dtype=np.bool_)
    led = counted & (offers.leads != NONE)
    for theme in range(len(book.themes) if book.once.any() else 0):
        organisations[offers.leads[led & (offers.themes == theme)]] |= asks[theme]
    return np.vstack([bids & ~book.once, organisations & book.once])


def _reached(criteria: Criteria, received: Received, book: Book, offers: Offers, counted: Flags) -> Flags:
    """Flag who is asked what in the stages that are over and in the one that is open, if they were in it."""
    if not criteria.stage:
        return _asked(book, offers, counted)
    flags = np.zeros((len(offers) + len(offers.organisations), len(book.ids)), dtype=np.bool_)
    for questions, in_it in reached_of(criteria, book, offers, received.stages):
        flags[:, questions] = _asked(book, offers, counted & in_it)[:, questions]
    return flags


DECISION_KEYS = tuple(column.key for column in DECISIONS.columns)


def decisions_of(table: Table | None, gates: Sequence[Gate] = ()) -> tuple[Decision, ...]:
    """Take people's decisions as they stand, with what becomes of the bid by each; words are read in any letter case.

    Parameters
    ----------
    gates : those that were published; without them no gate has a kind, and no decision on one takes a bid out.
    """
    if table is None:
        return ()
    rows = zip(*(words(table, key) for key in DECISION_KEYS), strict=True)
    plain: Iterator[dict[str, Any]] = (dict(zip(DECISION_KEYS, row, strict=True)) for row in rows)
    found = tuple(
        Decision(
            **{
                **row,
                "matter": _one_word(row["matter"]),
                "decision": _one_word(row["decision"]),
                "recurs": row["recurs"].casefold(),
            },
            source=table.source(at),
        )
        for at, row in enumerate(plain)
    )
    # Whoever breached a procedural requirement may be admitted in spite of it, by a decision of its own.
    forgiven = {(one.bid, one.subject) for one in found if one.matter == BREACH and one.decision == ADMIT}
    return tuple(replace(one, standing=_standing(one, gates, forgiven)) for one in found)


def _one_word(text: str) -> str:
    """Read "Failed gate" as the published word ``failed_gate``."""
    return "_".join(text.casefold().split())


def _standing(one: Decision, gates: Sequence[Gate], forgiven: Set[tuple[str, str]]) -> Standing:
    gate = gate_of(one, gates)
    if gate and gate.kind == "procedural" and (one.bid, one.subject) in forgiven:
        return ""
    return standing_by(one.decision, gate)


def gate_of(decision: Decision, gates: Sequence[Gate]) -> Gate | None:
    """Give the published gate that a decision is about; None on any other matter."""
    about = decision.subject if decision.matter == FAILED_GATE else ""
    return next((gate for gate in gates if gate.id == about), None)


def words_for(decision: Decision, gates: Sequence[Gate]) -> tuple[str, ...]:
    """Give the words that a decision can be: those of its gate's kind, or on a question, else admit and disregard."""
    if decision.matter == SPREAD:
        return (ADMIT,)
    gate = gate_of(decision, gates)
    return gate.decisions if gate else CHOSEN.get(decision.matter, ON_MATTERS)


def _decided(offers: Offers, decisions: tuple[Decision, ...], how: Callable[[Decision], bool]) -> Flags:
    """Flag the rows of the register about whose bid a person decided so."""
    flags = np.zeros(len(offers), dtype=np.bool_)
    named = [one.bid for one in decisions if how(one)]
    flags[[offers.index[bid] for bid in named if bid in offers.index]] = True
    return flags
