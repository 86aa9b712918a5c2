"""Work out again, for `verify.py`, sums of awards, part awards, draws, arrivals, and what people chose after the ranks.

It lies beside `verify.py` and `verify_method.py`, which call it. Standard library only, Python 3.9 or later.
"""

import re
from collections.abc import Iterator
from decimal import Context, Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any

Row = dict[str, Any]  # a bid as verify.py worked it out, or the bid at one of its levels
WIDE, FIFTY = Context(prec=90), Context(prec=50)
Division = Any  # what verify.py knows of the division of the money


def fifty(what: str, value: Fraction, by: Fraction) -> Fraction:
    """Give a logarithm or a power, which no fraction can hold, to 50 figures; a whole power exactly."""
    if what == "power" and (by.denominator == 1 or value == 0):
        return Fraction(value) ** min(by.numerator, 999)
    one, other = (WIDE.divide(Decimal(each.numerator), Decimal(each.denominator)) for each in (value, by))
    found = WIDE.power(one, other) if what == "power" else WIDE.divide(WIDE.log10(one), WIDE.log10(other))
    return Fraction(FIFTY.plus(found))


def number(each: Any) -> Fraction:
    """Read a number exactly; one that is longer than any figure is not built."""
    if len(str(each)) > 40 or "e" in str(each).lower():
        raise ValueError(f"{str(each)[:20]}... is no figure")
    return Fraction(str(each))


def between_equals(criteria: Any, row: Row) -> dict[str, list[Fraction]]:
    """Give what a draw and the time of arrival compare: the lower is better; nothing where a time is not known."""
    seed, came = row.get("draw_seed"), re.sub("[^0-9]", "", row.get("received") or "")
    drawn = sha256(f"{seed}\n{row['bid']}".encode()).hexdigest()
    as_published = seed and criteria["tie_break"].get("draw_seed", seed) == seed
    figures = {"draw": [Fraction(int(drawn, 16))]} if as_published else {}
    return {**figures, "received": [Fraction(came.ljust(14, "0"))]} if len(came) > 8 else figures


def share(amounts: Any, rank: int, score: Fraction) -> Fraction:
    """Give the share of its ask that a bid of a rank and a total score is offered."""
    if amounts.get("by_score"):
        reached = [number(one["share"]) for one in amounts["by_score"] if score >= number(one["at_least"])]
        return max(reached, default=Fraction(0)) / 100
    if amounts.get("by_rank"):
        return number(amounts["by_rank"][min(rank, len(amounts["by_rank"])) - 1]) / 100
    if amounts.get("step"):
        left = 100 - (rank - 1) * number(amounts["step"])
        return max(left, number(amounts.get("least_share") or 0), Fraction(0)) / 100
    return Fraction(1)


def multiple(amounts: Any) -> int:
    """Give the pence of which every sum below the ask is a multiple."""
    return int(number(amounts.get("round_to") or "0.01") * 100) or 1


def least(amounts: Any, row: Row, ask: int) -> Fraction:
    """Give the least sum in pence that may be awarded to a bid."""
    return max(number(amounts.get("least_useful") or 0) * 100, ask * number(row.get("least_level") or 0) / 100)


def named(pence: int, ask: int, taken: Any) -> Fraction:
    """Give the share by which a sum is named: rounded down to two places, or to as many as tell it from others."""
    places = 2
    while (found := Fraction(pence * 10 ** (places + 2) // ask, 10**places)) in taken:
        places += 1
    return found


def offer(row: Row, pence: int, taken: Any = ()) -> Row:
    """Make the bid at a sum: each year's part of the sums up to it is rounded down, and the score counts whole."""
    asked = {year: int(number(pounds) * 100) for year, pounds in row["by_year"].items()}
    whole = sum(asked.values()) or int(number(row["price"] or 0) * 100)
    paid, so_far = {}, 0
    for year, part in asked.items():
        before, so_far = so_far, so_far + part
        paid[year] = pence * so_far // whole - pence * before // whole
    return {**row, "share": named(pence, whole, taken), "cost": pence, "later": False, "by_year": paid}


def offers(division: Division, row: Row) -> list[Row]:
    """Give the one sum that a bid is offered, by the panel, its rank or its score; none where it is too little."""
    amounts = division.amounts
    ask = int(number(row["price"] or 0) * 100)
    by_score = share(amounts, row["rank"], row["score"])
    unit = multiple(amounts)
    sum_ = ask if by_score == 1 else int(ask * by_score // unit) * unit
    sum_ = int(number(row["sum"]) * 100) if row.get("sum") else sum_
    row["no_sum"] = sum_ < min(Fraction(ask), least(amounts, row, ask)) or (sum_ == 0 and ask > 0)
    free = {**row, "share": Fraction(100), "cost": 0, "later": False}
    return [] if row["no_sum"] else [offer(row, sum_) if ask else free]


def cut(division: Division) -> None:
    """Cut what bids are offered by one share of their theme's budget, then by one of all, where that is published."""
    amounts, rules = division.amounts, division.rules
    limits = {
        theme: [
            number(rule["limit"]) * 100
            for rule in rules
            if rule.get("limit") is not None
            and rule["kind"] == ("theme_budget" if theme else "budget")
            and (not theme or rule["theme"] in (theme, "*"))
        ]
        for theme in ["", *division.themes]
    }
    cost = {row["bid"]: Fraction(row["offers"][0]["cost"]) for row in division.able}
    for theme in [*division.themes, ""]:  # the programme's money is divided last
        its = [row["bid"] for row in division.able if theme in ("", row["theme"])]
        whole = sum((cost[bid] for bid in its), Fraction(0))
        share_ = min([Fraction(1), *(limit / whole for limit in limits[theme] if whole)])
        cost.update({bid: cost[bid] * share_ for bid in its})
    for row in division.able:
        ask, before = int(number(row["price"] or 0) * 100), row["offers"][0]["cost"]
        sum_ = before if cost[row["bid"]] == before else int(cost[row["bid"]] // multiple(amounts)) * multiple(amounts)
        row["no_sum"] = sum_ < min(Fraction(ask), least(amounts, row, ask)) or (sum_ == 0 and ask > 0)
        row["offers"] = [] if row["no_sum"] else [offer(row, sum_) if sum_ < before else row["offers"][0]]
    division.able = [row for row in division.able if row["offers"]]


def part(division: Division, row: Row, had: list[Row], over: Any) -> Any:
    """Give the part award that what is left offers a bid at its turn; None where money is not all that is in its way.

    Parameters
    ----------
    over : says of awards whether they break a rule that no further award can mend.
    """
    amounts, whole = division.amounts or {}, row["offers"][0]
    listed = amounts.get("rest") == "offered" and division.policy["method"] == "priority"
    if not listed or over([*had, {**whole, "cost": 0}]):
        return None
    low, high, unit = 0, whole["cost"] // multiple(amounts), multiple(amounts)
    while low < high:  # the most that breaks nothing; less money breaks less
        middle = (low + high + 1) // 2
        low, high = (low, middle - 1) if over([*had, {**whole, "cost": middle * unit}]) else (middle, high)
    fits = low * unit
    if not fits or fits < least(amounts, row, int(number(row["price"] or 0) * 100)):
        return None
    made = {**offer(row, fits, {one["share"] for one in row["offers"]}), "rest": True}
    return None if over([*had, made]) else made  # it may be less of the ask than is published as the least


def differences(divide: Any, outcome: Any) -> Iterator[str]:
    """Give what differs in awards that people chose: by the method alone, as chosen, and what the choice changed.

    Parameters
    ----------
    divide : makes the division of what is said of it.
    outcome : the whole of it; where the run is blocked, no choice counts.
    """
    said = outcome["allocation"]
    whole = divide(said)
    terms, rows = whole.criteria.get("final_choice"), whole.rows
    made = {row["bid"]: row["chosen"] for row in rows.values() if row.get("chosen")}
    for award in said["awards"]:
        if award.get("payments", []) != paid(whole.amounts or {}, int(number(award["amount"]) * 100)):
            yield f"{award['bid']}'s tranches are not those that are published."
    if "choice" not in said:
        if made and outcome["status"] not in ("blocked", "infeasible", "not_proven"):
            yield "people chose, and the awards are not told as chosen."
        yield from whole.differences()
        return
    if not terms or not made:
        yield "awards are said to be chosen, and nobody chose, or a choice was not published."
        return
    told = said["choice"]
    alone = divide(told["by_rank"])
    yield from alone.differences()
    before, after = ({one["bid"]: one for one in each["awards"]} for each in (told["by_rank"], said))
    out = {bid for bid, one in made.items() if not one["funded"]}
    wanted = ({*before} | {*made}) - out
    if set(after) != wanted:
        yield f"by the choice {sorted(wanted)} are funded, and {sorted(after)} are said to be."
    other = sorted(bid for bid in {*before} & {*after} if before[bid] != after[bid])
    yield from (f"{bid} is kept, and its award is not as it was." for bid in other)
    yield from as_recorded(told, terms, made, rows, before)
    if told["gained"] != sorted(wanted - set(before)) or told["lost"] != sorted(set(before) - wanted):
        yield "whom the choice gained or lost an award is not what it is said to be."
    yield from too_far(terms, alone, set(before), wanted)
    yield from over_first(told, alone, set(before), wanted)
    yield from as_chosen(whole, after)


def as_recorded(told: Any, terms: Any, made: Row, rows: dict[str, Row], before: Row) -> Iterator[str]:
    """Compare every choice with the decision that recorded it, and its ground with those that were published."""
    if sorted(one["bid"] for one in told["chosen"]) != sorted(made):
        yield "outcome.json does not tell every choice that was made."
    grounds = {one["id"].casefold(): one["text"] for one in terms.get("ground", [])}
    for one in told["chosen"]:
        own = made.get(one["bid"], {})
        facts = [own.get(key) for key in ("funded", "person", "date", "reason")]
        if [one[key] for key in ("funded", "person", "date", "reason")] != facts:
            yield f"the choice about {one['bid']} is told otherwise than it was recorded."
        if grounds.get(str(own.get("ground", "")).strip().casefold()) != one["ground"]:
            yield f"the choice about {one['bid']} rests on a ground that was not published."
        if one["before"] != (one["bid"] in before) or one["rank"] != rows[one["bid"]]["rank"]:
            yield f"the rank of {one['bid']}, or what the method made of it, is told otherwise than it is."


def as_chosen(division: Division, after: dict[str, Row]) -> Iterator[str]:
    """Count the awards as chosen, and hold every rule against them."""
    funded = [division.offers[bid, number(one["level"][:-1])] for bid, one in after.items()]
    total = sum((row["score"] for row in funded), Fraction(0))
    sums = {"cost": Fraction(division.cost(funded), 100), "total_score": total}
    yield from (f"the awards' {k} as chosen is {sums[k]}." for k in sums if number(division.said[k]) != sums[k])
    yield from division.ruled(funded)


def order(row: Row) -> list[Any]:
    """Give the place of a bid in its theme, the lowest best."""
    return [row["rank"]] if row["index"] is not None else [-row["score"], row["rank"]]


def too_far(terms: Any, division: Division, before: set[str], after: set[str]) -> Iterator[str]:
    """Find bids that were chosen from further behind the best one left out than is published, or beside all."""
    for row in (row for row in division.able if row["bid"] in after - before):
        its = [one for one in division.able if one["theme"] == row["theme"]]
        if not terms.get("adds") and not any(one["bid"] in before - after for one in its):
            yield f"{row['bid']} is chosen, and no bid of its theme is left out for it."
        best = min((one for one in its if one["bid"] not in after), key=lambda one: order(one), default=row)
        ranks, points = row["rank"] - best["rank"], best["score"] - row["score"]
        if order(best) < order(row):
            far = terms.get("ranks") is not None and ranks > terms["ranks"]
            if far or (terms.get("points") is not None and points > number(terms["points"])):
                yield f"{row['bid']} is chosen from further behind {best['bid']} than is published."


def over_first(told: Any, division: Division, before: set[str], after: set[str]) -> Iterator[str]:
    """Find themes in which the bid ranked first lost its award to others, of which that is not told."""
    found = []
    for theme in sorted({row["theme"] for row in division.able}):
        its = sorted((row["bid"], row["rank"]) for row in division.able if row["theme"] == theme)
        first = [bid for bid, rank in its if rank == 1 and bid not in after]
        instead = [bid for bid, rank in its if rank > 1 and bid in after]
        if instead and {*first} & before:
            found.append({"theme": theme, "first": first, "instead": instead})
    if told["over_first"] != found:
        yield "where the choice passes over what is ranked first is told otherwise than it is."


def paid(amounts: Any, pence: int) -> list[Row]:
    """Give an award's tranches: each but the last is rounded down to the penny, and the last is the rest."""
    found: list[Row] = []
    left = pence
    for one in amounts.get("tranche", []):
        last = len(found) + 1 == len(amounts["tranche"])
        part_ = left if last else int(pence * number(one["share"]) / 100)
        found.append({"when": one["when"], "amount": f"{part_ // 100}.{part_ % 100:02}"})
        left -= part_
    return found


def parts(division: Division) -> dict[Any, Row]:
    """Give the part awards that are told, as what their bids are offered: whether that was left, the list says."""
    found = {}
    able = {row["bid"]: row for row in division.able}
    for award in division.said["awards"] if (division.amounts or {}).get("rest") == "offered" else []:
        share_, pence, row = number(award["level"][:-1]), int(number(award["amount"]) * 100), able.get(award["bid"])
        if row and share_ not in {one["share"] for one in row["offers"]} and 0 < pence < row["offers"][0]["cost"]:
            taken = {one["share"] for one in row["offers"]}
            found[row["bid"], share_] = {**offer(row, pence, taken), "rest": True}
    return found


def in_order(division: Division) -> bool:
    """Say whether lists go by ranks also between equal scores: by keys that are newer than the first seals."""
    newer = {"received", "draw"} & {*division.criteria["tie_break"]["order"]}
    return bool(newer or division.amounts or division.criteria.get("final_choice"))


def heads(division: Division, left: list[Row]) -> list[Row]:
    """Give the equal bids whose turn it can be: of each theme those of the best rank, where ranks are gone by."""
    if not in_order(division):
        return left
    best = {
        theme: min(row["rank"] for row in left if row["theme"] == theme) for theme in {row["theme"] for row in left}
    }
    return [row for row in left if row["rank"] == best[row["theme"]]]


def known(division: Division, names: list[str]) -> bool:
    """Say whether every award of a set is at a level that bids are offered; part awards stand in their own set only."""
    parts = [name.partition(" at ") for name in names]
    return all((bid, number(level.rstrip("%") or 100)) in division.offers for bid, _, level in parts)
