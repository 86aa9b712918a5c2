"""The headings of a table, in a sheet or in a CSV file: which column is which."""

from collections.abc import Mapping

from evaluator.files.read.tables.layouts import Column, Layout

Problem = tuple[str, dict[str, object]]  # a finding's code and facts


def heading(text: str) -> str:
    """Give a heading in small letters, with single spaces."""
    return " ".join(text.split()).casefold()


def names_of(column: Column) -> tuple[str, str]:
    """Give the two names under which a column is known: its key and its heading, in small letters."""
    return heading(column.key), heading(column.heading)


def match_headings(found: Mapping[int, str], layout: Layout, *, strict: bool) -> tuple[dict[str, int], list[Problem]]:
    """Find each column of a layout among headings in small letters.

    Returns
    -------
    The position of each column found, in the layout's order, and problems as finding codes with their facts.
    """
    at: dict[str, int] = {}
    problems: list[Problem] = []
    for column in layout.columns:
        places = [place for place, text in found.items() if text in names_of(column)]
        if len(places) > 1:
            problems.append(("E-FILE-022", {"heading": column.heading}))
        if places:
            at[column.key] = places[0]
    missing = [column.heading for column in layout.columns if column.required and column.key not in at]
    if missing:
        problems.append(("E-FILE-021", {"missing": ", ".join(missing)}))
    if strict:
        known = {name for column in layout.columns for name in names_of(column)}
        problems += [("E-FILE-026", {"heading": text}) for text in found.values() if text and text not in known]
    return at, problems
