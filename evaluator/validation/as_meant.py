"""What people typed, read as they meant it where that is certain: the same for every table and every command.

Words that say nothing are empty cells, with a note; days become 2026-12-01; a mark may stand with its word of the
scale, and a price with spaces around it. Whatever is not certain stays as it is, for the checks to find.
"""

import re
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from evaluator.records.dates import HOW, read_day
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding
from evaluator.records.numbers import decimal_text, pence, plain_decimal
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.scales import Scale
from evaluator.records.submissions.blank_words import LISTS, WANTED, all_say_something, named_by_rules, with_meaning
from evaluator.records.submissions.received import Received, Table
from evaluator.records.submissions.spellings import folded
from evaluator.validation.coded_columns import ORDINARY_SPACE, distinct, present, replaced
from evaluator.validation.row_findings import shown

TABLES = ("register", "marks", "consensus", "panel", "interests", "decisions")
DAYS = {"interests": ("date",), "decisions": ("date",)}
DAYS_OF_EVENTS = ("date", "asked", "answered")
OF_EVENTS = ("event", "bid", "theme", "evaluator", "successor", *DAYS_OF_EVENTS)
WITH_MARKS = ("marks", "consensus")
MONEY = ("price", "income")
LABELLED = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?[-–—:,(]? ?([^\W\d_].*)")
SPOKEN = ("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
Read = Callable[[str], str]


def as_meant(received: Received, criteria: Criteria | None) -> Received:
    """Read every table as it was meant, with the notes on it.

    Parameters
    ----------
    criteria : name the ids that stay what they are, whatever they look like, and the words of the scale.
    """
    known = published_ids(criteria) if criteria else frozenset()
    found: list[Finding] = []
    tables: dict[str, Any] = {}
    for name in TABLES:
        table = present(getattr(received, name))
        tables[name] = table or getattr(received, name)
        if table is not None:
            table, problems = table_as_meant(table, known, days=DAYS.get(name, ()))
            tables[name] = _numbers(table, criteria if name in WITH_MARKS else None)
            found += problems
    events = {}
    for kind, table in received.events.items():
        events[kind], problems = table_as_meant(table, known, keys=OF_EVENTS, days=DAYS_OF_EVENTS)
        found += problems
    return replace(received, **tables, events=events, findings=(*received.findings, *found))


def published_ids(criteria: Criteria) -> frozenset[str]:
    """Give the ids of the criteria, any of which may look like a word that says nothing."""
    questions = (question.id for theme in criteria.themes for question in criteria.questions(theme.id))
    gates = (gate.id for gate in criteria.gate)
    return named_by_rules(criteria.rules).union(
        (theme.id for theme in criteria.themes), questions, gates, criteria.outcomes
    )


def table_as_meant(
    table: Table,
    known: Collection[str] = (),
    *,
    keys: Collection[str] = WANTED,
    days: Collection[str] = (),
    quoted: bool = True,
) -> tuple[Table, tuple[Finding, ...]]:
    """Take the words that say nothing out of a table, and write its days in one way.

    Parameters
    ----------
    known : texts that say something, whatever they look like.
    keys : of the columns that are looked at; ``days`` are those that hold days.
    quoted : whether the notes may repeat what stands in a cell.
    """
    found: list[Finding] = []
    columns = dict(table.columns)
    faults = set(table.faults)
    for key in (key for key in columns if key in keys):
        several = key in LISTS
        texts = distinct(columns[key])
        doubtful = () if all_say_something(texts) else texts
        meant = {text: left for text in doubtful if (left := with_meaning(text, known, several=several)) != text}
        if meant:
            found += _notes(table, key, meant, quoted=quoted)
            columns[key] = replaced(columns[key], meant)
        if key in days:
            columns[key], wrong = _days(columns[key])
            found += [finding("E-WORD-002", table.source(row, key), shown=said, how=HOW) for row, said in wrong.items()]
            faults |= {(row, key) for row in wrong}
    return replace(table, columns=columns, faults=frozenset(faults)), tuple(found)


def _days(column: Sequence[str]) -> tuple[list[str], dict[int, str]]:
    """Write days in one way; what is none stays, and is shown by its row."""
    read = {text: read_day(text) if text.strip() else "" for text in distinct(column)}
    wrong = {row: shown(text) for row, text in enumerate(column) if read[text] is None}
    return [text if read[text] is None else read[text] or "" for text in column], wrong


def _notes(table: Table, key: str, meant: Collection[str], *, quoted: bool) -> Iterator[Finding]:
    for row, text in enumerate(table.columns[key]):
        if text in meant:
            said = shown(text.strip()) if quoted else "A word"
            yield finding("E-WORD-001", table.source(row, key), shown=said, wanted=WANTED[key])


def _numbers(table: Table, criteria: Criteria | None) -> Table:
    """Write marks and prices plainly where it is certain what they are."""
    reads: dict[str, Read] = {key: plain_money for key in table.columns if key.partition(":")[0] in MONEY}
    columns = dict(table.columns)
    for key, read in reads.items():
        if key in columns:
            texts = distinct(columns[key])
            whole = "".join(texts)
            doubtful = () if whole.isascii() and whole.isdigit() else texts
            columns[key] = replaced(columns[key], {text: bare for text in doubtful if (bare := read(text)) != text})
    if criteria is not None and {"mark", "question"} <= columns.keys():
        columns["mark"] = _marks(criteria, columns["question"], columns["mark"])
    return replace(table, columns=columns)


def _marks(criteria: Criteria, questions: Sequence[str], marks: Sequence[str]) -> Sequence[str]:
    """Write marks plainly, each distinct text once for every scale; most columns are plain as they stand."""
    scales = {question: criteria.scale_for(question.strip()) for question in distinct(questions)}
    kinds = {question: _kind(scale, criteria.scale) for question, scale in scales.items()}
    plain: dict[Hashable, dict[str, str]] = {}
    for kind, scale in {kinds[question]: scale for question, scale in scales.items()}.items():
        read = ((text, plain_mark(text, scale, by_word=scale is not criteria.scale)) for text in distinct(marks))
        plain[kind] = {text: mark for text, mark in read if mark != text}
    if not any(plain.values()):
        return marks
    if len(plain) == 1:
        return replaced(marks, next(iter(plain.values())))
    return [plain[kinds[question]].get(text, text) for question, text in zip(questions, marks, strict=True)]


def _kind(scale: Scale, usual: Scale) -> Hashable:
    """Give what tells how a mark is read, so that scales with other descriptors alone are read as one."""
    return scale is usual, tuple((point.mark, point.label) for point in scale.mark)


def plain_money(text: str) -> str:
    """Take ordinary space off an amount in pounds; anything else stays.

    >>> plain_money("£24,000 "), plain_money(" £ 24,000.00"), plain_money("24 000"), plain_money("£24k ")
    ('£24,000', '£24,000.00', '24 000', '£24k ')
    """
    bare = text.strip(ORDINARY_SPACE)
    bare = f"£{bare[1:].lstrip(ORDINARY_SPACE)}" if bare.startswith("£") else bare
    return text if pence(bare) is None else bare


def plain_mark(text: str, scale: Scale, *, by_word: bool = False) -> str:
    """Give the mark alone where only ordinary space or the scale's own word for it stands beside it.

    Parameters
    ----------
    by_word : whether the word alone says the mark, where it is the word of one mark only: such as Pass.
    """
    bare = text.strip(ORDINARY_SPACE)
    if not bare or plain_decimal(bare) is not None:
        return bare or text
    meant = [point.mark for point in scale.mark if by_word and folded(point.label) == folded(bare)]
    if len(meant) == 1:
        return decimal_text(meant[0])
    said = LABELLED.fullmatch(bare)
    agree = said and any(
        point.mark == plain_decimal(said[1]) and folded(point.label) == folded(said[2]) for point in scale.mark
    )
    return said[1] if said and agree else text


def mark_hint(text: str, scale: Scale) -> str:
    """Say which mark a text may mean, or which word the scale has for its number; nothing where neither is known."""
    said = LABELLED.fullmatch(text.strip(ORDINARY_SPACE))
    for point in scale.mark:
        if said and point.mark == plain_decimal(said[1]):
            return f" On the published scale {said[1]} is “{point.label}”."
    word = folded(text)
    for point in scale.mark:
        number = SPOKEN[int(point.mark)] if point.mark in range(len(SPOKEN)) else ""
        if word and word in (number, folded(point.label)):
            return f" Did you mean {format(point.mark.normalize(), 'f')}?"
    return ""


def nearest_word(text: str, words: Collection[str]) -> str:
    """Offer the word of a closed list that is nearest to a text, or nothing.

    >>> nearest_word("disregrad", ["admit", "disregard"]), nearest_word("maybe", ["yes", "no"])
    (' Did you mean disregard?', '')
    """
    plain = {folded(word): word for word in words}
    found = get_close_matches(folded(text), plain, n=1)
    return f" Did you mean {plain[found[0]]}?" if found else ""
