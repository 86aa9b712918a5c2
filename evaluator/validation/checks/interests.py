"""Checks of the panel and of the declarations of interest, and of marks by those who were not to give them."""

from collections.abc import Iterator, Sequence

import numpy as np

from evaluator.law import regime
from evaluator.records.dates import spoken_date
from evaluator.records.english import short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.submissions.evaluation import ORGANISATION_PANEL
from evaluator.records.submissions.received import Table
from evaluator.validation.as_meant import nearest_word
from evaluator.validation.checks.completeness import of_answers
from evaluator.validation.coded_columns import NONE, Flags, Ints, coded, first_of_each, present, reported, words
from evaluator.validation.context import View
from evaluator.validation.context.coded_sheets import Sheet
from evaluator.validation.context.panel_scope import unknown_parts
from evaluator.validation.context.people import ALL_OTHERS, FREE, RECUSED, panel_ids
from evaluator.validation.row_findings import (
    Facts,
    at_rows,
    flagged,
    nearest,
    plain_index,
    shown,
    unread,
)

PANEL_FILES = ("declarations.xlsx", "panel.csv", "panel.toml")
INTERESTS_FILES = ("declarations.xlsx", "declarations.csv")


def panel_and_declarations_are_there(view: View) -> Iterator[Finding]:
    """Find that the panel or the declarations are not there although the criteria require declarations."""
    if not view.criteria.moderation.declarations_required:
        return
    for code, table, files in (
        ("E-PANEL-001", view.received.panel, PANEL_FILES),
        ("E-INT-001", view.received.interests, INTERESTS_FILES),
    ):
        if present(table) is None and not unread(view.received, *files):
            yield finding(code, table.place if table and table.blocks else Source(files[0]))


def conflicts_were_assessed(view: View) -> Iterator[Finding]:
    """Note that nothing says when conflicts were assessed, where the law wants that before the first act."""
    said = view.criteria.procurement
    owed = any(one.id == "conflicts_assessment" for one in regime(view.criteria.regime).owes("before"))
    if owed and said.first_act_date and not said.conflicts_assessed:
        place = Source("programme.toml", key="procurement.conflicts_assessed")
        yield finding("E-INT-006", place, day=spoken_date(said.first_act_date))


def panel_rows_are_known(view: View) -> Iterator[Finding]:
    """Find rows of the panel for a theme that the criteria do not have, or without an evaluator."""
    table = present(view.received.panel)
    if table is None:
        return
    named = words(table, "theme")
    known = (*view.book.themes, ORGANISATION_PANEL)
    unknown = np.array([theme not in known for theme in named]) & ~reported(table, "theme")

    def facts(row: int) -> Facts:
        return {"shown": shown(named[row]), "hint": nearest_word(named[row], known), "themes": short_listing(known)}

    yield from at_rows("E-PANEL-002", table, flagged(unknown), "theme", facts)
    yield from at_rows("E-PANEL-003", table, flagged(_blank(table, "evaluator")), "evaluator", lambda _: {})


def panels_are_large_enough(view: View) -> Iterator[Finding]:
    """Find themes whose panel has too few members for the published number of evaluators."""
    table, people = present(view.received.panel), view.people
    if table is None:
        return
    groups = np.unique(people.groups[flagged(view.needed.any(axis=1))])
    for group in groups[groups < len(view.book.themes)].tolist():
        members = int(people.must[:, group].sum())
        if members < view.least:
            facts = {"theme": view.book.themes[group], "members": members, "least": view.least}
            yield finding("E-PANEL-004", table.place, **facts)


def recusals_leave_enough(view: View) -> Iterator[Finding]:
    """Find bids for which recusals leave fewer panel members than the published number of evaluators."""
    table, people = present(view.received.panel), view.people
    if table is None or not people.recused:
        return
    enough = people.must.sum(axis=0)[people.groups] >= view.least  # a panel too small as a whole is found already
    short = flagged(enough & (people.owed < view.least) & view.needed.any(axis=1))
    for left in sorted(set(people.owed[short].tolist())):
        bids = [view.subject(subject) for subject in short[people.owed[short] == left].tolist()]
        yield finding("E-PANEL-005", table.place, bids=short_listing(bids), left=left, least=view.least)


def seats_are_known(view: View) -> Iterator[Finding]:
    """Find seats on the panel for a question or a bid that their theme does not have."""
    table = present(view.received.panel)
    if table is not None:
        yield from unknown_parts(view.book, view.offers, table)


def every_answer_is_given_to_enough(view: View) -> Iterator[Finding]:
    """Find answers that seats for some questions or bids only leave with fewer evaluators than were published."""
    table, people, width = present(view.received.panel), view.people, len(view.book.ids)
    if table is None or not people.given:
        return
    enough = (people.owed >= view.least) & people.has_panel[people.groups]  # the rest is found already
    short = np.repeat(enough, width) & (people.owed_answers(width) < view.least) & view.needed.ravel()
    yield from of_answers(view, "E-PANEL-006", table.place, short)


def declarations_are_sound(view: View) -> Iterator[Finding]:
    """Find declarations by or about someone unknown, and actions that are neither none nor recused."""
    table = present(view.received.interests)
    if table is None:
        return
    organisations = {**view.offers.organisation_index, ALL_OTHERS: 0}
    actions = words(table, "action")
    wrong = np.array([action.casefold() not in (FREE, RECUSED) for action in actions]) & ~reported(table, "action")
    for code, key, flags in (
        ("E-INT-002", "evaluator", _unknown_evaluators(view, table)),
        ("E-INT-003", "organisation", coded(table, "organisation").known(organisations) == NONE),
        ("E-INT-004", "action", wrong),
    ):
        known = {"organisation": view.offers.organisations, "evaluator": view.people.ids, "action": ()}[key]
        yield from _shown_at(code, table, key, flags & ~reported(table, key), known)


def _shown_at(code: str, table: Table, key: str, flags: Flags, known: Sequence[str]) -> Iterator[Finding]:
    column, rows = words(table, key), flagged(flags)
    plain = plain_index(sorted(set(known) - {column[row] for row in rows.tolist()})) if rows.size else {}

    def facts(row: int) -> Facts:
        text = column[row]
        return {"shown": shown(text), "hint": nearest(text, plain) if known else nearest_word(text, (FREE, RECUSED))}

    yield from at_rows(code, table, rows, key, facts)


def _unknown_evaluators(view: View, table: Table) -> Flags:
    """Flag declarations by someone who is not on the panel and marked nothing."""
    panel = present(view.received.panel)
    named = coded(panel, "evaluator").values if panel else ()
    marking = coded(view.marks.table, "evaluator").values if view.marks else ()
    left = [one.evaluator for one in view.received.happened.departures]
    known = {*named, *left, *(set(marking) - set(panel_ids(marking, panel)))} - {""}
    flags: Flags = coded(table, "evaluator").known(dict.fromkeys(sorted(known), 0)) == NONE
    return flags


def declarations_agree(view: View) -> Iterator[Finding]:
    """Find two declarations by one evaluator about one organisation with different actions."""
    table = present(view.received.interests)
    if table is None:
        return
    evaluators, organisations = coded(table, "evaluator"), coded(table, "organisation")
    first = first_of_each(evaluators.codes * max(len(organisations.values), 1) + organisations.codes)
    actions = np.array([action.casefold() for action in words(table, "action")], dtype=object)

    def facts(row: int) -> Facts:
        return {
            "evaluator": words(table, "evaluator")[row],
            "organisation": words(table, "organisation")[row],
            "other": table.source(int(first[row]), "action").cell,
        }

    yield from at_rows("E-INT-005", table, flagged(actions != actions[first]), "action", facts)


def markers_sit_on_the_panel(view: View) -> Iterator[Finding]:
    """Find evaluators who marked bids of a theme on whose panel they do not sit."""
    sheet = view.marks
    if sheet is None or view.people.may.all():
        return
    rows = flagged(sheet.given & (sheet.answers != NONE) & (sheet.evaluators != NONE))
    groups = view.people.groups[sheet.subjects[rows]]
    evaluators = sheet.evaluators[rows]
    outside = ~view.people.may[evaluators, groups]
    strangers = rows[outside]
    keys = evaluators[outside] * view.people.may.shape[1] + groups[outside]
    _, starts, counts = np.unique(keys, return_index=True, return_counts=True)
    names = (*view.book.themes, ORGANISATION_PANEL)
    number = dict(zip(strangers[starts].tolist(), counts.tolist(), strict=True))

    def facts(row: int) -> Facts:
        theme = names[int(view.people.groups[sheet.subjects[row]])]
        return {"evaluator": view.people.ids[int(sheet.evaluators[row])], "theme": theme, "marks": number[row]}

    yield from at_rows("E-MARK-013", sheet.table, strangers[starts], "mark", facts)


def recused_evaluators_do_not_mark(view: View) -> Iterator[Finding]:
    """Find marks by an evaluator who is recused from the bid or from one of its organisations."""
    sheet = view.marks
    if sheet is None:
        return

    def facts(row: int) -> Facts:
        evaluator = view.people.ids[int(sheet.evaluators[row])]
        return {"evaluator": evaluator, "bid": view.subject(int(sheet.subjects[row]))}

    yield from at_rows("E-MARK-014", sheet.table, flagged(view.recused_rows & sheet.given), "mark", facts)


def markers_have_declared(view: View) -> Iterator[Finding]:
    """Find evaluators who marked without any declaration of interest, or without one about an organisation."""
    sheet, table = view.marks, present(view.received.interests)
    if sheet is None or table is None or not view.criteria.moderation.declarations_required:
        return
    marked = sheet.given & (sheet.subjects != NONE)
    for evaluator, name in enumerate(view.people.ids):
        rows = flagged(marked & (sheet.evaluators == evaluator))
        given = view.people.actions.get(evaluator)
        if len(rows) and given is None:
            first = str(sheet.table.source(int(rows[0]), "mark"))
            yield finding("E-MARK-015", table.place, evaluator=name, marks=len(rows), first=first)
        elif given is not None and ALL_OTHERS not in given:
            silent = sorted(_organisations_of(view, sheet, rows) - set(given))
            if silent:
                yield finding("E-MARK-016", table.place, evaluator=name, organisations=short_listing(silent))


def _organisations_of(view: View, sheet: Sheet, rows: Ints) -> set[str]:
    """Gather the organisations behind the subjects of some rows, members of consortia among them."""
    offers, found = view.offers, set[str]()
    for subject in np.unique(sheet.subjects[rows]).tolist():
        if subject >= len(offers):
            found.add(view.subject(subject))
            continue
        found.update(offers.members[subject])
        if offers.leads[subject] != NONE:
            found.add(offers.organisations[int(offers.leads[subject])])
    return found


def _blank(table: Table, key: str) -> Flags:
    flags: Flags = np.array([not text for text in words(table, key)]) & ~reported(table, key)
    return flags
