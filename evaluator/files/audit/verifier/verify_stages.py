"""Work out who goes on from each published stage, for `verify.py`, which calls this file where it lies beside it.

The points of a stage are those of its questions; who has enough of them, or is among the best, goes on to the next.
Standard library only, Python 3.9 or later.
"""

from collections.abc import Iterator
from fractions import Fraction
from hashlib import sha256
from typing import Any

Row = dict[str, Any]
Make = Any  # of verify.py: works out the quality of a theme's bids, from criteria, theme and bids


def worked_out(criteria: Any, bids: Any, outcome: Any, make: Make) -> tuple[Row, str, list[str]]:
    """Give the themes as their points count in the end, what was checked in words, and what differs."""
    out = {each["bid"] for stage in outcome.get("stages", []) for each in stage["bids"] if not each["passed"]}
    found = list(stages(criteria, bids, outcome, make))
    for bid in (bid for theme in bids["themes"] for bid in theme["bids"] if bid["bid"] in out):
        bid["decision"] = bid["decision"] or {"standing": "not_shortlisted"}
    themes = {theme["id"]: counted(criteria, theme) for theme in criteria["themes"]}
    return (
        themes,
        f"who goes on from {', '.join(bids.get('stages', {})) or 'no stage yet'}: points, places and ties",
        found,
    )


def counted(criteria: Any, theme: Row) -> Row:
    """Give a theme without the weights of questions that only admit."""
    aside = {
        question
        for stage in criteria.get("stage", [])
        if not stage.get("counts", True)
        for question in stage["questions"]
    }
    weights = {leaf: "0" if leaf in aside else weight for leaf, weight in theme["weights"].items()}
    sections = theme.get("section", [])
    held = [whole_of(each, [*set(weights) - aside]) if set(each["questions"]) <= aside else each for each in sections]
    return {**theme, "weights": weights, "section": held} if aside & set(weights) else theme


def stages(criteria: Any, bids: Any, outcome: Any, make: Make) -> Iterator[str]:
    """Work out every stage that is over, put down which bids fell, and say where outcome.json says otherwise."""
    out: set[str] = set()
    told = {each["id"]: each for each in outcome.get("stages", [])}
    deciding = [stage for stage in criteria.get("stage", []) if stage.get("passes")]
    if [stage["id"] for stage in deciding][: len(told)] != list(told) or set(bids.get("stages", {})) != set(told):
        yield "outcome.json and data/bids.json do not tell of the published stages."
        return
    for stage in deciding[: len(told)]:
        yield from missing(stage, bids, out)
        found = {row["bid"]: row for field in fields(criteria, stage, bids, make) for row in decided(stage, field)}
        said = {each["bid"]: each for each in told[stage["id"]]["bids"]}
        if sorted(found) != sorted(said):
            yield f"stage {stage['id']} tells of other bids than were in it."
            return
        for bid, row in sorted(found.items()):
            goes = "goes on" if row["goes_on"] else "does not go on"
            if (Fraction(said[bid]["exact_points"]), said[bid]["passed"]) != (row["quality"], row["goes_on"]):
                points = said[bid]["points"]
                yield f"{bid}: stage {stage['id']} gives it {points}; it comes to {row['quality']} and {goes}."
        out |= {bid for bid, row in found.items() if not row["goes_on"]}
    for bid in (bid for theme in bids["themes"] for bid in theme["bids"] if bid["bid"] in out):
        bid["decision"] = bid["decision"] or {"standing": "not_shortlisted"}


def missing(stage: Row, bids: Any, out: set[str]) -> Iterator[str]:
    """Find bids that were left out of a stage although nobody took them out, and those that had fallen before it."""
    entered = set(bids["stages"][stage["id"]])
    for bid in (bid for theme in bids["themes"] for bid in theme["bids"]):
        if (bid["bid"] in out) == (bid["bid"] in entered) and not (bid["decision"] and bid["bid"] not in entered):
            yield f"{bid['bid']} is {'in' if bid['bid'] in entered else 'missing from'} stage {stage['id']}."


def fields(criteria: Any, stage: Row, bids: Any, make: Make) -> list[list[Row]]:
    """Give the bids of a stage with their points, theme by theme, or all together where the best of all go on."""
    published, found = {theme["id"]: theme for theme in criteria["themes"]}, []
    entered = set(bids["stages"][stage["id"]])
    for theme in bids["themes"]:
        its = published[theme["id"]]
        own = [leaf for leaf in its["weights"] if leaf in stage["questions"]]
        part = {**its, "weights": {leaf: its["weights"][leaf] for leaf in own}, "minimum_quality": None}
        part["weights"].update({leaf: other for leaf, other in stage.get("weights", {}).items() if leaf in own})
        part.update(minimum_quality_points=None, section=[whole_of(each, own) for each in its.get("section", [])])
        part["minimum_marks"] = {leaf: least for leaf, least in its["minimum_marks"].items() if leaf in own}
        rows = [{**bid, "decision": None} for bid in theme["bids"] if bid["bid"] in entered]
        made = make({**criteria, "price": None}, {**part, "price": None}, rows).rows
        available = sum((Fraction(part["weights"][leaf]) for leaf in own), Fraction(0))
        found.append([{**row, "available": available, "asked": bool(own)} for row in made])
    return found if stage.get("by_theme", True) is not False else [[row for rows in found for row in rows]]


def whole_of(section: Row, own: list[str]) -> Row:
    """Give a section without its minimum where not all of its questions are in the stage."""
    kept = set(section["questions"]) <= set(own)
    return section if kept else {**section, "minimum_points": None, "minimum_percent": None}


def decided(stage: Row, field: list[Row]) -> list[Row]:
    """Say of each bid whether it goes on; whoever is below a minimum does not, and takes no place."""
    for row in field:
        least = max(Fraction(stage.get("score") or 0), row["available"] * Fraction(stage.get("share") or 0) / 100)
        row["able"] = row["asked"] and row["status"] == "ranked" and row["quality"] >= least
        given = (row["marks"].get(each.split(":", 1)[1]) for each in stage.get("tie_break", []))
        marks = [0 if mark in (None, "not applicable") else -Fraction(mark) for mark in given]
        drawn = [sha256(f"{stage.get('draw_seed', '')}\n{row['bid']}".encode()).hexdigest()] * (
            stage.get("ties") == "draw"
        )
        row["place"] = [-row["quality"], *marks, *drawn]
    places = sorted(row["place"] for row in field if row["able"])
    number = int(stage.get("number") or 0) if stage["passes"] == "best" else len(places)
    for row in field:
        row["goes_on"] = not row["asked"] or (
            row["able"] and (len(places) <= number or row["place"] <= places[number - 1])
        )
    return field
