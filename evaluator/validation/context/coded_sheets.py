"""Marks and agreed marks as received, coded: which answer each row speaks of, and which mark it gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np
import numpy.typing as npt

from evaluator.records.numbers import plain_decimal
from evaluator.records.submissions.evaluation import NO_MARK
from evaluator.records.submissions.received import Table
from evaluator.validation.coded_columns import (
    NONE,
    Coded,
    Flags,
    Ints,
    coded,
    coding,
    each_once,
    first_of_each,
    reported,
    texts,
)
from evaluator.validation.context.offers import Offers
from evaluator.validation.context.question_table import Book

NOT_PLAIN, OFF_SCALE = -2, -3  # beside NO_MARK for an empty cell


@dataclass(frozen=True)
class Sheet:
    """The rows of marks, or of agreed marks.

    Parameters
    ----------
    area : the middle of its findings' codes, ``MARK`` or ``CONS``.
    coded : the columns ``bid`` and ``question``, coded.
    bids, leads, questions : each row's bid, leading organisation and question, NONE where unknown.
    subjects : each row's subject, a row of the register or, after those, an organisation; NONE where unknown.
    answers : each row's place in the subjects by questions; NONE where the subject is not asked the question.
    evaluators : each row's evaluator; all 0 for agreed marks.
    marks : each row's place on its question's scale, or NO_MARK, NOT_PLAIN, OFF_SCALE.
    given : whether a mark was written at all, sound or not.
    """

    area: str
    table: Table
    coded: Mapping[str, Coded]
    bids: Ints
    leads: Ints
    questions: Ints
    subjects: Ints
    answers: Ints
    evaluators: Ints
    marks: npt.NDArray[np.int8]
    given: Flags

    @cached_property
    def keys(self) -> Ints:
        """One number for each evaluator's answer; NONE where the answer is not asked or the evaluator not named."""
        keys: Ints = self.answers * (self.evaluators.max(initial=0) + 1) + self.evaluators
        if min(self.answers.min(initial=0), self.evaluators.min(initial=0)) > NONE:
            return keys
        return np.where((self.answers == NONE) | (self.evaluators == NONE), NONE, keys)

    @cached_property
    def first(self) -> Ints:
        """For each row the first row with the same key."""
        return first_of_each(self.keys)

    @cached_property
    def again(self) -> Flags:
        """The rows whose key stands in an earlier row."""
        if each_once(self.keys):
            return np.zeros(len(self.keys), dtype=np.bool_)
        again: Flags = (self.first != np.arange(len(self.first))) & (self.keys != NONE)
        return again


def sheet_of(area: str, table: Table, book: Book, offers: Offers, asked: Flags) -> Sheet:
    """Prepare a table of marks; ``asked`` flags the subjects by questions."""
    columns = {key: coded(table, key) for key in ("bid", "question")}
    bids = offers.rows_of(columns["bid"])
    every_bid = not book.once.any() and bids.min() != NONE  # the usual case
    leads = np.broadcast_to(np.int64(NONE), len(table)) if every_bid else columns["bid"].known(offers.lead_index)
    questions = columns["question"].known(book.index)
    subjects = bids if every_bid else _subjects(book, offers, bids, leads, questions)
    answers = subjects * len(book.ids) + questions
    if min(subjects.min(), questions.min()) == NONE:
        answers = np.where((subjects == NONE) | (questions == NONE), NONE, answers)
    is_asked = np.append(asked.ravel(), False)[answers]  # what nobody can ask, -1, takes the last entry
    marks, given = _marks(table, book, questions)
    return Sheet(
        area=area,
        table=table,
        coded=columns,
        bids=bids,
        leads=leads,
        questions=questions,
        subjects=subjects,
        answers=answers if is_asked.all() else np.where(is_asked, answers, NONE),
        evaluators=np.zeros(len(table), dtype=np.int64),
        marks=marks,
        given=given,
    )


def _subjects(book: Book, offers: Offers, bids: Ints, leads: Ints, questions: Ints) -> Ints:
    """Give each row's subject: its bid or, for what organisations answer once or nobody is asked, its organisation."""
    organisations = np.where(leads == NONE, NONE, leads + len(offers))
    once = np.append(book.once, False)[questions]  # an unknown question, -1, takes the last entry
    return np.where(once, organisations, np.where((questions == NONE) & (bids == NONE), organisations, bids))


def _marks(table: Table, book: Book, questions: Ints) -> tuple[npt.NDArray[np.int8], Flags]:
    """Look up each distinct text of the mark column once on each scale."""
    said = coding(texts(table, "mark"))
    scales = tuple(dict.fromkeys(scale.marks for scale in book.scales))
    places = [{mark: place for place, mark in enumerate(marks)} for marks in scales]
    found = np.array([[_place(text, own) for text in said.values] or [NO_MARK] for own in places], dtype=np.int8)
    refused = reported(table, "mark")
    on = np.array([scales.index(scale.marks) for scale in book.scales])[questions] if len(scales) > 1 else 0
    marks = found[on, said.codes]
    given = (marks != NO_MARK) | refused
    marks[refused] = NO_MARK
    return marks, given


def _place(text: str, places: Mapping[Decimal, int]) -> int:
    """Give a mark's place on the scale; 4.0 is 4.

    >>> _place("4.0", {Decimal(4): 2}), _place("", {}), _place("4,0", {}), _place("9", {})
    (2, -1, -2, -3)
    """
    if not text or text.isspace():
        return NO_MARK
    value = plain_decimal(text)
    return NOT_PLAIN if value is None else places.get(value, OFF_SCALE)
