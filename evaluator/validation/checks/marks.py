"""Checks of each row of marks, and of agreed marks, which are made alike: known ids, a mark on the scale, a reason."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from evaluator.records.english import short_listing
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text
from evaluator.validation.as_meant import mark_hint
from evaluator.validation.coded_columns import NONE, Flags, reported, texts, without_words
from evaluator.validation.context import View
from evaluator.validation.context.coded_sheets import NOT_PLAIN, OFF_SCALE, Sheet
from evaluator.validation.row_findings import Facts, at_rows, flagged, nearest, plain_index, shown

SheetCheck = Callable[[View, Sheet], Iterator[Finding]]


def rows_of_marks_are_sound(view: View) -> Iterator[Finding]:
    """Run every check of rows over the marks, and over the agreed marks where a panel agrees them."""
    agreed = view.consensus if view.by_several else None
    for sheet in filter(None, (view.marks, agreed)):
        worked_out = sheet is view.consensus and not view.by_consensus
        about = () if sheet.answers.min() > NONE else WHAT_ROWS_ARE_ABOUT  # every row is about what is asked
        for check in (*about, *(ONCE if worked_out else ABOUT_MARKS)):
            yield from check(view, sheet)


def questions_are_known(view: View, sheet: Sheet) -> Iterator[Finding]:
    """Find rows about a question that the criteria do not have."""
    unknown = (sheet.questions == NONE) & ~reported(sheet.table, "question")
    blank = _blank(sheet, "question")
    plain = plain_index(view.book.ids)

    def facts(row: int) -> Facts:
        text = texts(sheet.table, "question")[row]
        return {"shown": shown(text), "hint": nearest(text, plain), "theme": _theme_of(view, sheet, row)}

    yield from at_rows(f"E-{sheet.area}-007", sheet.table, flagged(unknown & ~blank), "question", facts)
    yield from at_rows("E-ROW-003", sheet.table, flagged(unknown & blank), "question", lambda row: _about(sheet, row))


def bids_are_known(view: View, sheet: Sheet) -> Iterator[Finding]:
    """Find rows about a bid that is not in the register."""
    yield from _unknown(sheet, "005", ~_once(view, sheet), lambda: view.plain_bids)


def rows_say_whose_they_are(_: View, sheet: Sheet) -> Iterator[Finding]:
    """Find rows that name neither a bid nor an organisation."""
    rows = flagged(_blank(sheet, "bid") & ~reported(sheet.table, "bid"))
    yield from at_rows("E-ROW-002", sheet.table, rows, "bid", lambda row: {"on": _on(sheet, row)})


def organisations_are_known(view: View, sheet: Sheet) -> Iterator[Finding]:
    """Find rows about an organisation that leads no bid, for a question that organisations answer once."""
    yield from _unknown(sheet, "006", _once(view, sheet), lambda: plain_index(view.offers.lead_index))


def _unknown(sheet: Sheet, number: str, concerned: Flags, known: Callable[[], Mapping[str, str]]) -> Iterator[Finding]:
    unknown = (sheet.bids == NONE) & (sheet.leads == NONE) & ~reported(sheet.table, "bid")
    rows = flagged(unknown & concerned & ~_blank(sheet, "bid"))
    plain = known() if rows.size else {}

    def facts(row: int) -> Facts:
        text = texts(sheet.table, "bid")[row]
        hint = nearest(text, plain)
        return {"shown": shown(text), "hint": hint, "on": _on(sheet, row), "question": _question_of(sheet, row)}

    yield from at_rows(f"E-{sheet.area}-{number}", sheet.table, rows, "bid", facts)


def questions_are_asked(view: View, sheet: Sheet) -> Iterator[Finding]:
    """Find rows about a question that the bid's theme does not ask."""
    known = (sheet.questions != NONE) & (sheet.subjects != NONE)
    in_a_group = view.people.groups[sheet.subjects] <= len(view.book.themes)
    rows = flagged(known & in_a_group & (sheet.answers == NONE))

    def facts(row: int) -> Facts:
        return {**_answer(view, sheet, row), "theme": _theme_of(view, sheet, row)}

    yield from at_rows(f"E-{sheet.area}-008", sheet.table, rows, "question", facts)


def organisations_answer_under_their_own_id(view: View, sheet: Sheet) -> Iterator[Finding]:
    """Find questions that organisations answer once, marked under a bid."""
    rows = flagged(_once(view, sheet) & (sheet.leads == NONE) & (sheet.bids != NONE))

    def facts(row: int) -> Facts:
        lead = int(view.offers.leads[sheet.bids[row]])
        organisation = view.offers.organisations[lead] if lead != NONE else "the organisation's id"
        return {**_answer(view, sheet, row), "organisation": organisation}

    yield from at_rows(f"E-{sheet.area}-009", sheet.table, rows, "bid", facts)


def bids_answer_under_their_own_id(view: View, sheet: Sheet) -> Iterator[Finding]:
    """Find questions that each bid answers, marked under an organisation."""
    known = (sheet.questions != NONE) & (sheet.bids == NONE) & (sheet.leads != NONE)
    rows = flagged(known & ~_once(view, sheet))
    yield from at_rows(f"E-{sheet.area}-010", sheet.table, rows, "bid", lambda row: _answer(view, sheet, row))


def marks_are_written(view: View, sheet: Sheet) -> Iterator[Finding]:
    """Find rows whose mark is blank although the answer needs it from this evaluator."""
    if sheet.given.all():
        return
    wanted = np.append(view.needed, values=False)[sheet.answers]  # one that is not asked, -1, takes the last
    rows = flagged(wanted & ~sheet.given & _own_task(view, sheet))
    yield from at_rows(f"E-{sheet.area}-001", sheet.table, rows, "mark", lambda row: _answer(view, sheet, row))


def _own_task(view: View, sheet: Sheet) -> Flags:
    """Flag the rows of marks that this evaluator, and not another, has to fill."""
    if sheet is view.consensus:
        return np.full(len(sheet.table), fill_value=True)
    known = (sheet.evaluators != NONE) & (sheet.subjects != NONE)
    named = view.people.may[sheet.evaluators, view.people.groups[sheet.subjects]]
    task: Flags = known & named & ~view.recused_rows
    if not view.by_several:
        marked = np.zeros(view.needed.size + 1, dtype=np.bool_)
        marked[sheet.answers[sheet.given]] = True
        task &= ~marked[sheet.answers]
    return task


def marks_are_plain(view: View, sheet: Sheet) -> Iterator[Finding]:
    """Find marks that are not plain numbers."""
    yield from _wrong(view, sheet, "003", NOT_PLAIN)


def marks_are_on_the_scale(view: View, sheet: Sheet) -> Iterator[Finding]:
    """Find numbers that are not marks of the published scale."""
    yield from _wrong(view, sheet, "004", OFF_SCALE)


def _wrong(view: View, sheet: Sheet, number: str, kind: int) -> Iterator[Finding]:
    def facts(row: int) -> Facts:
        mark = texts(sheet.table, "mark")[row]
        published = view.criteria.scale_for(texts(sheet.table, "question")[row].strip())
        hint = mark_hint(mark, published)
        scale = short_listing([decimal_text(mark) for mark in sorted(published.marks)])
        return {**_answer(view, sheet, row), "shown": shown(mark), "scale": scale, "hint": hint}

    yield from at_rows(f"E-{sheet.area}-{number}", sheet.table, flagged(sheet.marks == kind), "mark", facts)


def marks_have_reasons(view: View, sheet: Sheet) -> Iterator[Finding]:
    """Find marks whose reason says nothing."""
    silent = without_words(texts(sheet.table, "reason")) & ~reported(sheet.table, "reason")

    def facts(row: int) -> Facts:
        return {**_answer(view, sheet, row), "mark": texts(sheet.table, "mark")[row] or "The mark"}

    yield from at_rows(f"E-{sheet.area}-002", sheet.table, flagged(silent & sheet.given), "reason", facts)


def answers_stand_once(view: View, sheet: Sheet) -> Iterator[Finding]:
    """Find a second row for the same answer, by the same evaluator or as agreed."""

    def facts(row: int) -> Facts:
        return {**_answer(view, sheet, row), "other": sheet.table.source(int(sheet.first[row]), "mark")}

    yield from at_rows(f"E-{sheet.area}-011", sheet.table, flagged(sheet.again), "mark", facts)


def evaluators_are_named(view: View, sheet: Sheet) -> Iterator[Finding]:
    """Find marks that do not say whose they are."""
    if sheet is view.marks:
        nameless = (sheet.evaluators == NONE) & ~reported(sheet.table, "evaluator")
        facts = lambda row: _answer(view, sheet, row)  # noqa: E731
        yield from at_rows("E-MARK-012", sheet.table, flagged(nameless), "evaluator", facts)


WHAT_ROWS_ARE_ABOUT: tuple[SheetCheck, ...] = (
    questions_are_known,
    bids_are_known,
    rows_say_whose_they_are,
    organisations_are_known,
    questions_are_asked,
    organisations_answer_under_their_own_id,
    bids_answer_under_their_own_id,
)
ONCE: tuple[SheetCheck, ...] = (answers_stand_once,)  # of rows that give reasons and no mark
ABOUT_MARKS: tuple[SheetCheck, ...] = (
    marks_are_written,
    marks_are_plain,
    marks_are_on_the_scale,
    marks_have_reasons,
    *ONCE,
    evaluators_are_named,
)


def _once(view: View, sheet: Sheet) -> Flags:
    """Flag the rows about a question that organisations answer once."""
    flags: Flags = np.append(view.book.once, False)[sheet.questions]
    return flags


def _answer(view: View, sheet: Sheet, row: int) -> dict[str, object]:
    """Name a row's bid, question and evaluator."""
    evaluator = int(sheet.evaluators[row])
    return {
        "bid": texts(sheet.table, "bid")[row].strip(),
        "question": _question_of(sheet, row),
        "evaluator": view.people.ids[evaluator] if sheet is view.marks and evaluator != NONE else "the evaluator",
    }


def _blank(sheet: Sheet, key: str) -> Flags:
    """Flag the cells of a coded column with nothing in them."""
    return sheet.coded[key].blank


def _on(sheet: Sheet, row: int) -> str:
    question = str(texts(sheet.table, "question")[row]).strip()
    return f" on {question}" if question else ""


def _about(sheet: Sheet, row: int) -> Facts:
    bid = texts(sheet.table, "bid")[row].strip()
    return {"bid": f" for {bid}" if bid else ""}


def _question_of(sheet: Sheet, row: int) -> str:
    return str(texts(sheet.table, "question")[row]).strip() or "no question"


def _theme_of(view: View, sheet: Sheet, row: int) -> str:
    """Name the theme that a row's bid is for, as messages end with it."""
    bid = int(sheet.bids[row])
    theme = int(view.offers.themes[bid]) if bid != NONE else NONE
    return f"the theme {view.book.themes[theme]}" if theme != NONE else "its themes"
