"""Checks that every answer has the marks that it needs, and that those who gave them were to give them."""

from collections.abc import Iterator

import numpy as np

from evaluator.records.english import count_of, short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.validation.coded_columns import NONE, Flags, Ints, coded, first_of_each, present
from evaluator.validation.context import View
from evaluator.validation.context.coded_sheets import Sheet
from evaluator.validation.context.people import panel_ids
from evaluator.validation.row_findings import Facts, at_rows, flagged, shown, unread

RETURNS, MARKS_FILE = "returns/", "marks.csv"
NAMED = 12  # bids whose answers a finding names
EVALUATOR_CELL = ("Evaluator", 3, "B")  # where a return says whose it is


def marks_are_there(view: View) -> Iterator[Finding]:
    """Find that no marks came in at all, unless reading has said why."""
    if view.marks is None and view.needed.any() and not unread(view.received, MARKS_FILE):
        yield finding("E-RET-001", Source(RETURNS.rstrip("/")), answers=int(view.needed.sum()))


def panels_have_marked(view: View) -> Iterator[Finding]:
    """Find members of a panel who returned nothing, and answers that they left out."""
    if view.marks is None or not view.by_several:
        return
    done = np.zeros(view.needed.size, dtype=np.bool_)
    for evaluator, answers in tasks(view):
        rows = flagged(view.marks.evaluators == evaluator)
        place = _place_of(view, evaluator, rows)
        if not len(rows):
            yield from _no_return(view, evaluator, place, len(answers))
            continue
        own = view.marks.answers[rows]
        done[own[own != NONE]] = True
        lacking = answers[~done[answers]]
        if len(lacking):
            named = answers_named(view, lacking)
            yield finding("E-RET-003", place, evaluator=view.people.ids[evaluator], answers=named)
        done[own[own != NONE]] = False


def tasks(view: View) -> Iterator[tuple[int, Ints]]:
    """Give each panel member with the answers that they must mark."""
    for evaluator in range(len(view.people.ids)):
        answers = flagged((view.people.given_to(evaluator, len(view.book.ids)) & view.needed).ravel())
        if len(answers):
            yield evaluator, answers


def _place_of(view: View, evaluator: int, rows: Ints) -> Source:
    """Give the file that an evaluator's marks stand in, or would."""
    table = view.received.marks
    if table is not None and len(rows):
        place = table.source(int(rows[0]))
        return Source(place.file, place.sheet)
    if table is not None and table.blocks and not any(block.file.startswith(RETURNS) for block in table.blocks):
        return table.place
    return Source(f"{RETURNS}{view.people.ids[evaluator]}.xlsx")


def evaluators_are_called_as_on_the_panel(view: View) -> Iterator[Finding]:
    """Find marks whose evaluator the panel writes with other capitals, spaces or signs."""
    if view.marks is None:
        return
    table = view.marks.table
    marking = coded(table, "evaluator")
    for evaluator, usual in sorted(panel_ids(marking.values, present(view.received.panel)).items()):
        row = int(flagged(marking.codes == marking.values.index(evaluator))[0])
        place = table.source(row, "evaluator")
        if not place.column:
            place = Source(place.file, *EVALUATOR_CELL)
        yield finding("E-RET-006", place, shown=shown(evaluator), evaluator=usual)


def _no_return(view: View, evaluator: int, place: Source, answers: int) -> Iterator[Finding]:
    name = place.file.removesuffix(".xlsx")
    if not unread(view.received, *(one.source.file for one in view.received.findings if _is_of(one.source.file, name))):
        yield finding("E-RET-002", place, evaluator=view.people.ids[evaluator], answers=answers)


def _is_of(file: str, name: str) -> bool:
    """Whether a file has a name, whatever its ending says that it is."""
    return file.startswith(f"{name}.") and "/" not in file[len(name) :]


def answers_have_enough_marks(view: View) -> Iterator[Finding]:
    """Find answers without a panel of their own that too few different evaluators have marked, or none."""
    if view.marks is None:
        return
    concerned = (view.needed & _counts_alone(view)[view.people.groups][:, None]).ravel()
    counts = _evaluators_of_each(view, view.marks)
    place = view.marks.table.place
    for code, flags in (
        ("E-RET-004", concerned & (counts == 0)),
        ("E-RET-005", concerned & (counts > 0) & (counts < view.least)),
    ):
        yield from of_answers(view, code, place, flags)


def _counts_alone(view: View) -> Flags:
    """Flag the groups of which only the number of evaluators is checked, for no panel says who they are."""
    if not view.by_several:
        return np.full(view.people.must.shape[1], fill_value=True)
    alone = ~view.people.has_panel
    if present(view.received.panel):
        alone[: len(view.book.themes)] = False  # a theme that the panel forgot has a finding of its own
    return alone


def of_answers(view: View, code: str, place: Source, flags: Flags) -> Iterator[Finding]:
    """Make one finding about all answers that are flagged, if there are any."""
    if flags.any():
        yield finding(code, place, answers=answers_named(view, flagged(flags)), least=view.least)


def answers_named(view: View, answers: Ints) -> str:
    """Name answers by their bids or organisations, each with its questions; of many the first, and how many more."""
    subjects, number = by_subject(view, answers, NAMED)
    named = [f"{subject} on {short_listing(questions)}" for subject, questions in subjects]
    return "; ".join(named) + (f"; and answers of {count_of(number - NAMED, 'more bid')}" if number > NAMED else "")


def _evaluators_of_each(view: View, sheet: Sheet) -> Ints:
    """Count the different evaluators with a row for each answer, blank or not, leaving out who is recused."""
    once = ~sheet.again & (sheet.keys != NONE) & ~view.recused_rows
    return np.bincount(sheet.answers if once.all() else sheet.answers[once], minlength=view.needed.size)


def by_subject(view: View, answers: Ints, most: int) -> tuple[list[tuple[str, list[str]]], int]:
    """Gather answers under the first bids and organisations concerned, and count how many are concerned in all."""
    width = len(view.book.ids)
    subjects = answers // max(width, 1)
    concerned = np.flatnonzero(np.bincount(subjects))
    gathered: dict[int, list[str]] = {subject: [] for subject in concerned[: max(most, 0)].tolist()}
    for answer in np.sort(answers[np.isin(subjects, list(gathered))]).tolist():
        gathered[answer // width].append(view.book.ids[answer % width])
    return [(view.subject(subject), questions) for subject, questions in gathered.items()], len(concerned)


def one_evaluator_marks_each_answer(view: View) -> Iterator[Finding]:
    """Find answers that two evaluators marked where the published method takes a single evaluator's mark."""
    sheet = view.marks
    if sheet is None or view.by_several or len(view.people.ids) < 2:
        return
    rows = flagged((sheet.answers != NONE) & sheet.given & (sheet.evaluators != NONE))
    leaders = rows[first_of_each(sheet.answers[rows])]
    differ = sheet.evaluators[leaders] != sheet.evaluators[rows]
    first = dict(zip(rows[differ].tolist(), leaders[differ].tolist(), strict=True))

    def facts(row: int) -> Facts:
        return {**_who(view, sheet, row), "other": view.people.ids[int(sheet.evaluators[first[row]])]}

    yield from at_rows("E-MARK-017", sheet.table, rows[differ], "mark", facts)


def answers_marked_were_given(view: View) -> Iterator[Finding]:
    """Find marks by a member of the panel whose seat is for other questions or other bids."""
    sheet, people = view.marks, view.people
    if sheet is None:
        return
    for evaluator, given in people.given.items():
        rows = flagged((sheet.evaluators == evaluator) & (sheet.answers != NONE) & sheet.given)
        on_panel = people.must[evaluator][people.groups[sheet.subjects[rows]]]
        strange = rows[on_panel & ~given.ravel()[sheet.answers[rows]]]
        yield from at_rows("E-MARK-018", sheet.table, strange, "mark", lambda row: _who(view, sheet, row))


def _who(view: View, sheet: Sheet, row: int) -> dict[str, object]:
    subject, question = divmod(int(sheet.answers[row]), len(view.book.ids))
    return {
        "bid": view.subject(subject),
        "question": view.book.ids[question],
        "evaluator": view.people.ids[int(sheet.evaluators[row])],
    }
