"""Work marks out again that no panel agreed, from what each evaluator gave, for `verify.py`.

It lies beside `verify_method.py`, which calls it. Standard library only, Python 3.9 or later.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

AGREED = ("consensus", "one_evaluator")


def marks_made(criteria: Any, bids: Any, number: Any, rounded: Any) -> Iterator[str]:
    """Give each mark that the evaluators' marks do not come to by the published method, in words."""
    how, themes, most = criteria["moderation"], criteria["themes"], dict[Any, int]()
    asked = [*criteria["common"], *(question for theme in themes for question in theme["question"])]
    shared = {each["id"] for each in asked if each["scope"] == "organisation"}
    rows = [(theme["id"], bid, q) for theme in bids["themes"] for bid in theme["bids"] for q in bid["marks"]]
    rows = [row for row in rows if how["method"] not in AGREED and row[1]["marks"][row[2]] != "not applicable"]
    for theme, bid, q in rows:  # how many marks an answer has, of the bids that are in
        out = (bid["decision"] or {"standing": "not_shortlisted"}).get("standing") != "not_shortlisted"
        many = 0 if out or bid["marks"][q] is None else len(bid["given"].get(q, []))  # of those that were marked in it
        key = ("" if q in shared else theme, q)
        most[key] = max(most.get(key, 0), many)
    for theme, bid, q in rows:
        own, told = sorted(map(number, bid["given"].get(q, []))), bid["marks"][q]
        usual = most["" if q in shared else theme, q] if "third_counts" not in how else how["least_evaluators"]
        usual, value = max(usual, len(own)), made(how, own, max(usual, len(own))) if own else None
        if value is not None and "places" in how:
            value = rounded(value, how["places"], how["mode"]) / Fraction(10) ** how["places"]
        times = bid.get("times", {}).get(q, usual)
        if told is None and bid["decision"]:  # of a bid that is out, or did not go on so far, it counts for nothing
            continue
        if (None if told is None else number(told)) != value or (not bid["decision"] and own and times != usual):
            yield f"{bid['bid']}: the mark on {q} is {told}, and by the evaluators' marks it comes to {value}."


def made(how: Any, own: list[Fraction], usual: int) -> Fraction:
    """Give the mark that counts of evaluators' marks in order of size, before any rounding of it."""
    number, cut = len(own), 0
    if how["method"] == "trimmed_mean":
        trim = how["trim"]
        cut = number * Fraction(trim[:-1]) // 100 if trim.endswith("%") else int(trim)
    own = own[cut : number - cut]
    if how.get("third_counts") == "closest" and number > how["least_evaluators"]:
        low, high = own[-2] - own[0], own[-1] - own[1]
        own = own if low == high else own[:-1] if low < high else own[1:]
    if how["method"] == "median":
        return (own[(len(own) - 1) // 2] + own[len(own) // 2]) / 2
    whole = sum(own, Fraction(0))
    if how["method"] == "sum":
        return whole * usual / number if how.get("missing_marks") == "scaled" else whole
    return whole / len(own)
