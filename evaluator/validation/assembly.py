"""The evaluation, made from what was received once no finding stands against it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from evaluator.records.dates import read_moment
from evaluator.records.numbers import plain_decimal
from evaluator.records.programme.conditions.gates import Standing
from evaluator.records.programme.scales import Values
from evaluator.records.submissions.evaluation import (
    NO_MARK,
    NOT_APPLICABLE,
    Bids,
    Decision,
    Evaluation,
    ThemeBids,
    column,
)
from evaluator.records.submissions.received import Table
from evaluator.records.submissions.several_marks import OneMark
from evaluator.records.submissions.tie_breaks import seed_of
from evaluator.validation.coded_columns import NONE, read, words
from evaluator.validation.context import View
from evaluator.validation.context.figures import figures
from evaluator.validation.context.given import About
from evaluator.validation.context.offers import NO_HOURS, WHOLE_PRICE, YES, Offers, lists, whole_number
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
    columns = _columns(view)
    counting = _marks_that_count(view)
    combined = dict(worked_out(view)) if view.criteria.moderation.combines else {}
    themes = (_theme(view, theme, columns, counting, disregarded) for theme in view.book.themes)
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
    columns: Mapping[str, Sequence[Any]],
    counting: npt.NDArray[np.int8],
    disregarded: Mapping[str, Decision],
) -> ThemeBids:
    offers, book = view.offers, view.book
    rows = np.flatnonzero(offers.themes == book.theme_index[theme]).tolist()
    rows.sort(key=offers.ids.__getitem__)
    here = Bids(columns, range(len(offers)) if rows == list(range(len(offers))) else rows)
    questions = [book.index[question.id] for question in view.criteria.questions(theme)]
    marks = counting[rows][:, questions]
    if book.once.any():
        shared = counting[offers.leads[rows] + len(offers)][:, questions]
        marks = np.where(book.once[questions], shared, marks)
    if view.apart.any():
        marks[view.apart[rows][:, questions]] = NOT_APPLICABLE
    return ThemeBids(
        theme=theme,
        bids=here,
        questions=tuple(book.ids[code] for code in questions),
        marks=marks.tobytes(),
        disregarded={bid: disregarded[bid] for bid in column(here, "id") if bid in disregarded} if disregarded else {},
    )


def _marks_that_count(view: View) -> npt.NDArray[np.int8]:
    """Give the scale index of each answer's mark, subjects by questions: the agreed one, or the single evaluator's."""
    marks = np.full(view.asked.size, NO_MARK, dtype=np.int8)
    sheet = view.consensus if view.by_consensus else view.marks
    if sheet and not view.criteria.moderation.combines:
        sound = (sheet.answers != NONE) & (sheet.marks >= 0)
        marks[sheet.answers[sound]] = sheet.marks[sound]
    return marks.reshape(view.asked.shape)


def _columns(view: View) -> dict[str, Sequence[Any]]:
    """Give what every bid of the register is, field by field: every distinct text is read once."""
    offers, table = view.offers, view.offers.table
    organisations = words(table, "organisation")
    return {
        "id": offers.ids,
        "theme": [view.book.themes[theme] for theme in offers.themes.tolist()],
        "organisation": organisations,
        "source": table.sources(),
        "price": offers.prices,
        **_parts_of_prices(offers),
        "compared": offers.compared,
        **{key: words(table, key) for key in ("name", "title", "variant")},
        "members": _without_leads(offers.members, organisations),
        "people": read(words(table, "people"), whole_number),
        "hours": _hours(view, words(table, "hours")),
        **{key: _sorted(lists(table, key)) for key in ("wards", "groups", "outcomes")},
        "small": read(words(table, "small"), lambda text: text.casefold() == YES),
        "least_level": read(words(table, "least_level"), lambda text: plain_decimal(text.removesuffix("%"))),
        "measured": _measured(view),
        **_for_ties(view),
    }


def _parts_of_prices(offers: Offers) -> dict[str, Sequence[object]]:
    """Give each price by year or by line, as it is offered; nothing where a part of it is not understood."""
    none: list[tuple[int, ...]] = [()] * len(offers)
    columns = [offers.amounts[key] for key in offers.price_keys if key != WHOLE_PRICE]
    rows = zip(offers.prices, zip(*columns, strict=True), strict=True) if columns else ()
    parts = [() if price is None else own for price, own in rows] or none
    return {"by_year": none, "lines": parts} if offers.lines else {"by_year": parts, "lines": none}


def _without_leads(members: Sequence[tuple[str, ...]], organisations: Sequence[str]) -> list[tuple[str, ...]]:
    if not any(members):
        return [*members]
    pairs = zip(members, organisations, strict=True)
    return [tuple(one for one in its if one != lead) if lead in its else its for its, lead in pairs]


def _measured(view: View) -> list[tuple[tuple[str, Decimal], ...]]:
    """Give each bid's figures of what its theme measures."""
    measured = figures(view.criteria, view.offers.table)
    weighted = [view.criteria.theme(theme).weights for theme in view.book.themes]
    if not measured:
        return [()] * len(view.offers)
    rows = zip(view.offers.themes.tolist(), *measured.values(), strict=True)
    return [
        tuple(
            (name, value)
            for name, value in zip(measured, its, strict=True)
            if value is not None and name in weighted[theme]
        )
        for theme, *its in rows
    ]


def _for_ties(view: View) -> dict[str, Sequence[object]]:
    """Give when each bid came, and the seed of the draw, where these decide between equal bids."""
    order, count = view.criteria.tie_break.order, len(view.offers)
    came = words(view.offers.table, "received") if "received" in order else [""] * count
    seed = seed_of(view.criteria, view.decisions) if "draw" in order else ""
    return {"received": read(came, lambda text: read_moment(text) or ""), "draw_seed": [seed] * count}


def _hours(view: View, typed: Sequence[str]) -> Sequence[Decimal]:
    """Give each bid's contract-management hours: by the published formula, or as the register has them."""
    if view.criteria.contract_management is None:
        return read(typed, lambda text: plain_decimal(text) or NO_HOURS)
    themes = [view.book.themes[theme] for theme in view.offers.themes.tolist()]
    prices = zip(themes, view.offers.prices, strict=True)
    return [view.criteria.management_hours(theme, price or 0) or NO_HOURS for theme, price in prices]


def _sorted(column: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Sort each list, each distinct one once."""
    return read(column, lambda parts: tuple(sorted(parts)))


def _recused(view: View) -> tuple[tuple[str, str], ...]:
    """Pair each recused evaluator with the bids and leading organisations concerned."""
    offers = view.offers
    if not view.people.recused:
        return ()
    rows = len(offers)
    subjects = {*offers.index.values(), *(rows + place for place in offers.lead_index.values())}
    pairs = {
        (view.people.ids[evaluator], view.subject(subject))
        for evaluator, flags in view.people.recused.items()
        for subject in np.flatnonzero(flags).tolist()
        if subject in subjects
    }
    return tuple(sorted(pairs))
