"""Criteria as they are written: the keys and plain values of each file, whether TOML or a workbook holds them."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_type_hints

from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.published import Published, is_percent

PROGRAMME, TEMPLATE, THEMES = "programme.toml", "template.toml", "themes"
ACCEPTED_FILE, VERSIONS_FILE = "accepted.toml", "versions.toml"  # what people decided before publication
FIRST = ("outcomes", "approaches", "tier")  # tables that people look for at the head of the programme's file
Plain = dict[str, Any]


def theme_file(theme: str) -> str:
    """Name the file of a theme.

    >>> theme_file("advice")
    'themes/advice.toml'
    """
    return f"{THEMES}/{theme}.toml"


def as_files(criteria: Criteria) -> dict[str, Plain]:
    """Give the plain values of every file that these criteria are written in, by the file's name."""
    criteria = criteria.as_written
    whole = written(criteria)
    common = whole.pop("common", [])
    del whole["themes"]
    programme = {key: value for key, value in whole.items() if not _is_table(value)}
    programme |= {key: whole[key] for key in FIRST if key in whole}
    files = {PROGRAMME: programme | whole}
    if common:
        files[TEMPLATE] = {"question": common}
    return files | {theme_file(theme.id): written(theme) for theme in criteria.themes}


def written(record: Published) -> Plain:
    """Give a record's keys with plain values: texts, whole numbers, yes or no, lists and tables.

    Exact numbers are texts, as they were published; keys that are empty by default are left out.
    """
    kind = getattr(record, "kind", None)  # of a rule: it says how the other keys are read, so it stands after the id
    plain: Plain = {} if kind is None else {"id": getattr(record, "id", ""), "kind": kind}
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        empty = value is None or value == () or value == {} or value == ""
        if empty and value == field.get_default(call_default_factory=True):
            continue
        if field.exclude_if is None or not field.exclude_if(value):
            plain[field.alias or name] = _toml_value(value, percent=name in percents(type(record)))
    if facts := plain.pop("facts", None):  # they stand after the texts that they are about
        plain["facts"] = facts
    return plain


@cache
def percents(record: type[Published]) -> frozenset[str]:
    """Give the names of a record's keys that hold percentages."""
    hints = get_type_hints(record, include_extras=True)
    return frozenset(name for name in record.model_fields if _holds_percent(hints[name]))


def _holds_percent(hint: Any) -> bool:
    marks = getattr(hint, "__metadata__", ())
    return any(map(is_percent, marks)) or any(_holds_percent(part) for part in get_args(hint))


def _toml_value(value: Any, *, percent: bool) -> Any:
    if isinstance(value, Published):
        return written(value)
    if isinstance(value, Decimal):
        return format(value, "f") + ("%" if percent else "")
    if isinstance(value, Mapping):
        return {key: _toml_value(part, percent=percent) for key, part in value.items()}
    return [_toml_value(part, percent=percent) for part in value] if isinstance(value, tuple) else value


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(one, dict) for one in value))
