"""What a programme tells of its bids, questions, people and themes before another maker's file is read."""

from collections.abc import Mapping, Sequence

from evaluator.files.read.imports.names import Dimension, Names
from evaluator.files.read.imports.reading import Known
from evaluator.records.programme.criteria import Criteria
from evaluator.records.submissions.received import Table


def known_of(criteria: Criteria, register: Table | None, panel: Table | None) -> Known:
    """Gather the names that labels may have.

    Parameters
    ----------
    register, panel : as received; without them bids and people may be called anything.
    """
    bids = {row["bid"]: row for row in _rows(register) if row.get("bid", "").strip()}
    people: dict[str, list[str]] = {}
    for row in _rows(panel):
        if row.get("evaluator", "").strip():
            people.setdefault(row["evaluator"], []).append(row.get("name", ""))
    names: dict[Dimension, Names] = {
        "theme": Names("theme", {one.id: (one.title,) for one in criteria.themes}),
        "question": Names("question", _questions(criteria)),
        "bid": Names("bid", {key: _names_of(row) for key, row in bids.items()}, opened=not bids),
        "evaluator": Names("evaluator", people, opened=not people),
    }
    return Known(criteria, bids, names)


def _rows(table: Table | None) -> Sequence[Mapping[str, str]]:
    return [table.row(index) for index in range(len(table))] if table is not None else []


def _questions(criteria: Criteria) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for theme in criteria.themes:
        for question in criteria.questions(theme.id):
            asked = question.text if len(question.text) <= 200 else ""
            found[question.id] = (question.title, asked)
    return found


def _names_of(row: Mapping[str, str]) -> tuple[str, ...]:
    """Give the names of a bid: who made it, by name and id, and what it is called."""
    name, title, organisation = row.get("name", ""), row.get("title", ""), row.get("organisation", "")
    both = f"{name} – {title}" if name and title else ""
    return tuple(one for one in (name, title, organisation, both) if one.strip())
