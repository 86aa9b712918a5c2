"""Checks of the register for one organisation, ward or group written in two ways: it would be counted as two."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain

from evaluator.records.english import short_listing
from evaluator.records.findings import finding
from evaluator.records.findings.finding import Finding, Source
from evaluator.records.submissions.received import Table
from evaluator.records.submissions.spellings import all_apart, folded, near_misses, other_spellings
from evaluator.validation.coded_columns import ORDINARY_SPACE, coded, distinct, texts, words
from evaluator.validation.context import View
from evaluator.validation.context.offers import split
from evaluator.validation.row_findings import Facts, at_rows, is_odd, shown

ONE_ID, LISTS = ("bid", "organisation"), ("members", "wards", "groups")
WITH_SEMICOLONS = "Separate the entries of this cell with semicolons."
OTHERS_ARE_MEMBERS = "Keep the id of the lead in this cell, and move the others to the column members."
Read = Callable[[str], tuple[str, ...]]


def _one(text: str) -> tuple[str, ...]:
    word = text.strip(ORDINARY_SPACE)
    return (word,) if word else ()


def _names_in(key: str) -> Read:
    """Give what reads the names in a cell of a column."""
    return cache(split if key in LISTS else _one)


def _names(table: Table, key: str) -> Collection[str]:
    """Give the names that a column names, each once."""
    if key in ONE_ID:
        return coded(table, key).values
    return set(chain.from_iterable(map(_names_in(key), distinct(texts(table, key)))))


def _times(table: Table, key: str) -> Counter[str]:
    """Count in how many cells of a column each name stands; every distinct text is read once."""
    read, times = _names_in(key), Counter[str]()
    for text, number in Counter(texts(table, key)).items():
        for name in read(text):
            times[name] += number
    return times


def _holds_any(table: Table, key: str, signs: str) -> bool:
    """Whether any cell of a column holds one of some signs; one look at the whole column, which seldom does."""
    whole = "".join(distinct(texts(table, key)))
    return any(sign in whole for sign in signs)


def _rows_with(table: Table, key: str, wanted: Callable[[str], bool]) -> list[tuple[int, str]]:
    """Give the rows in which a column names something wanted, each with the first such name of the cell."""
    if key not in table.columns:
        return []
    read, asked = _names_in(key), cache(wanted)
    first = cache(lambda text: next(filter(asked, read(text)), ""))
    return [(row, name) for row, text in enumerate(texts(table, key)) if (name := first(text))]


def _first_cells(table: Table, keys: Sequence[str], names: set[str]) -> dict[str, Source]:
    """Give the first cell that names each of some names."""
    cells: dict[str, Source] = {}
    for key in keys:
        read = _names_in(key)
        for row, text in enumerate(texts(table, key)):
            for name in read(text):
                if name in names and name not in cells:
                    cells[name] = table.source(row, key)
    return cells


def organisations_are_spelled_alike(view: View) -> Iterator[Finding]:
    """Find ids of organisations that differ from another only in capitals, spaces or signs."""
    yield from _spelled_alike(view.offers.table, "E-REG-008", ("organisation", "members"))


def wards_and_groups_are_spelled_alike(view: View) -> Iterator[Finding]:
    """Find wards and groups that differ from another only in capitals, spaces or signs."""
    for key in ("wards", "groups"):
        yield from _spelled_alike(view.offers.table, "E-BID-008", (key,))


def _spelled_alike(table: Table, code: str, keys: tuple[str, ...]) -> Iterator[Finding]:
    named = [names for key in keys if (names := _names(table, key))]
    if all_apart(named[0] if len(named) == 1 else {*chain.from_iterable(named)}):
        return
    times = sum((_times(table, key) for key in keys), Counter[str]())
    usual = other_spellings(times)
    if not usual:
        return
    places = _first_cells(table, keys, set(usual.values()))
    for key in keys:
        rows = dict(_rows_with(table, key, lambda name: name in usual))

        def facts(row: int, rows: Mapping[int, str] = rows) -> Facts:
            name = rows[row]
            return {"shown": shown(name), "usual": usual[name], "other": places[usual[name]].cell}

        yield from at_rows(code, table, list(rows), key, facts)


def organisations_are_named_by_id(view: View) -> Iterator[Finding]:
    """Find organisations that are named in words in one row and by an id in another."""
    table = view.offers.table
    if "name" not in table.columns:
        return
    ids: dict[str, tuple[str, int]] = {}
    for row, (name, organisation) in enumerate(zip(words(table, "name"), words(table, "organisation"), strict=True)):
        if name and organisation and folded(name) != folded(organisation):
            ids.setdefault(folded(name), (organisation, row))
    if not ids:
        return
    known = {folded(organisation) for organisation, _ in ids.values()}

    def is_a_name(text: str) -> bool:
        return folded(text) in ids and folded(text) not in known

    for key in ("members", "organisation"):
        rows = dict(_rows_with(table, key, is_a_name))

        def facts(row: int, rows: Mapping[int, str] = rows) -> Facts:
            organisation, first = ids[folded(rows[row])]
            return {
                "shown": shown(rows[row]),
                "organisation": organisation,
                "other": table.source(first, "name").cell,
            }

        yield from at_rows("E-REG-009", table, list(rows), key, facts)


def entries_are_separated_by_semicolons(view: View) -> Iterator[Finding]:
    """Find cells that seem to hold several entries with something other than semicolons between them."""
    table = view.offers.table
    organisations = cache(lambda: {folded(organisation) for organisation in view.offers.organisations})
    groups = cache(lambda: {folded(group) for group in _times(table, "groups")})
    for key, wrong, how in (
        ("members", lambda text: "," in text, WITH_SEMICOLONS),
        ("wards", lambda text: "," in text, WITH_SEMICOLONS),
        ("groups", lambda text: _names_another(text, groups()), WITH_SEMICOLONS),
        ("organisation", lambda text: _names_another(text, organisations()), OTHERS_ARE_MEMBERS),
    ):
        rows = dict(_rows_with(table, key, wrong)) if _holds_any(table, key, ",;") else {}

        def facts(row: int, rows: Mapping[int, str] = rows, how: str = how) -> Facts:
            return {"shown": shown(rows[row]), "how": how}

        yield from at_rows("E-REG-010", table, list(rows), key, facts)


def _names_another(text: str, known: set[str]) -> bool:
    """Whether a part of a text between commas or semicolons is known by itself."""
    if "," not in text and ";" not in text:
        return False
    parts = [part for part in text.replace(";", ",").split(",") if part.strip()]
    return len(parts) > 1 and any(folded(part) in known for part in parts)


def _holds_odd(text: str) -> bool:
    """Whether a character of a text is odd, apart from spaces; nearly every text is plain ASCII."""
    return not (text.isascii() and text.isprintable()) and any(is_odd(c) for c in text if c != " ")


def ids_hold_plain_characters(view: View) -> Iterator[Finding]:
    """Find ids with a character in them that the eye cannot tell from another, or cannot see."""
    table = view.offers.table
    for key in (*ONE_ID, "members"):
        rows = dict(_rows_with(table, key, _holds_odd)) if _holds_odd("".join(distinct(texts(table, key)))) else {}

        def facts(row: int, rows: Mapping[int, str] = rows) -> Facts:
            return {"shown": shown(rows[row])}

        yield from at_rows("E-REG-011", table, list(rows), key, facts)


def wards_named_once_are_looked_at(view: View) -> Iterator[Finding]:
    """Note wards that one bid alone names and that are a slip of the keyboard away from a ward of several."""
    table = view.offers.table
    pairs = near_misses(_times(table, "wards"))
    if pairs:
        yield finding("E-BID-009", table.place, wards=short_listing([f'"{rare}" ("{known}")' for rare, known in pairs]))
