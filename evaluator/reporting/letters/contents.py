"""What stands in a bidder's letter: its own scores, with what was available, why, and what became of the bid."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from evaluator.records.numbers import decimal_text, pounds
from evaluator.records.programme.criteria import Criteria, ScaleMark, Theme
from evaluator.records.programme.gates import Gate
from evaluator.records.results.outcome import Outcome
from evaluator.records.results.scores import NOT_ASSESSED, Step
from evaluator.records.submissions.evaluation import Decision
from evaluator.records.submissions.received import Table
from evaluator.reporting.award.method import price_words
from evaluator.reporting.letters.bidder_names import Names
from evaluator.reporting.shared.bid_rows import Row, ThemeRows, counted_part, score_text, theme_rows
from evaluator.reporting.shared.provenance import AnswerTrace, Traces
from evaluator.reporting.studies.explain import fate

ANYONE = "an evaluator"  # in the place of whoever of the panel is named


@dataclass(frozen=True)
class Line:
    """One question of a letter: the points available and given, the mark's own words, and those of the next mark."""

    answer: AnswerTrace
    points: str
    mark: ScaleMark
    higher: ScaleMark | None
    others: tuple[ScaleMark, ...]  # the other marks of the scale
    reason: str  # for the mark that counts, with nobody of the panel named

    @property
    def written(self) -> str:
        """The reason as the panel wrote it."""
        return self.answer.counts.reason if self.answer.counts else ""


@dataclass(frozen=True)
class Part:
    """A sub-total or total: what it is called, the points given, and the points available."""

    name: str
    points: str
    available: str


@dataclass(frozen=True)
class Bidder:
    """How a bidder is reached and known, as the register has it; empty where it does not say."""

    address: str = ""
    email: str = ""
    identifier: str = ""

    @property
    def lacks(self) -> tuple[str, ...]:
        """What the register does not say, in words."""
        known = {"postal address": self.address, "e-mail address": self.email, "unique identifier": self.identifier}
        return tuple(name for name, text in known.items() if not text)


class Register:
    """The register as received, by bid: what a letter takes from it that no score rests on."""

    def __init__(self, table: Table | None) -> None:
        self.columns: Mapping[str, Sequence[str]] = table.columns if table else {}
        self.rows = {text.strip(): row for row, text in enumerate(self.columns.get("bid", ()))}

    def text(self, bid: str, key: str) -> str:
        """Give the text of a bid's cell; empty where there is none."""
        row = self.rows.get(bid)
        return "" if row is None or key not in self.columns else self.columns[key][row].strip()

    def bidder(self, bid: str) -> Bidder:
        """Give how the bidder of a bid is reached."""
        return Bidder(*(self.text(bid, key) for key in ("address", "email", "identifier")))


@dataclass(frozen=True)
class Winner:
    """A funded bid of the theme: its row, how its bidder is reached, and its total as published."""

    row: Row
    bidder: Bidder
    total: str


@dataclass(frozen=True)
class Letter:
    """One assessed bid as its bidder is told of it; ``winners`` are the funded bids of its theme if it is not one."""

    row: Row
    theme: Theme
    bidder: Bidder
    gates: tuple[tuple[Gate, str], ...]
    lines: tuple[Line, ...]
    parts: tuple[Part, ...]
    price: str
    formula: str
    outcome: str
    decisions: tuple[Decision, ...]
    winners: tuple[Winner, ...]


def letters_of(
    outcome: Outcome,
    steps: Mapping[str, Sequence[Step]],
    people: Sequence[str] = (),
    register: Table | None = None,
) -> tuple[Letter, ...]:
    """Put together the letters of all assessed bids, theme by theme, by id; disregarded and excluded bids are not."""
    traces, known, staff = Traces(outcome), Register(register), Names(people)
    return tuple(
        _letter(outcome, view, row, traces.of(row.bid), steps[row.bid.id], known, staff)
        for view in theme_rows(outcome)
        for row in view.rows
        if row.status not in NOT_ASSESSED
    )


def _letter(
    outcome: Outcome,
    view: ThemeRows,
    row: Row,
    answers: Sequence[AnswerTrace],
    steps: Sequence[Step],
    register: Register,
    staff: Names,
) -> Letter:
    criteria, policy = outcome.criteria, view.policy
    points = {step.rule.removeprefix("weights: "): step.result for step in steps}
    decisions = outcome.evaluation.decisions if outcome.evaluation else ()
    return Letter(
        row=row,
        theme=view.theme,
        bidder=register.bidder(row.bid.id),
        gates=tuple((gate, _gate(register.text(row.bid.id, f"gate:{gate.id}"))) for gate in criteria.gate),
        lines=tuple(_lines(criteria, answers, points, staff)),
        parts=tuple(_parts(criteria, view, row)),
        price=pounds(row.bid.price) if policy and row.bid.price is not None else "",
        formula=price_words(criteria, view.theme) if policy else "",
        outcome=f"An award of {pounds(row.award.amount)}." if row.award else fate(outcome, row),
        decisions=tuple(
            replace(one, reason=staff.replaced(one.reason, ANYONE)) for one in decisions if one.bid == row.bid.id
        ),
        winners=() if row.award else tuple(_winners(criteria, view, register)),
    )


def _winners(criteria: Criteria, view: ThemeRows, register: Register) -> Iterator[Winner]:
    for row in view.ranked:
        if row.award:
            yield Winner(row, register.bidder(row.bid.id), score_text(row.total, criteria.rounding))


def _gate(text: str) -> str:
    return {"pass": "passed", "fail": "not passed"}.get(text.casefold(), text or "not in the register")


def _lines(
    criteria: Criteria, answers: Sequence[AnswerTrace], points: Mapping[str, Fraction], staff: Names
) -> Iterator[Line]:
    scale = sorted(criteria.scale.mark, key=lambda point: point.mark)
    for answer in answers:
        if answer.counts is None:
            continue
        at = next(at for at, point in enumerate(scale) if point.mark == answer.counts.mark)
        higher = scale[at + 1] if at + 1 < len(scale) else None
        reason = staff.replaced(answer.counts.reason, ANYONE)
        yield Line(
            answer,
            score_text(points[answer.question.id], criteria.rounding),
            scale[at],
            higher,
            (*scale[:at], *scale[at + 1 :]),
            reason,
        )


def _parts(criteria: Criteria, view: ThemeRows, row: Row) -> Iterator[Part]:
    if row.quality is None:  # disqualified before anybody marked it
        return
    rounding, weights = criteria.rounding, view.theme.weights
    available = sum((weights[question] for question in view.questions), Decimal(0))
    yield Part("Quality", score_text(counted_part(row.quality, rounding), rounding), decimal_text(available))
    if row.price_points is not None:
        price = weights.get("price", Decimal(0))
        yield Part("Price", score_text(counted_part(row.price_points, rounding), rounding), decimal_text(price))
        available += price
    if row.index is not None:
        yield Part("Pounds for a quality point", score_text(row.index, rounding), "the lowest is best")
    elif row.total is not None:
        yield Part("Total", score_text(row.total, rounding), decimal_text(available))
