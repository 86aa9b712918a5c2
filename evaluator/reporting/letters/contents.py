"""What stands in a bidder's letter: its own scores, with what was available, why, and what became of the bid."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from evaluator.records.dates import spoken_date
from evaluator.records.english import count_of
from evaluator.records.numbers import decimal_text, exact_text, pounds
from evaluator.records.programme.conditions.gates import Gate
from evaluator.records.programme.criteria import Criteria, Theme
from evaluator.records.programme.minimums import enough
from evaluator.records.programme.scales import Mark, ScaleMark
from evaluator.records.results.allocation import FULL
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.scores import NOT_ASSESSED, Step
from evaluator.records.submissions.evaluation import Decision
from evaluator.records.submissions.received import Table
from evaluator.records.submissions.several_marks import mark_text
from evaluator.reporting.award.method import price_words
from evaluator.reporting.letters.bidder_names import Names
from evaluator.reporting.letters.bidders import ANYONE, Bidder, Register
from evaluator.reporting.letters.first_page import LONGEST
from evaluator.reporting.letters.forms import FORMS, Form
from evaluator.reporting.letters.prices import PriceTold, price_told
from evaluator.reporting.letters.reasons import Reasoning, Reasons
from evaluator.reporting.letters.refused import FAILED_GATE, decided_words
from evaluator.reporting.shared.bid_rows import Row, ThemeRows, counted_part, score_text, theme_rows
from evaluator.reporting.shared.events import correction_words
from evaluator.reporting.shared.provenance import AnswerTrace, Traces

PASSED = "passed"


@dataclass(frozen=True)
class Line:
    """One question of a letter: the points available and given, and the words of its mark."""

    answer: AnswerTrace
    available: str
    points: str
    mark: str
    marked: bool  # else it was decided that the question does not apply
    enough: bool  # for its published minimum mark
    scale: tuple[ScaleMark, ...]
    reason: str  # for the mark that counts, with nobody of the panel named

    @property
    def written(self) -> str:
        """The reason as the panel wrote it for the bidder; what it wrote for the file alone stands in no letter."""
        return self.answer.counts.told if self.answer.counts else ""


@dataclass(frozen=True)
class Part:
    """A sub-total or total: what it is called, the points given, and the points available."""

    name: str
    points: str
    available: str


@dataclass(frozen=True)
class Winner:
    """A funded bid of the theme with its total as published, and where it was marked higher, if the form says that."""

    row: Row
    total: str
    advantages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Letter:
    """One assessed bid as its bidder is told of it; ``winners`` are the funded bids of its theme if it is not one."""

    row: Row
    theme: Theme
    bidder: Bidder
    gates: tuple[tuple[Gate, str], ...]
    lines: tuple[Line, ...]
    parts: tuple[Part, ...]
    price: PriceTold
    formula: str
    reasons: Reasons | None
    decisions: tuple[tuple[str, Decision], ...]  # what was decided, in words
    corrections: tuple[str, ...]  # what was corrected in it, when and why, in words
    winners: tuple[Winner, ...]
    about_award: tuple[str, ...] = ()  # that people chose it, and when it is paid

    @property
    def award(self) -> str:
        """What the bid is awarded, with the share of what it asked where that is not all; empty for none."""
        award = self.row.award
        if award is None:
            return ""
        return pounds(award.amount) + ("" if award.level == FULL else f", {award.level} of what it asked")

    @property
    def outcome(self) -> str:
        """Why it is not funded, and what would have turned that, as one text; empty where it is."""
        told = self.reasons
        return (
            " ".join((*told.first, *told.limits, told.standing, *told.turned, told.compared, *told.budgets))
            if told
            else ""
        )

    @property
    def short(self) -> tuple[Line, ...]:
        """The questions below their published minimum mark, where the first page has room for all reasons."""
        found = tuple(line for line in self.lines if not line.enough)
        return found if sum(len(line.reason.split()) for line in found) <= LONGEST else ()

    @property
    def passed(self) -> tuple[str, ...]:
        """The titles of the conditions that it passed; ``open_gates`` are all others, each with its result."""
        return tuple(gate.title for gate, result in self.gates if result == PASSED)

    @property
    def open_gates(self) -> tuple[tuple[Gate, str], ...]:
        """The conditions of which more is to be said than that it passed them."""
        return tuple(one for one in self.gates if one[1] != PASSED)

    @property
    def decided(self) -> tuple[str, ...]:
        """What people decided of it, each with its reason; without what the first page says in full."""
        first = self.reasons.first if self.reasons else ()
        told = (f"{words} {one.reason}" for words, one in self.decisions)
        return tuple(words for words in told if words not in first)


@dataclass(frozen=True)
class _Sources:
    """What the letters of one run are put together from."""

    outcome: Outcome
    steps: Mapping[str, Sequence[Step]]
    register: Register
    staff: Names
    traces: Traces
    reasoning: Reasoning
    form: Form


def _sources(
    outcome: Outcome, steps: Mapping[str, Sequence[Step]], people: Sequence[str], register: Table | None
) -> _Sources:
    form = FORMS[outcome.criteria.regime]
    staff = Names(people)
    return _Sources(outcome, steps, Register(register), staff, Traces(outcome), Reasoning(outcome, form, staff), form)


def letters_of(
    outcome: Outcome,
    steps: Mapping[str, Sequence[Step]],
    people: Sequence[str] = (),
    register: Table | None = None,
) -> tuple[Letter, ...]:
    """Put together the letters of all assessed bids, theme by theme, by id; disregarded and excluded bids are not."""
    sources = _sources(outcome, steps, people, register)
    return tuple(
        _letter(sources, view, row)
        for view in theme_rows(outcome)
        for row in view.rows
        if row.status not in NOT_ASSESSED
    )


def _letter(sources: _Sources, view: ThemeRows, row: Row) -> Letter:
    outcome, criteria, policy = sources.outcome, sources.outcome.criteria, view.policy
    answers, steps = sources.traces.of(row.bid), sources.steps[row.bid.id]
    decisions = [one for one in (outcome.evaluation.decisions if outcome.evaluation else ()) if one.bid == row.bid.id]
    lines = tuple(_lines(criteria, view, row, answers, sources.staff))
    return Letter(
        row=row,
        theme=view.theme,
        bidder=sources.register.bidder(row.bid.id),
        gates=tuple(_gates(criteria, sources.register, row.bid.id, decisions)),
        lines=lines,
        parts=tuple(_parts(criteria, view, row)),
        price=price_told(view, row, steps, sources.form) if policy else PriceTold(),
        formula=price_words(criteria, view.theme) if policy else "",
        reasons=None if row.award else sources.reasoning.of(view, row),
        decisions=tuple(
            (decided_words(criteria, one), replace(one, reason=sources.staff.replaced(one.reason, ANYONE)))
            for one in decisions
        ),
        corrections=tuple(_corrections(outcome, row.bid.id, sources.staff)),
        winners=() if row.award else tuple(_winners(sources, view, row)),
        about_award=tuple(_about_award(outcome, row, sources.form)),
    )


def _about_award(outcome: Outcome, row: Row, form: Form) -> Iterator[str]:
    """Say of an award that people chose it where the ranks alone would not have given it, and when it is paid."""
    if row.award is None:
        return
    choice = outcome.allocation.choice if outcome.allocation else None
    if choice and row.bid.id in choice.gained:
        yield f"By the ranks alone your {form.offer} would have no award: people chose it after the ranks were known."
    if row.award.payments:
        paid = (f"{pounds(pence)} {when}" for when, pence in row.award.payments)
        yield f"It is paid in {count_of(len(row.award.payments), 'tranche')}: {'; '.join(paid)}."


def _corrections(outcome: Outcome, bid: str, staff: Names) -> Iterator[str]:
    for one in outcome.evaluation.events.corrected(bid) if outcome.evaluation else ():
        yield f"{correction_words(one)} Recorded on {spoken_date(one.date)}. {staff.replaced(one.reason, ANYONE)}"


def _winners(sources: _Sources, view: ThemeRows, own: Row) -> Iterator[Winner]:
    criteria = sources.outcome.criteria
    for row in view.ranked:
        if row.award:
            better = tuple(_advantages(sources, own, row)) if sources.form.advantages else ()
            yield Winner(row, score_text(row.total, criteria.rounding), better)


def _advantages(sources: _Sources, own: Row, winner: Row) -> Iterator[str]:
    """Say where a winning bid was marked higher, and with what reason: its characteristics and relative advantages."""
    for answer, mine, theirs in zip(sources.traces.of(winner.bid), own.marks, winner.marks, strict=True):
        if answer.counts and mine is not None and theirs is not None and theirs > mine:
            reason = sources.staff.replaced(answer.counts.told, ANYONE)
            marks = f"mark {exact_text(theirs)} to your {exact_text(mine)}"
            yield f"{answer.question.id} {answer.question.title}: {marks}. {reason}"
    rounding = sources.outcome.criteria.rounding
    for one in sources.outcome.criteria.measured:
        mine, theirs = own.measured.get(one.id), winner.measured.get(one.id)
        if mine is not None and theirs is not None and theirs > mine:
            yield f"{one.id} {one.title}: {score_text(theirs, rounding)} points to your {score_text(mine, rounding)}."
    if winner.price_points is not None and own.price_points is not None and winner.price_points > own.price_points:
        points = [score_text(counted_part(one.price_points, rounding), rounding) for one in (winner, own)]
        yield f"Price: {points[0]} points to your {points[1]}."


def _gates(
    criteria: Criteria, register: Register, bid: str, decisions: Sequence[Decision]
) -> Iterator[tuple[Gate, str]]:
    """Give each gate with its result: what a person decided of it, or else what the register says."""
    decided = {one.subject: one.said for one in decisions if one.matter == FAILED_GATE}
    for gate in criteria.gate:
        text = register.text(bid, f"gate:{gate.id}")
        result = {"pass": PASSED, "fail": "not passed"}.get(text.casefold(), text or "not in the register")
        yield gate, decided.get(gate.id, result)


def lines_of(
    criteria: Criteria, theme: Theme, answers: Sequence[AnswerTrace], points: Mapping[str, Fraction], staff: Names
) -> Iterator[Line]:
    """Give a line for each answer that was marked: its mark, the points it earned and the reason."""
    for answer in answers:
        if answer.counts is not None:
            at = answer.question.id
            yield _line(criteria, theme, answer, answer.counts.mark, points[at], answer.weight, staff)


def _lines(
    criteria: Criteria, view: ThemeRows, row: Row, answers: Sequence[AnswerTrace], staff: Names
) -> Iterator[Line]:
    for answer, mark, points, weight in zip(answers, row.marks, row.points, row.weights, strict=True):
        if points is not None:
            yield _line(criteria, view.theme, answer, mark, points, weight, staff)


def _line(
    criteria: Criteria,
    theme: Theme,
    answer: AnswerTrace,
    mark: Mark | None,
    points: Fraction,
    weight: Fraction | Decimal,
    staff: Names,
) -> Line:
    at, counts = answer.question.id, answer.counts
    made = f"It is the {counts.made}. " if counts and counts.made else ""
    told = f"{made}{counts.told}" if counts and mark is not None else APART
    return Line(
        answer=answer,
        available=exact_text(weight),
        points=score_text(points, criteria.rounding),
        mark="does not apply" if mark is None else mark_words(criteria, at, mark),
        marked=mark is not None,
        scale=criteria.scale_for(at).mark,
        enough=mark is None or enough(theme, at, mark),
        reason=staff.replaced(told, ANYONE),
    )


APART = "It was decided that the question does not apply to the bid; the decision stands under Conditions."


def mark_words(criteria: Criteria, question: str, mark: Mark) -> str:
    """Write a mark as it is told: a pass or a fail in that word, any other as its number."""
    scale = criteria.scale_for(question)
    passed = criteria.passed_or_failed(question) and mark in scale.marks
    return next(one.label for one in scale.mark if one.mark == mark) if passed else mark_text(mark)


def _parts(criteria: Criteria, view: ThemeRows, row: Row) -> Iterator[Part]:
    if row.quality is None:  # disqualified before anybody marked it
        return
    rounding, weights = criteria.rounding, criteria.counted(view.theme.id).weights
    measured = criteria.measured_in(view.theme.id) if row.rank else ()
    available = sum((weights[leaf] for leaf in (*view.questions, *(one.id for one in measured))), Decimal(0))
    yield Part("Quality", score_text(counted_part(row.quality, rounding), rounding), decimal_text(available))
    for one in measured:
        figure = one.said(Fraction(row.bid.figure(one.id) or 0))
        points = score_text(row.measured.get(one.id), rounding)
        yield Part(f"of it {one.id} {one.title}: {figure}", points, decimal_text(weights[one.id]))
    if row.price_points is not None:
        price = weights.get("price", Decimal(0))
        yield Part("Price", score_text(counted_part(row.price_points, rounding), rounding), decimal_text(price))
        available += price
    if row.index is not None:
        yield Part("Pounds for a quality point", score_text(row.index, rounding), "the lowest is best")
    elif row.total is not None:
        yield Part("Total", score_text(row.total, rounding), decimal_text(available))
