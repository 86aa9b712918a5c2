"""Checks of the register: every bid has an id, a theme and an organisation, and answers what the rules ask of it."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import numpy as np

from evaluator.records.english import short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.numbers import decimal_text, plain_decimal
from evaluator.records.programme.conditions.gates import Gate
from evaluator.records.programme.rules import Column
from evaluator.records.submissions.received import Received
from evaluator.validation.as_meant import nearest_word
from evaluator.validation.coded_columns import NONE, Flags, coded, present, reported, words
from evaluator.validation.context import View
from evaluator.validation.context.offers import FAIL, NO, NO_HOURS, PASS, YES, lists, whole_number
from evaluator.validation.row_findings import Facts, at_rows, flagged, shown, unread

REGISTER_FILES = ("register.xlsx", "register.csv")
NEEDED_BY_RULES: tuple[Column, ...] = ("hours", "wards", "small")  # cells that a rule does not let stand empty
FEW = 2  # bids under another id that are told one by one
NEEDED_COLUMNS = {
    "register": ("bid", "theme", "organisation"),
    "marks": ("bid", "question", "evaluator", "mark", "reason"),
    "consensus": ("bid", "question", "mark", "reason"),
    "panel": ("evaluator", "theme"),
    "interests": ("evaluator", "organisation", "action"),
    "decisions": ("bid", "matter", "decision", "reason", "ground", "person", "date"),
}
CODES = {"people": "E-BID-001", "hours": "E-BID-004", "wards": "E-BID-007", "small": "E-BID-006"}


def no_register(received: Received) -> Iterator[Finding]:
    """Find that there is nothing to evaluate, unless reading has said why."""
    table = received.register
    if table is not None and table.blocks:
        yield finding("E-REG-002", table.place)
    elif not unread(received, *REGISTER_FILES):
        yield finding("E-REG-001", Source(REGISTER_FILES[0]))


def tables_have_their_columns(view: View) -> Iterator[Finding]:
    """Find tables without a column that nothing can stand in for."""
    for name, every in NEEDED_COLUMNS.items():
        worked_out = name == "consensus" and view.criteria.moderation.combines
        keys = every[:2] if worked_out else every
        table = present(getattr(view.received, name))
        if table is not None:
            for key in (key for key in keys if key not in table.columns):
                yield finding("E-COL-001", table.place, column=key)


def bids_have_ids(view: View) -> Iterator[Finding]:
    """Find rows without a bid id."""
    table = view.offers.table
    blank = view.offers.bids.blank & ~reported(table, "bid")
    yield from at_rows("E-REG-003", table, flagged(blank), "bid", lambda _: {})


def bids_stand_once(view: View) -> Iterator[Finding]:
    """Find rows whose bid id stands in an earlier row."""
    offers = view.offers
    again = ~offers.counted & ~offers.bids.blank

    def facts(row: int) -> Facts:
        first = offers.table.source(offers.index[offers.ids[row]], "bid")
        here = offers.table.source(row, "bid").file
        return {"bid": offers.ids[row], "other": first.cell if first.file == here else str(first)}

    yield from at_rows("E-REG-004", offers.table, flagged(again), "bid", facts)


def ids_are_those_of_the_marks(view: View) -> Iterator[Finding]:
    """Find that most bids have other ids in the register than in the marks: what is wrong is a column, not rows."""
    offers, sheets = view.offers, [sheet for sheet in (view.marks, view.consensus) if sheet]
    if all(sheet.bids.min() != NONE for sheet in sheets):
        return
    marked = {bid for sheet in sheets for bid in sheet.coded["bid"].values} - {""}
    unknown = sorted(marked - set(offers.index) - set(offers.lead_index))
    unmarked = sorted(set(offers.index) - marked)
    if min(len(unknown), len(unmarked)) <= FEW or 2 * len(unmarked) < len(offers.index):
        return
    if 2 * len(unknown) >= len(marked):
        facts = {"unmarked": len(unmarked), "bid": unmarked[0], "unknown": len(unknown), "other": unknown[0]}
        place = offers.table.source(offers.index[unmarked[0]], "bid")
        yield finding("E-REG-017", place, bids=len(offers.index), **facts)


def themes_are_published(view: View) -> Iterator[Finding]:
    """Find bids for a theme that the criteria do not have."""
    offers = view.offers
    unknown = (offers.themes == NONE) & ~reported(offers.table, "theme")
    named = words(offers.table, "theme")
    blank = coded(offers.table, "theme").blank

    def facts(row: int) -> Facts:
        return {
            "bid": offers.named(row),
            "theme": shown(named[row]),
            "hint": nearest_word(named[row], view.book.themes),
            "themes": short_listing(view.book.themes),
        }

    yield from at_rows("E-REG-005", offers.table, flagged(unknown & ~blank), "theme", facts)
    yield from at_rows("E-REG-012", offers.table, flagged(unknown & blank), "theme", facts)


def bids_name_their_organisation(view: View) -> Iterator[Finding]:
    """Find bids without an organisation."""
    offers = view.offers
    blank = (offers.leads == NONE) & ~reported(offers.table, "organisation")
    yield from at_rows(
        "E-REG-006", offers.table, flagged(blank), "organisation", lambda row: {"bid": offers.named(row)}
    )


def gates_are_answered(view: View) -> Iterator[Finding]:
    """Find gates without an answer, and answers that are neither pass nor fail."""
    table = view.offers.table
    for gate in view.criteria.gate:
        if f"gate:{gate.id}" in table.columns:
            yield from _gate(view, gate)
        else:
            facts = {"column": gate.title, "key": f"gate:{gate.id}", "why": "the criteria have this gate"}
            yield finding("E-REG-007", table.place, **facts)


def _gate(view: View, gate: Gate) -> Iterator[Finding]:
    table, key = view.offers.table, f"gate:{gate.id}"
    said = words(table, key)
    open_cells = ~reported(table, key)
    blank = np.array([not text for text in said])
    wrong = np.array([text.casefold() not in ("", PASS, FAIL) for text in said])

    def facts(row: int) -> Facts:
        hint = nearest_word(said[row], (PASS, FAIL))
        return {"bid": view.offers.named(row), "gate": gate.title, "shown": shown(said[row]), "hint": hint}

    yield from at_rows("E-GATE-001", table, flagged(blank & open_cells & ~view.disregarded), key, facts)
    yield from at_rows("E-GATE-002", table, flagged(wrong & open_cells), key, facts)


def people_are_whole_numbers(view: View) -> Iterator[Finding]:
    """Find bids in themes that score unit cost that do not say how many people they serve, as a whole number."""
    unit_cost = {
        code
        for code, theme in enumerate(view.book.themes)
        if (policy := view.criteria.price_policy(theme)) and policy.basis == "unit_cost"
    }
    concerned = np.isin(view.offers.themes, sorted(unit_cost))
    if concerned.any():
        yield from _blank_cells(view, "people", concerned, "unit cost is scored")
        yield from _wrong_cells(view, "E-BID-002", "people", concerned, lambda text: whole_number(text) is not None)


def hours_are_plain_numbers(view: View) -> Iterator[Finding]:
    """Find contract-management hours that are not a plain number, nought or more."""
    every = np.full(len(view.offers), fill_value=True)
    yield from _wrong_cells(view, "E-BID-003", "hours", every, _is_amount)


def hours_are_as_published(view: View) -> Iterator[Finding]:
    """Find contract-management hours in the register that are not what the published formula gives."""
    offers = view.offers
    if view.criteria.contract_management is None or "hours" not in offers.table.columns:
        return
    typed = [plain_decimal(text) for text in words(offers.table, "hours")]
    due = [_hours_due(view, row) for row in range(len(offers))]
    pairs = enumerate(zip(typed, due, strict=True))
    rows = [row for row, (said, right) in pairs if said is not None and right is not None and said != right]

    def facts(row: int) -> Facts:
        said, right = (decimal_text(hours) for hours in (typed[row] or NO_HOURS, due[row] or NO_HOURS))
        return {"bid": offers.named(row), "stated": said, "due": right}

    yield from at_rows("E-BID-020", offers.table, rows, "hours", facts)


def _hours_due(view: View, row: int) -> Decimal | None:
    theme, price = view.offers.themes[row], view.offers.prices[row]
    known = theme != NONE and price is not None
    return view.criteria.management_hours(view.book.themes[theme], price or 0) if known else None


def small_is_yes_or_no(view: View) -> Iterator[Finding]:
    """Find answers to "small organisation" that are neither yes nor no."""
    every = np.full(len(view.offers), fill_value=True)
    yield from _wrong_cells(view, "E-BID-005", "small", every, lambda text: text.casefold() in (YES, NO))


def least_levels_are_shares(view: View) -> Iterator[Finding]:
    """Find least shares of use that are not a percentage above 0 and up to 100."""
    every = np.full(len(view.offers), fill_value=True)
    yield from _wrong_cells(view, "E-BID-010", "least_level", every, _is_share)


def outcomes_are_published(view: View) -> Iterator[Finding]:
    """Find outcomes that the criteria do not have, where the criteria name any."""
    table, known = view.offers.table, view.criteria.outcomes
    if not known or "outcomes" not in table.columns:
        return
    named = lists(table, "outcomes")
    wrong = np.array([any(one not in known for one in its) for its in named]) & ~reported(table, "outcomes")

    def facts(row: int) -> Facts:
        strange = [one for one in named[row] if one not in known]
        return {
            "bid": view.offers.named(row),
            "shown": short_listing(strange),
            "hint": nearest_word(strange[0], known),
            "outcomes": short_listing(tuple(known)),
        }

    yield from at_rows("E-BID-011", table, flagged(wrong), "outcomes", facts)


def rules_find_what_they_need(view: View) -> Iterator[Finding]:
    """Find bids that leave blank what a published rule of award counts."""
    every = np.full(len(view.offers), fill_value=True)
    worked_out = {"hours"} if view.criteria.contract_management else set()
    for key in (key for key in NEEDED_BY_RULES if key not in worked_out):
        rules = [rule.id for rule in view.criteria.rules if rule.traits.asks == key]
        if rules:
            yield from _blank_cells(view, key, every, f"rule {short_listing(rules)} counts it")


def _is_amount(text: str) -> bool:
    value = plain_decimal(text)
    return value is not None and value >= 0


def _is_share(text: str) -> bool:
    value = plain_decimal(text.removesuffix("%"))
    return value is not None and 0 < value <= 100


def _blank_cells(view: View, key: str, concerned: Flags, why: str) -> Iterator[Finding]:
    table = view.offers.table
    if key not in table.columns:
        yield finding("E-REG-007", table.place, column=key, key=key, why=why)
        return
    blank = np.array([not text for text in words(table, key)]) & ~reported(table, key)

    def facts(row: int) -> Facts:
        return {"bid": view.offers.named(row), "why": why}

    yield from at_rows(CODES[key], table, flagged(blank & concerned & ~view.disregarded), key, facts)


def _wrong_cells(view: View, code: str, key: str, concerned: Flags, right: Callable[[str], bool]) -> Iterator[Finding]:
    table = view.offers.table
    if key not in table.columns:
        return
    said = words(table, key)
    wrong = np.array([bool(text) and not right(text) for text in said]) & ~reported(table, key)

    def facts(row: int) -> Facts:
        return {"bid": view.offers.named(row), "shown": shown(said[row]), "hint": nearest_word(said[row], (YES, NO))}

    yield from at_rows(code, table, flagged(wrong & concerned), key, facts)
