"""The restricted edition as a page in the order of a council's own equality analysis, for named people alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.law import cited, regime
from evaluator.records.english import count_of, listing
from evaluator.records.numbers import percent
from evaluator.records.results.equality_evidence import EqualityEvidence, Family
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.studies.gap_options import GapOptions
from evaluator.records.results.studies.mitigation import OPTIONS, Option
from evaluator.reporting.equality.restricted.figures import (
    GroupRow,
    StageRow,
    evaluator_lines,
    group_rows,
    question_lines,
    replied,
    share_picture,
    slopes,
    stage_rows,
    stage_titles,
)
from evaluator.reporting.equality.restricted.first_page import ROWS, FirstPage, after_first, first_gaps, first_page
from evaluator.reporting.equality.restricted.lawful import titled
from evaluator.reporting.equality.restricted.priced import PricedRow, priced_rows
from evaluator.reporting.record import panel
from evaluator.reporting.shared.pages import HeadedPage, about, theme_titles
from evaluator.reporting.shared.share_pictures import ShareRows, Slope

SLOPES = 4  # gaps that are drawn from bids to awards


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question of the monitoring in one line: who is asked about, whether it is tested, and how many replied."""

    title: str
    axis: str
    family: str
    replied: str


@dataclass(frozen=True, kw_only=True)
class RestrictedPage(HeadedPage):
    """The evidence with the words, rows and pictures of each section; the first page stands by itself."""

    template = "equality_restricted.html"
    running: str
    recipients: str
    first: FirstPage
    in_private: str
    evidence: EqualityEvidence
    themes: str
    awards: int
    law: str
    family: str
    questions: Sequence[QuestionLine]
    further: Sequence[str]
    benchmarks: str
    stage_titles: Sequence[str]
    stage_rows: Sequence[StageRow]
    slopes: Sequence[Slope]
    question_lines: Sequence[str]
    evaluator_lines: Sequence[str]
    primary: Sequence[ShareRows]
    exploratory: Sequence[ShareRows]
    primary_rows: Sequence[GroupRow]
    exploratory_rows: Sequence[GroupRow]
    last_round: str
    priced: Sequence[PricedRow]  # all; the page leaves out floors at a group's whole share, which the workbook has
    reasons: Sequence[tuple[str, str, str]]
    options: Sequence[Option]


def running(recipients: Sequence[str]) -> str:
    """Say over every page whom it is for."""
    return f"Restricted: equality evidence for {listing(recipients)} alone. Not for publication."


def restricted_page(
    outcome: Outcome, evidence: EqualityEvidence, recipients: Sequence[str], options: Sequence[GapOptions]
) -> RestrictedPage:
    """Put the edition together for those whom it names."""
    criteria, gaps = outcome.criteria, first_gaps(evidence)[:ROWS]
    priced = priced_rows(gaps, options, organisations(outcome), criteria.regime)
    bids, awards = (evidence.totals[at].bids or 0 for at in (0, -1))
    whole = Fraction(awards, bids) if bids else None
    pictures = [(one.primary, share_picture(one, whole, evidence.last_round)) for one in evidence.characteristics]
    return RestrictedPage(
        about=about(outcome),
        running=running(recipients),
        recipients=listing(recipients),
        first=first_page(evidence, priced, criteria.regime),
        in_private=cited("in_private"),
        evidence=evidence,
        themes=listing(theme_titles(criteria).values()),
        awards=awards,
        law=regime(criteria.regime).title,
        family=_family(evidence.family),
        questions=_questions(evidence),
        further=after_first(evidence),
        benchmarks=listing(dict.fromkeys(gap.benchmark for gap in gaps if gap.stage == "bid")),
        stage_titles=stage_titles(),
        stage_rows=stage_rows(gaps),
        slopes=slopes(evidence, [gap for gap in gaps if gap.stage != "bid"])[:SLOPES],
        question_lines=question_lines(gaps),
        evaluator_lines=evaluator_lines(gaps, evaluators(outcome)),
        primary=[drawn for first, drawn in pictures if first and drawn],
        exploratory=[drawn for first, drawn in pictures if not first and drawn],
        primary_rows=group_rows([one for one in evidence.characteristics if one.primary]),
        exploratory_rows=group_rows([one for one in evidence.characteristics if not one.primary]),
        last_round=evidence.last_round.title if evidence.last_round else "",
        priced=priced,
        reasons=_reasons(priced),
        options=OPTIONS,
    )


def organisations(outcome: Outcome) -> Mapping[str, str]:
    """Name the organisation of each bid, with the bid."""
    bids = outcome.evaluation.bids if outcome.evaluation else ()
    return {bid.id: f"{bid.name or bid.organisation} ({bid.id})" for bid in bids}


def evaluators(outcome: Outcome) -> Mapping[str, str]:
    """Name each evaluator, with the id."""
    return {id: f"{name} ({id})" if name else id for id, name, _ in panel(outcome.panel)}


def _family(family: Family) -> str:
    """Say what was to be tested, by which rule, and what came of it."""
    tested = f"{count_of(family.tests, 'group')} could reach an alarm"
    left = f", {family.left_out} could not with so few" if family.left_out else ""
    return (
        f"Tested, as fixed in the criteria: awards by {count_of(len(family.characteristics), 'question')}. Whole rows "
        f"of replies were shuffled {family.draws:,} times among organisations that bid alike (seed {family.seed}), so "
        f"that all tests together raise a false alarm in at most {percent(family.alpha)} of rounds; {tested}{left}. "
        f"Alarms: {family.alarms}."
    )


def _questions(evidence: EqualityEvidence) -> tuple[QuestionLine, ...]:
    return tuple(
        QuestionLine(
            one.title,
            "" if one.axis == one.title else one.axis,
            "primary" if one.primary else "exploratory",
            replied(one),
        )
        for one in evidence.characteristics
    )


def _reasons(priced: Sequence[PricedRow]) -> tuple[tuple[str, str, str], ...]:
    """Give each reason for what is lawful once: of what, when, and why."""
    return tuple(dict.fromkeys((titled(row.change), row.lawful.when, row.lawful.why) for row in priced))
