"""Work out quality points and minimums for `verify.py`, which calls this file where it lies beside it.

Questions may have scales of their own, marks a table of points, sections and the whole a minimum of points. A question
may not apply to a bid; its weight then goes as the published rule says. Standard library only, Python 3.9 or later.
"""

from fractions import Fraction
from typing import Any

APART = "not applicable"
Figures = dict[str, Fraction]  # by question


def quality(criteria: Any, theme: Any, weights: Figures, marks: Any, row: Any) -> tuple[Fraction, bool, Figures]:
    """Give the quality points of a bid, whether it is below a minimum, and what each of its marks counts."""
    apart = [question for question in weights if marks.get(question) == APART]
    given = {question: Fraction(mark) for question, mark in marks.items() if mark not in (None, APART)}
    carried = spread(criteria, theme, weights, apart)
    times, made = row.get("times", {}), "given" in row  # what evaluators' marks come to counts itself
    counts = {q: mark if made else count(table(criteria, q), mark) for q, mark in given.items()}
    points = {q: carried[q] * each / max(table(criteria, q).values()) / times.get(q, 1) for q, each in counts.items()}
    points.update({question: carried[question] for question in apart})
    low = any(short(theme, q, given[q], Fraction(least)) for q, least in theme["minimum_marks"].items() if q in given)
    low = low or any(
        short(theme, name, sum(points.get(q, 0) for q in its), least(available))
        for name, its, least in minimums(theme, weights)
        for available in [sum(carried[q] for q in its)]
    )
    return sum(points.values(), Fraction(0)), low, {**counts, **{question: Fraction(-1) for question in apart}}


def short(theme: Any, name: str, own: Any, least: Fraction) -> bool:
    """Say whether a figure is below its minimum, or not above it where it must be."""
    return bool(own <= least if name in theme.get("more_than", []) else own < least)


def minimums(theme: Any, weights: Figures) -> Any:
    """Give each minimum of points: its name, its questions, and what it comes to of what there is for them."""
    sections = [
        (each["id"], [q for q in each["questions"] if q in weights], each, "minimum")
        for each in theme.get("section", [])
    ]
    for name, its, said, key in [("quality", list(weights), theme, "minimum_quality"), *sections]:
        percent = said.get(key if name == "quality" else "minimum_percent")
        if percent is not None:
            yield name, its, lambda available, percent=percent: available * Fraction(percent) / 100
        if said.get(f"{key}_points") is not None:
            yield name, its, lambda _, points=said[f"{key}_points"]: Fraction(points)


def table(criteria: Any, question: str) -> dict[Fraction, Fraction]:
    """Give what each mark of a question's scale counts: its points where a table gives them, else itself."""
    themes = criteria["themes"]
    asked = [each for theme in themes for each in [*criteria["common"], *theme["question"]] if each["id"] == question]
    found = criteria["scale"]["mark"]
    if asked and asked[0].get("answered") == "pass_fail":
        found = [{"mark": "0"}, {"mark": "1"}]
    for scale in reversed(criteria.get("scale_of", [])):
        named = [
            each for theme in themes for each in theme.get("section", []) if each["id"] in scale.get("sections", [])
        ]
        if question in [*scale.get("questions", []), *(one for each in named for one in each["questions"])]:
            found = scale["mark"]
    counted = any(each.get("points") is not None for each in found)
    return {Fraction(each["mark"]): Fraction((each.get("points") or 0) if counted else each["mark"]) for each in found}


def count(known: dict[Fraction, Fraction], mark: Fraction) -> Fraction:
    """Give what a mark counts; one between two of a table of points counts as far between theirs."""
    if mark in known or all(mark == points for mark, points in known.items()):
        return known.get(mark, mark)
    low, high = max(each for each in known if each < mark), min(each for each in known if each > mark)
    return known[low] + (known[high] - known[low]) * (mark - low) / (high - low)


def spread(criteria: Any, theme: Any, weights: Figures, apart: list[str]) -> Figures:
    """Give what each question carries for a bid to which some do not apply."""
    goes = criteria["not_applicable"]["weight"] if apart else "full_marks"
    if goes == "full_marks":
        return dict(weights)
    kept = {question: Fraction(0) if question in apart else weight for question, weight in weights.items()}
    made = dict(kept)
    for question in apart:
        near: list[str] = next((s["questions"] for s in theme.get("section", []) if question in s["questions"]), [])
        takes = {one: kept[one] for one in near if kept.get(one)} if goes == "section" else {}
        takes = takes or {one: weight for one, weight in kept.items() if weight}
        for one, weight in takes.items():
            made[one] += weights[question] * weight / sum(takes.values())
    return made
