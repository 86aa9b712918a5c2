"""Fields of a form that stand for columns of a table: the same names, headings and hints as in its workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from evaluator.desk.page import Problem
from evaluator.records.findings.finding import Finding
from evaluator.records.submissions.table_layouts import Column

Kind = Literal["text", "long", "date", "one_of", "list"]
YES_NO = (("yes", "Yes", ""), ("no", "No", ""))
IN_A_CELL = (("Type ", "Give "), (" into this cell", " here"), (" in this cell", " here"), ("this cell", "this field"))
OF_CHOICES = {"E-DEC-002": "Choose what the person decided."}  # where nothing is typed, no word can be a wrong one


@dataclass(frozen=True)
class Field:
    """A field: its name, its label, what it takes, and what stands in it.

    Parameters
    ----------
    options : value, words and a hint of each thing that can be chosen; of a ``list`` no hint is shown.
    """

    name: str
    label: str
    kind: Kind = "text"
    value: str = ""
    hint: str = ""
    options: tuple[tuple[str, str, str], ...] = ()

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The options without their hints, as a list takes them."""
        return tuple((value, words) for value, words, _ in self.options)


def field_of(column: Column, value: str, hint: str, options: Sequence[tuple[str, str, str]] = ()) -> Field:
    """Give the field of a column; one with ``options`` offers them, few to see at once and many in a list."""
    if column.kind == "yes_no":
        return Field(column.key, column.heading, "one_of", value, hint, YES_NO)
    if options:
        return Field(column.key, column.heading, "list", value, hint, (("", "Choose one", ""), *options))
    kind: Mapping[str, Kind] = {"long_text": "long", "date": "date"}
    return Field(column.key, column.heading, kind.get(column.kind, "text"), value, hint)


def problems_of(wrong: Sequence[tuple[str, Finding]], names: Sequence[str]) -> tuple[Problem, ...]:
    """Tell findings at their fields; what concerns no field of the form stands at its head alone."""
    return tuple(Problem(in_a_form(one), key if key in names else "") for key, one in wrong)


def in_a_form(one: Finding) -> str:
    """Say what was found and what to do about it where no cell is seen, but a field.

    >>> from evaluator.records.findings import finding
    >>> from evaluator.records.findings.finding import Source
    >>> found = finding("E-DEC-005", Source("decisions.xlsx"), bid="B1", matter="low price", decision="admit")
    >>> in_a_form(found)
    'The decision to admit bid B1 (low price) has no date. Give the day of the decision here.'
    """
    if one.code in OF_CHOICES:
        return OF_CHOICES[one.code]
    remedy = one.remedy
    for cell, form in IN_A_CELL:
        remedy = remedy.replace(cell, form)
    return f"{one.message} {remedy}"
