"""The short references that stand beside figures in documents, and that ``explain`` takes: made from published order.

A bid, a rule and a question are referred to by their own ids. Everything else is a word and a number: ``T2-Y1`` is the
money of the second theme in the first year. The same criteria and bids give the same references.
"""

from collections.abc import Iterable, Mapping

from evaluator.records.programme.criteria import Criteria

ALL = "all"  # stands for the programme where a theme could stand


def theme_references(criteria: Criteria) -> Mapping[str, str]:
    """Give the reference of each theme by its id: T1 is the first that was published."""
    return {theme.id: f"T{number}" for number, theme in enumerate(criteria.themes, 1)}


def numbered(word: str, names: Iterable[str]) -> Mapping[str, str]:
    """Give the references of things that are numbered in the order in which they are told, by name.

    >>> numbered("ward", ["Bow East", "Bow West"])
    {'Bow East': 'ward-1', 'Bow West': 'ward-2'}
    """
    return {name: f"{word}-{number}" for number, name in enumerate(names, 1)}
