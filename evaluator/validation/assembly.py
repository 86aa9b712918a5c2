"""The evaluation, made from what was received once no finding stands against it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from evaluator.records.dates import read_moment
from evaluator.records.numbers import plain_decimal
from evaluator.records.programme.conditions.gates import Standing
from evaluator.records.programme.scales import Values
from evaluator.records.submissions.evaluation import NO_MARK, NOT_APPLICABLE, Bid, Decision, Evaluation, ThemeBids
from evaluator.records.submissions.received import Table
from evaluator.records.submissions.several_marks import OneMark
from evaluator.records.submissions.tie_breaks import seed_of
from evaluator.validation.coded_columns import NONE, words
from evaluator.validation.context import View
from evaluator.validation.context.figures import figures
from evaluator.validation.context.given import About
from evaluator.validation.context.offers import NO_HOURS, WHOLE_PRICE, YES, lists, whole_number
from evaluator.validation.context.stages import without_later_marks
from evaluator.validation.worked_out import worked_out

# The weightier first: whoever is excluded or disregarded was not assessed, whatever else was decided of the bid.
LEAVING: tuple[Standing, ...] = (
    *("excluded", "disregarded", "withdrawn", "lot_abandoned", "disqualified"),
    "not_shortlisted",
)


def evaluation_of(view: View) -> Evaluation:
    """Put the evaluation together: themes and bids by id, questions in the published order."""
    decisions = tuple(sorted(view.decisions, key=lambda d: (d.bid, d.matter, d.subject, d.decision, d.source)))
    disregarded: dict[str, Decision] = {}
    for standing in LEAVING:
        for decision in (*decisions, *view.left.values(), *view.fallen.values()):
            if decision.standing == standing:
                disregarded.setdefault(decision.bid, decision)
    bids = _bids(view)
    counting = _marks_that_count(view)
    combined = dict(worked_out(view)) if view.criteria.moderation.combines else {}
    themes = (_theme(view, theme, bids, counting, disregarded) for theme in view.book.themes)
    return Evaluation(
        themes=tuple(
            without_later_marks(
                view.criteria, _with_worked_out(view, theme, combined) if combined else theme, view.received.stages
            )
            for theme in themes
        ),
        decisions=decisions,
        recused=_recused(view),
        marks=view.received.marks or Table({}, ()),
        consensus=view.received.consensus,
        events=view.received.happened,
        worked_out={(view.subject(about[0]), view.book.ids[about[1]]): one for about, one in combined.items()},
    )


def _with_worked_out(view: View, bids: ThemeBids, combined: Mapping[About, OneMark]) -> ThemeBids:
    """Give the bids of a theme the marks that were worked out, each question with the values that it then has."""
    offers, book = view.offers, view.book
    cells: list[list[int]] = []
    values: list[Values] = []
    for question in bids.questions:
        code = book.index[question]
        rows = (offers.index[bid.id] for bid in bids.bids)
        answered = [int(offers.leads[row]) + len(offers) if book.once[code] else row for row in rows]
        own = [combined.get((subject, code)) for subject in answered]
        known = dict.fromkeys(sorted({one.value for one in own if one}))
        places = {mark: place for place, mark in enumerate(known)}
        held = (bids.mark(row, len(cells)) for row in range(len(bids.bids)))  # it may not apply to a bid
        cells.append(
            [at if at < NO_MARK else places[one.value] if one else at for one, at in zip(own, held, strict=True)]
        )
        times = max((one.usual for one in own if one), default=1) if view.criteria.moderation.method == "sum" else 1
        values.append(Values(tuple(known), tuple(known), times * book.scales[code].greatest))
    return replace(bids, values=tuple(values)).with_cells([place for row in zip(*cells, strict=True) for place in row])


def _theme(
    view: View,
    theme: str,
    bids: list[Bid],
    counting: npt.NDArray[np.int8],
    disregarded: Mapping[str, Decision],
) -> ThemeBids:
    offers, book = view.offers, view.book
    rows = np.flatnonzero(offers.themes == book.theme_index[theme]).tolist()
    rows.sort(key=offers.ids.__getitem__)
    questions = [book.index[question.id] for question in view.criteria.questions(theme)]
    own = counting[rows][:, questions]
    shared = counting[offers.leads[rows] + len(offers)][:, questions]
    marks = np.where(book.once[questions], shared, own).astype(np.int8)
    marks[view.apart[rows][:, questions]] = NOT_APPLICABLE
    here = tuple(bids[row] for row in rows)
    return ThemeBids(
        theme=theme,
        bids=here,
        questions=tuple(book.ids[code] for code in questions),
        marks=marks.tobytes(),
        disregarded={bid.id: disregarded[bid.id] for bid in here if bid.id in disregarded},
    )


def _marks_that_count(view: View) -> npt.NDArray[np.int8]:
    """Give the scale index of each answer's mark, subjects by questions: the agreed one, or the single evaluator's."""
    marks = np.full(view.asked.size, NO_MARK, dtype=np.int8)
    sheet = view.consensus if view.by_consensus else view.marks
    if sheet and not view.criteria.moderation.combines:
        sound = (sheet.answers != NONE) & (sheet.marks >= 0)
        marks[sheet.answers[sound]] = sheet.marks[sound]
    return marks.reshape(view.asked.shape)


WORDS = ("organisation", "name", "title", "people", "hours", "small", "variant", "least_level", "received")


def _bids(view: View) -> list[Bid]:
    offers, table = view.offers, view.offers.table
    columns = {key: words(table, key) for key in WORDS}
    wards, groups, outcomes = (_sorted(lists(table, key)) for key in ("wards", "groups", "outcomes"))
    by_year = [offers.amounts[key] for key in offers.price_keys if key != WHOLE_PRICE]
    none: list[tuple[int, ...]] = [()] * len(offers)
    parts = list(zip(*by_year, strict=True)) if by_year else none
    years, lines = (none, parts) if offers.lines else (parts, none)
    measured = figures(view.criteria, table)
    weighted = [view.criteria.theme(theme).weights for theme in view.book.themes]
    order, seed = view.criteria.tie_break.order, seed_of(view.criteria, view.decisions)
    return [
        Bid(
            id=offers.ids[row],
            theme=view.book.themes[offers.themes[row]],
            organisation=columns["organisation"][row],
            source=table.source(row),
            price=offers.prices[row],
            by_year=tuple(years[row]) if offers.prices[row] is not None else (),
            lines=tuple(lines[row]) if offers.prices[row] is not None else (),
            compared=offers.compared[row],
            name=columns["name"][row],
            title=columns["title"][row],
            members=tuple(m for m in offers.members[row] if m != columns["organisation"][row]),
            people=whole_number(columns["people"][row]),
            hours=_hours(view, row, columns["hours"][row]),
            wards=wards[row],
            groups=groups[row],
            small=columns["small"][row].casefold() == YES,
            outcomes=outcomes[row],
            variant=columns["variant"][row],
            least_level=plain_decimal(columns["least_level"][row].removesuffix("%")),
            measured=tuple(
                (name, value)
                for name, column in measured.items()
                if (value := column[row]) is not None and name in weighted[offers.themes[row]]
            ),
            received=(read_moment(columns["received"][row]) or "") if "received" in order else "",
            draw_seed=seed if "draw" in order else "",
        )
        for row in range(len(offers))
    ]


def _hours(view: View, row: int, typed: str) -> Decimal:
    """Give a bid's contract-management hours: by the published formula, or as the register has them."""
    theme, price = view.book.themes[view.offers.themes[row]], view.offers.prices[row]
    by_formula = view.criteria.management_hours(theme, price or 0)
    return (plain_decimal(typed) or NO_HOURS) if by_formula is None else by_formula


def _sorted(column: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Sort each list, each distinct one once."""
    ordered = {parts: tuple(sorted(parts)) for parts in set(column)}
    return [ordered[parts] for parts in column]


def _recused(view: View) -> tuple[tuple[str, str], ...]:
    """Pair each recused evaluator with the bids and leading organisations concerned."""
    offers = view.offers
    subjects = {*offers.index.values(), *(len(offers) + place for place in offers.lead_index.values())}
    pairs = {
        (view.people.ids[evaluator], view.subject(subject))
        for evaluator, flags in view.people.recused.items()
        for subject in np.flatnonzero(flags).tolist()
        if subject in subjects
    }
    return tuple(sorted(pairs))
