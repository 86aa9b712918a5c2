"""Who may mark what: the panel, the declarations of interest, and who is recused from which bid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from evaluator.records.submissions.evaluation import ORGANISATION_PANEL
from evaluator.records.submissions.received import Table
from evaluator.records.submissions.spellings import folded
from evaluator.validation.coded_columns import NONE, Coded, Flags, Ints, coded, words
from evaluator.validation.context.offers import Offers
from evaluator.validation.context.panel_scope import narrowed
from evaluator.validation.context.question_table import Book

ALL_OTHERS = "*"
RECUSED, FREE = "recused", "none"


@dataclass(frozen=True)
class People:
    """The evaluators. A *group* is a theme by its place in the book, then the organisations' own answers, then none.

    Parameters
    ----------
    ids : every evaluator named in marks, panel or declarations, sorted; ``index`` gives their places.
    groups : each subject's group: first every row of the register, then every organisation.
    must : evaluators by groups; who is named on the panel of the group and therefore marks all of it.
    may : evaluators by groups; who may mark it: its panel, or anyone where it has none.
    given : for each evaluator with a seat for some questions or bids only, flags over subjects by questions.
    recused : for each evaluator who is recused from anything, flags over the subjects.
    actions : for each evaluator who declared anything, the action by organisation or ``*``.
    """

    ids: tuple[str, ...]
    index: Mapping[str, int]
    groups: Ints
    must: Flags
    may: Flags
    given: Mapping[int, Flags]
    recused: Mapping[int, Flags]
    actions: Mapping[int, Mapping[str, str]]

    @property
    def has_panel(self) -> Flags:
        """For each group whether the panel names anyone for it."""
        return np.asarray(self.must.any(axis=0))

    @cached_property
    def owed(self) -> Ints:
        """For each subject the number of its panel's members who are not recused from it; 0 where no panel is named."""
        owed: Ints = self.must.sum(axis=0, dtype=np.int64)[self.groups]
        for evaluator, recused in self.recused.items():
            owed = owed - (recused & self.must[evaluator][self.groups])
        return owed

    def owed_answers(self, questions: int) -> Ints:
        """For each answer, subjects by questions row by row, the number of evaluators who are to mark it."""
        owed = np.repeat(self.owed, questions).reshape(len(self.groups), questions)
        for evaluator, given in self.given.items():
            mine = self.must[evaluator][self.groups]
            if evaluator in self.recused:
                mine = mine & ~self.recused[evaluator]
            owed = owed - (mine[:, None] & ~given)
        answers: Ints = owed.ravel()
        return answers

    def given_to(self, evaluator: int, questions: int) -> Flags:
        """Flag the answers that an evaluator is to mark, subjects by questions, recusals left out."""
        mine = self.must[evaluator][self.groups]
        if evaluator in self.recused:
            mine = mine & ~self.recused[evaluator]
        whole = np.repeat(mine[:, None], questions, axis=1)
        return whole & self.given[evaluator] if evaluator in self.given else whole

    def recused_rows(self, evaluators: Ints, subjects: Ints) -> Flags:
        """Flag the rows in which an evaluator meets a subject from which they are recused."""
        flags = np.zeros(len(evaluators), dtype=np.bool_)
        for evaluator, subject_flags in self.recused.items():
            rows = np.flatnonzero((evaluators == evaluator) & (subjects != NONE))
            flags[rows] = subject_flags[subjects[rows]]
        return flags


def people_of(
    book: Book, offers: Offers, marking: Sequence[str], panel: Table | None, interests: Table | None
) -> People:
    """Prepare the evaluators from those who marked, the panel and the declarations."""
    seats = (coded(panel, "evaluator"), coded(panel, "theme")) if panel else None
    declared = _actions(interests) if interests else {}
    named = {*marking, *(seats[0].values if seats else ()), *declared} - {""}
    ids = tuple(sorted(named))
    index = {evaluator: place for place, evaluator in enumerate(ids)}
    must = _must(book, seats, index)
    may = must.copy()
    may[:, ~must.any(axis=0)] = True  # where nobody was named, nobody is kept out; the gap has a finding of its own
    actions = {index[evaluator]: given for evaluator, given in declared.items() if evaluator}
    recused = {
        evaluator: _recused_subjects(offers, given)
        for evaluator, given in sorted(actions.items())
        if RECUSED in given.values()
    }
    groups = _groups(book, offers)
    given = narrowed(book, offers, panel, index, groups)
    return People(ids, index, groups, must, may, given, recused, actions)


def panel_ids(marking: Sequence[str], panel: Table | None) -> dict[str, str]:
    """Give for each evaluator's id in the marks that the panel writes otherwise the id that the panel gives.

    Only capitals, spaces and signs may differ, and the panel's own way of writing must not stand in the marks as well.
    """
    named = sorted(set(words(panel, "evaluator")) - {""}) if panel else []
    plain = {folded(evaluator): evaluator for evaluator in named}
    known = {*named, ""}
    pairs = ((evaluator, plain.get(folded(evaluator), "")) for evaluator in marking if evaluator not in known)
    return {evaluator: usual for evaluator, usual in pairs if usual and usual not in marking}


def _groups(book: Book, offers: Offers) -> Ints:
    own, nowhere = len(book.themes), len(book.themes) + 1
    themes = np.where(offers.themes == NONE, nowhere, offers.themes)
    return np.concatenate([themes, np.full(len(offers.organisations), own, dtype=np.int64)])


def _must(book: Book, seats: tuple[Coded, Coded] | None, index: Mapping[str, int]) -> Flags:
    must = np.zeros((len(index), len(book.themes) + 2), dtype=np.bool_)
    if seats:
        groups = seats[1].known({**book.theme_index, ORGANISATION_PANEL: len(book.themes)})
        evaluators = seats[0].known(index)
        sound = (groups != NONE) & (evaluators != NONE)
        must[evaluators[sound], groups[sound]] = True
    return must


def _actions(interests: Table) -> dict[str, dict[str, str]]:
    """Give each evaluator's action by organisation; of two that differ the recusal stands until it is mended."""
    given: dict[str, dict[str, str]] = {}
    columns = (words(interests, key) for key in ("evaluator", "organisation", "action"))
    for evaluator, organisation, action in zip(*columns, strict=True):
        mine = given.setdefault(evaluator, {})
        if mine.get(organisation) != RECUSED:
            mine[organisation] = action.casefold()
    return given


def _recused_subjects(offers: Offers, given: Mapping[str, str]) -> Flags:
    """Flag the bids that an organisation leads or is a member of, and the organisation's own answers."""
    general = given.get(ALL_OTHERS) == RECUSED
    by_organisation = np.array(
        [given.get(organisation, RECUSED if general else FREE) == RECUSED for organisation in offers.organisations],
        dtype=np.bool_,
    )
    bids = by_organisation[offers.leads] & (offers.leads != NONE) if by_organisation.size else offers.leads != NONE
    for row, members in enumerate(offers.members):
        if members and any(by_organisation[offers.organisation_index[member]] for member in members):
            bids[row] = True
    return np.concatenate([bids, by_organisation])
