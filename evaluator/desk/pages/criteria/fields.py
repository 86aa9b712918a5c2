"""Fields that stand for keys of criteria: the labels, notes and choices of the criteria workbook, one value each."""

from collections.abc import Mapping, Sequence
from typing import Any

from evaluator.desk.fields import YES_NO, Field, Kind
from evaluator.desk.pages.criteria.choices import options
from evaluator.desk.pages.criteria.found import FIELD
from evaluator.records.dates import read_day, read_moment
from evaluator.records.numbers import plain_decimal
from evaluator.records.programme.price.methods import METHODS, MethodTerms
from evaluator.records.programme.written.cells import TAKEN_APART, facts_cell, list_cell, pairs_cell, text_cell, text_of
from evaluator.records.programme.written.files import TEMPLATE, THEMES, Plain
from evaluator.records.programme.written.layout import Item

LONG = frozenset(
    (
        *("text", "good_answer", "purpose", "descriptor", "predicate", "on_failure", "question", "summary", "counts"),
        *("evidence", "source", "reason", "instead_of_accounts", "facts", "values", "ladder", "words", "outcomes"),
    )
)
A_LINE_EACH = {  # what a line of a table in one field looks like
    "mark": "mark: 4 | label: Good | descriptor: What earns it | points: 20",
    "band": "at_most: 5 | points: 10",
}
MONEY_SIGNS = str.maketrans("", "", "£, ")
OF_WORKBOOKS = (
    (" (Alt+Enter)", ""),
    ("of the sheet Programme", "of the programme"),
    ("as on the sheet Programme", "as the programme writes it"),
    ("Choose one from the list, which says what each does; the Guide lists them too.", "Each says what it does."),
    ("Choose one from the list; docs/criteria.md explains each.", "Each says what it does."),
    ("As docs/criteria.md lists them for each law: open, competitive_flexible, …", "As the law that applies has them."),
    ("; docs/criteria.md lists them.", "."),
    ("; docs/criteria.md shows one.", "."),
    ("direct, inverse, banded, yes_no, by_rank, by_quarter, or a price method.", "Each says what it does."),
    ("pa2023, pa2023_light_touch or pa2023_below_threshold (also below_threshold): Procurement Act 2023. ", ""),
    ("pcr2015: regulations of 2015. psr2023: health care services. grant: no contract.", "It decides what is checked."),
)
PARAMETER = "parameter-"


def shown(value: Any) -> str:
    """Write a value as its field shows it, so that it can be taken out again unchanged."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        is_facts = value and all(isinstance(one, dict) and one.keys() == {"text", "why"} for one in value)
        return facts_cell(value) if is_facts else list_cell(value)
    if isinstance(value, dict):
        return pairs_cell(value)
    return text_cell(str(value)) if value != "" else ""


def taken(item: Item, text: str) -> Any:
    """Take what was typed as its key wants it; None where nothing was typed.

    >>> from evaluator.records.programme.written.layout import rule_items
    >>> limit = next(item for item in rule_items("budget") if item.key == "limit")
    >>> taken(limit, "£60,000"), taken(limit, " "), taken(limit, "lots")
    ('60000', None, 'lots')
    """
    if not text.strip():
        return None
    if item.kind in TAKEN_APART:
        return TAKEN_APART[item.kind](text)
    match item.kind:
        case "yes_no":
            return text == "yes"
        case "moment":
            return read_day(text) or read_moment(text) or text
        case "money" | "number" | "whole" | "percent":
            return _number(item, text)
        case _:
            return text_of(text)


def _number(item: Item, text: str) -> Any:
    plain = text.translate(MONEY_SIGNS)
    bare = plain.removesuffix("%")
    if plain_decimal(bare) is None:
        return text_of(text)
    if item.kind == "percent":
        return f"{bare}%"
    return int(plain) if item.kind == "whole" and plain.isdecimal() else plain


def fields_of(
    items: Sequence[Item], values: Mapping[str, str], files: Mapping[str, Plain], path: str
) -> tuple[Field, ...]:
    """Give the fields of an entry of a part of the criteria, each with the text that stands in it."""
    return tuple(_field(item, values.get(item.key, ""), files, path) for item in items)


def _field(item: Item, value: str, files: Mapping[str, Plain], path: str) -> Field:
    name, note = f"{FIELD}{item.key}", item.note
    for workbook, desk in OF_WORKBOOKS:
        note = note.replace(workbook, desk)
    if item.kind == "yes_no":
        return Field(name, item.label, "one_of", value, note, YES_NO)
    if offered := options(item, files, path):
        there = () if value in ("", *(one for one, _, _ in offered)) else ((value, value, ""),)
        return Field(name, item.label, "list", value, note, (("", "Not said", ""), *offered, *there))
    if item.kind == "entries":
        like = A_LINE_EACH.get(item.key)
        return Field(name, item.label, "long", value, f"{note} A line each, such as “{like}”." if like else note)
    kind: Kind = "long" if item.key in LONG else "text"
    return Field(name, item.label, kind, value, note)


def parameter_fields(method: str, values: Mapping[str, str]) -> tuple[Field, ...]:
    """Give the fields of the parameters that a price method takes."""
    terms: MethodTerms | None = METHODS.get(method)
    return tuple(
        Field(
            f"{FIELD}{PARAMETER}{key}",
            f"Parameter {key}",
            "text",
            values.get(key, ""),
            f"{one.allowed[:1].upper()}{one.allowed[1:]}."
            + ("" if one.default is None else f" {one.default} where nothing is said."),
        )
        for key, one in (terms.parameters if terms else {}).items()
    )


def title_of(files: Mapping[str, Plain], file: str) -> str:
    """Say in words which file of the criteria is meant."""
    if file.startswith(THEMES):
        plain = files.get(file, {})
        return f"Theme {plain.get('title') or plain.get('id', '')}".strip()
    return "Common questions" if file == TEMPLATE else "Programme"
