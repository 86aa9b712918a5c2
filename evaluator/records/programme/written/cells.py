"""How a value of the criteria stands in one cell of a workbook, and how it is taken out again unchanged.

Most texts stand as they are. What a spreadsheet program would change or lose (a text of nothing but space, characters
that nobody can see, space at the ends) stands as ``json:`` and the text in JSON, and comes back as it was.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from evaluator.records.numbers import decimal_text, plain_decimal
from evaluator.records.texts import visible

MARK, NONE, REASON = "json:", "none", " | "
CHANGED = re.compile(r"[\t\r\x85\u2028\u2029]|_x[0-9A-Fa-f]{4}_|x005F_")  # what file formats or programs rewrite
MOST_SIGNS = 11  # of a number that a spreadsheet program shows in full, whatever its format


def text_cell(text: str, taken: frozenset[str] = frozenset()) -> str:
    r"""Write a text for a cell; ``taken`` are words that mean something else in its place.

    >>> text_cell("Advice"), text_cell(""), text_cell(" A "), text_cell("bell\u0007")
    ('Advice', 'json:""', 'json:" A "', 'json:"bell\\u0007"')
    """
    safe = text == text.strip() != "" and visible(text) == text and not CHANGED.search(text)
    return text if safe and not text.startswith(MARK) and text not in taken else _json(text)


def text_of(cell: str) -> Any:
    """Take a text out of a cell; what stands there as JSON comes as it was.

    >>> text_of(" Advice "), text_of('json:" A "'), text_of("json:oops")
    ('Advice', ' A ', 'json:oops')
    """
    cell = cell.strip()
    if not cell.startswith(MARK):
        return cell
    try:
        return json.loads(cell.removeprefix(MARK))
    except (ValueError, RecursionError):
        return cell


def list_cell(values: Sequence[Any]) -> str:
    r"""Write a list for a cell: its texts with semicolons between them, a line each where a text holds one; or a table.

    >>> list_cell(["a", "b"]), list_cell([]), list_cell(["a;b", "c"]), list_cell(["a;b"])
    ('a; b', 'none', 'a;b\nc', 'json:["a;b"]')
    """
    if not values:
        return NONE
    if all(isinstance(value, dict) for value in values):
        return entries_cell(values)
    texts = [str(value) for value in values]
    for between in ("; ", "\n"):
        cell = between.join(texts)
        if list_of(cell) == list(values) and text_cell(cell) == cell:
            return cell
    return _json(list(values))


def list_of(cell: str) -> Any:
    r"""Take a list out of a cell.

    >>> list_of("a;b ;  c"), list_of("None"), list_of("one; two\nthree")
    (['a', 'b', 'c'], [], ['one; two', 'three'])
    """
    cell = cell.strip()
    if cell.startswith(MARK):
        return text_of(cell)
    if cell.casefold() == NONE:
        return []
    return [part.strip() for part in cell.split("\n" if "\n" in cell else ";") if part.strip()]


def entries_cell(entries: Sequence[Mapping[str, Any]]) -> str:
    r"""Write a table for a cell: a line for each entry, its keys with their values.

    >>> entries_cell([{"at_most": "5", "points": "10"}, {"at_most": "10", "points": "6"}])
    'at_most: 5 | points: 10\nat_most: 10 | points: 6'
    """
    cell = "\n".join(REASON.join(f"{key}: {value}" for key, value in entry.items()) for entry in entries)
    return (
        cell if entries_of(cell) == [dict(entry) for entry in entries] and text_cell(cell) == cell else _json(entries)
    )


def entries_of(cell: str) -> Any:
    """Take a table out of a cell; a text that is none stays a text.

    >>> entries_of("mark: 1 | label: Some | descriptor: One part: the plan."), entries_of("the usual")
    ([{'mark': '1', 'label': 'Some', 'descriptor': 'One part: the plan.'}], 'the usual')
    """
    cell = cell.strip()
    if cell.startswith(MARK):
        return text_of(cell)
    lines = [[part.partition(":") for part in line.split("|")] for line in cell.split("\n") if line.strip()]
    if not all(mark for line in lines for _, mark, _ in line):
        return cell
    return [{key.strip(): value.strip() for key, _, value in line} for line in lines]


def pairs_cell(values: Mapping[str, Any]) -> str:
    """Write a small table for a cell.

    >>> pairs_cell({"lowest": "80000", "highest": "120000"}), pairs_cell({"a: b": "1"})
    ('lowest: 80000; highest: 120000', 'json:{"a: b": "1"}')
    """
    cell = "; ".join(f"{key}: {value}" for key, value in values.items())
    return cell if pairs_of(cell) == dict(values) and text_cell(cell) == cell else _json(dict(values))


def pairs_of(cell: str) -> Any:
    """Take a small table out of a cell; a text that is none, or names a thing twice, stays a text.

    >>> pairs_of("zero_at: 3; clip:1"), pairs_of("three"), pairs_of("a: 1; a: 2")
    ({'zero_at': '3', 'clip': '1'}, 'three', 'a: 1; a: 2')
    """
    cell = cell.strip()
    if cell.startswith(MARK):
        return text_of(cell)
    parts = [part.partition(":") for part in re.split(r"[;\n]", cell) if part.strip()]
    found = {key.strip(): value.strip() for key, _, value in parts}
    return found if len(found) == len(parts) and all(mark for _, mark, _ in parts) else cell


def facts_cell(facts: Sequence[Mapping[str, str]]) -> str:
    r"""Write what is declared as facts for a cell: a line each, the words as they stand in the text, then why.

    >>> facts_cell([{"text": "60 clubs", "why": "The audit of 2025."}]), facts_cell([{"text": "a | b", "why": "c"}])
    ('60 clubs | The audit of 2025.', 'json:[{"text": "a | b", "why": "c"}]')
    """
    cell = "\n".join(f"{one['text']}{REASON}{one['why']}" for one in facts)
    return cell if facts_of(cell) == list(facts) and text_cell(cell) == cell else _json(list(facts))


def facts_of(cell: str) -> Any:
    r"""Take facts out of a cell; a line that does not say why has no reason.

    >>> facts_of("60 clubs | The audit.\nin 1998")
    [{'text': '60 clubs', 'why': 'The audit.'}, {'text': 'in 1998', 'why': ''}]
    """
    cell = cell.strip()
    if cell.startswith(MARK):
        return text_of(cell)
    parts = [line.partition(REASON.strip()) for line in cell.split("\n") if line.strip()]
    return [{"text": text.strip(), "why": why.strip()} for text, _, why in parts]


# How a cell that holds several values is taken apart, by the kind of its key.
TAKEN_APART: Mapping[str, Callable[[str], Any]] = {
    "list": list_of,
    "pairs": pairs_of,
    "entries": entries_of,
    "facts": facts_of,
}


def number_cell(text: str) -> str | Decimal:
    """Write a number for a cell: as a number where a spreadsheet program keeps it as it was published, else as text.

    >>> number_cell("12.5"), number_cell("12.50"), number_cell("20%")
    (Decimal('12.5'), '12.50', '20%')
    """
    number = plain_decimal(text)
    kept = number is not None and decimal_text(number) == text and len(text) <= MOST_SIGNS
    return number if number is not None and kept and number.is_finite() and text != "-0" else text_cell(text)


def _json(value: Any) -> str:
    """Write a value as JSON in plain letters, without what file formats take for an escape of their own."""
    return MARK + json.dumps(value).replace("x005F_", "\\u0078005F_").replace("_x", "\\u005fx")
