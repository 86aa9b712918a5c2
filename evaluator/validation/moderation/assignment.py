"""Who is to mark what, before anyone marks: from the panel, the declarations and the register."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from evaluator.records.english import short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source, block_award, in_order
from evaluator.records.programme.criteria import Criteria, Question
from evaluator.records.submissions.assignment import Assignment, Task
from evaluator.records.submissions.evaluation import ORGANISATION_PANEL
from evaluator.records.submissions.received import Received
from evaluator.validation.checks import Check, interests, register
from evaluator.validation.checks.decided import decisions
from evaluator.validation.checks.register import no_register
from evaluator.validation.coded_columns import Flags, present, words
from evaluator.validation.context import View, view_of
from evaluator.validation.context.people import ALL_OTHERS

CHECKS_BEFORE_MARKING: tuple[Check, ...] = (
    register.tables_have_their_columns,
    register.bids_have_ids,
    register.bids_stand_once,
    register.themes_are_published,
    register.bids_name_their_organisation,
    interests.panel_and_declarations_are_there,
    interests.panel_rows_are_known,
    interests.panels_are_large_enough,
    interests.recusals_leave_enough,
    interests.seats_are_known,
    interests.every_answer_is_given_to_enough,
    interests.declarations_are_sound,
    interests.declarations_agree,
    decisions.decisions_are_about_known_bids,
    decisions.decisions_are_clear,
    decisions.decisions_agree,
)


def assign(criteria: Criteria, received: Received, seed: int) -> tuple[tuple[Assignment, ...], tuple[Finding, ...]]:
    """Give every evaluator of the panel the answers that they are to mark, unless something stands against it.

    Parameters
    ----------
    received : the register, panel, declarations and decisions; marks in it are not looked at. Of its stages all are
        over, and answers of the one that is open are given.
    seed : published; the order of an evaluator's bids follows from it and the evaluator's id alone.

    Returns
    -------
    An assignment for each evaluator with anything to mark, by id, and the findings in order of place. Where a finding
    is more than a note there are no assignments.
    """
    table = present(received.register)
    if table is None:
        return (), tuple(no_register(received))
    before = replace(received, marks=None, consensus=None, issued=())
    view = view_of(criteria, before, table)
    found = [one for check in CHECKS_BEFORE_MARKING for one in check(view)]
    found += [*_nobody_is_named(view), *_interests_are_declared(view)]
    if block_award((*received.findings, *found)):
        return (), in_order(found, criteria.regime)
    return tuple(_assignments(view, seed)), in_order(found, criteria.regime)


def order_of(seed: int, evaluator: str, bid: str) -> str:
    """Give the key by which an evaluator's bids are put in order: anyone can compute it again.

    >>> order_of(1, "E01", "B1")[:12]
    '88c2668f3a19'
    """
    return hashlib.sha256(f"{seed}:{evaluator}:{bid}".encode()).hexdigest()


def _nobody_is_named(view: View) -> Iterator[Finding]:
    """Find that no panel says who marks, although the criteria do not ask for declarations."""
    if present(view.received.panel) is None and not view.criteria.moderation.declarations_required:
        yield finding("E-ISSUE-001", Source(interests.PANEL_FILES[0]))


def _interests_are_declared(view: View) -> Iterator[Finding]:
    """Find members of the panel who have declared nothing, or nothing about an organisation that they would mark."""
    table = present(view.received.interests)
    if table is None or not view.criteria.moderation.declarations_required:
        return
    organisations = set(view.offers.lead_index) | {one for row in view.offers.members for one in row}
    for evaluator, name in enumerate(view.people.ids):
        given = view.people.actions.get(evaluator)
        if not view.people.must[evaluator].any() or (given is not None and ALL_OTHERS in given):
            continue
        silent = sorted(organisations - set(given or ()))
        if silent:
            facts = {"evaluator": name, "organisations": short_listing(silent)}
            yield finding("E-ISSUE-002", table.place, **facts)


def _assignments(view: View, seed: int) -> Iterator[Assignment]:
    open_now = len(view.received.stages)
    in_stage = np.array([view.criteria.stage_of(question) == open_now for question in view.book.ids], dtype=np.bool_)
    names, left = names_of(view), {one.evaluator for one in view.received.happened.departures}
    for place, evaluator in enumerate(view.people.ids):
        if evaluator in left:
            continue  # what they marked is here already, and they mark no more
        mine = view.people.given_to(place, len(view.book.ids)) & view.needed & in_stage
        subjects = np.flatnonzero(mine.any(axis=1)).tolist()
        subjects.sort(key=lambda subject: _order(view, seed, evaluator, subject))
        tasks = tuple(task for subject in subjects for task in _tasks(view, subject, mine[subject]))
        kept_out = _kept_out(view, place)
        if tasks:
            left_out = tuple(sorted(view.subject(subject) for subject in kept_out))
            yield Assignment(evaluator, names.get(evaluator, ""), tasks, left_out)


def _order(view: View, seed: int, evaluator: str, subject: int) -> tuple[int, str]:
    """Keep the themes in the published order and the organisations' own answers last; mix the bids within each."""
    published = [theme.id for theme in view.criteria.themes]
    panel = panel_of(view, subject)
    place = len(published) if panel == ORGANISATION_PANEL else published.index(panel)
    return place, order_of(seed, evaluator, view.subject(subject))


def panel_of(view: View, subject: int) -> str:
    """Name the panel that marks a subject: its theme, or the word for the organisations' own answers."""
    group = int(view.people.groups[subject])
    return view.book.themes[group] if group < len(view.book.themes) else ORGANISATION_PANEL


def _kept_out(view: View, evaluator: int) -> list[int]:
    """Give the bids and organisations that an evaluator would mark but for being recused from them."""
    recused = view.people.recused.get(evaluator)
    if recused is None:
        return []
    mine = view.people.must[evaluator][view.people.groups] & view.needed.any(axis=1)
    if evaluator in view.people.given:
        mine = mine & view.people.given[evaluator].any(axis=1)
    kept_out: list[int] = np.flatnonzero(mine & recused).tolist()
    return kept_out


def _tasks(view: View, subject: int, mine: Flags) -> Iterator[Task]:
    """Give those of a subject's questions that an evaluator marks, in the published order."""
    asked = {view.book.ids[code] for code in np.flatnonzero(mine).tolist()}
    panel, name = panel_of(view, subject), organisation_of(view, subject)
    for question in published_questions(view.criteria):
        if question.id in asked:
            yield Task(view.subject(subject), name, question, panel)


def published_questions(criteria: Criteria) -> tuple[Question, ...]:
    """Give every question in the published order: the common ones, then the themes' own."""
    return criteria.common + tuple(question for theme in criteria.themes for question in theme.question)


def organisation_of(view: View, subject: int) -> str:
    """Name the organisation behind a subject as the register does, or by its id."""
    offers, rows = view.offers, len(view.offers)
    row = subject if subject < rows else int(np.flatnonzero(offers.leads == subject - rows)[0])
    return words(offers.table, "name")[row] or offers.organisations[int(offers.leads[row])]


def names_of(view: View) -> dict[str, str]:
    """Give the names of the panel's members by their ids."""
    panel = present(view.received.panel)
    if panel is None:
        return {}
    return dict(zip(words(panel, "evaluator"), words(panel, "name"), strict=True))
