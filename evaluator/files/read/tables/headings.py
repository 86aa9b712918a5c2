"""The headings of a table, in a sheet or in a CSV file: which column is which, and which is none of them."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from evaluator.files.read.tables.layouts import Column, Layout
from evaluator.files.read.xlsx.cell import letters
from evaluator.records.look_alikes import odd_letters, skeleton

Problem = tuple[str, dict[str, object]]  # a finding's code and facts
Misread = tuple[str, int, dict[str, object]]  # the same with a heading's position between; 0 for the whole row
NEAR = 0.85  # of 1: a heading that is so like a known one is a slip of the keyboard


def heading(text: str) -> str:
    """Give a heading in small letters, with single spaces."""
    return " ".join(text.split()).casefold()


def names_of(column: Column) -> tuple[str, str]:
    """Give the two names under which a column is known: its key and its heading, in small letters."""
    return heading(column.key), heading(column.heading)


def match_headings(found: Mapping[int, str], layout: Layout, *, strict: bool) -> tuple[dict[str, int], list[Misread]]:
    """Find each column of a layout among headings in small letters, by their positions from 1.

    Two headings that look alike are never told apart by what no eye sees, and one that only looks like a known heading
    is taken with a finding.

    Returns
    -------
    The position of each column found, in the layout's order, and problems as finding codes with their facts.
    """
    at: dict[str, int] = {}
    problems: list[Misread] = []
    taken = {place for column in layout.columns for place, text in found.items() if text in names_of(column)}
    for column in layout.columns:
        seen = set(map(skeleton, names_of(column)))
        exact = [place for place, text in found.items() if text in names_of(column)]
        alike = [place for place, text in found.items() if place not in taken and skeleton(text) in seen]
        if exact or alike:
            at[column.key] = (exact + alike)[0]
            problems += _look_alikes(column, found, exact, alike)
    missing = [column.heading for column in layout.columns if column.required and column.key not in at]
    if missing:
        problems.append(("E-FILE-021", 0, {"missing": ", ".join(missing)}))
    if strict:
        near = (place for place in unknown(found, layout, at) if _is_near(found[place], layout))
        problems += [("E-FILE-026", place, {"heading": found[place]}) for place in near]
    return at, problems


def _look_alikes(
    column: Column, found: Mapping[int, str], exact: Sequence[int], alike: Sequence[int]
) -> Iterator[Misread]:
    every = [*exact, *alike]
    if len(every) > 1:
        columns = " and ".join(map(letters, sorted(every)))
        yield "E-FILE-022", every[1], {"heading": column.heading, "columns": columns}
    elif alike:
        facts: dict[str, object] = {
            "what": "This heading",
            "wanted": column.heading,
            "odd": odd_letters(found[alike[0]]),
        }
        yield "E-FILE-042", alike[0], facts


def unknown(found: Mapping[int, str], layout: Layout, at: Mapping[str, int]) -> list[int]:
    """Give the positions of headings that the layout does not have, but for those that are of no account."""
    known = {name for column in layout.columns for name in (*names_of(column), *map(skeleton, names_of(column)))}
    return [
        place
        for place, text in found.items()
        if text and place not in at.values() and text not in known and not is_among(text, layout.harmless)
        and skeleton(text) not in known
    ]  # fmt: skip


def is_among(text: str, names: Sequence[str]) -> bool:
    """Whether a name is one of some names; ``*`` at an end of these stands for anything.

    >>> is_among("e1 gave", ("* gave",)), is_among("consensus north", ("Consensus *",)), is_among("mark", ("marks",))
    (True, True, False)
    """
    plain = heading(text)
    return any(
        plain.endswith(one[1:])
        if one.startswith("*")
        else plain.startswith(one[:-1])
        if one.endswith("*")
        else plain == one
        for one in map(heading, names)
    )


def _is_near(text: str, layout: Layout) -> bool:
    names = {name for column in layout.columns for name in names_of(column)}
    return any(SequenceMatcher(None, text[:200], name).ratio() >= NEAR for name in names)
