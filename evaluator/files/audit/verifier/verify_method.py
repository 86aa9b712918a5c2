"""Follow the published method of award to the awards, for `verify.py`, which calls this file where it lies beside it.

A list (`priority`, `fixed_lots`) is gone down once more. The best set of awards (`optimise`) is held against every
other set where there are few bids, and else against every set in which one award is different. Ties, a published draw,
the bids that are passed over and the reserve list follow from the scores. Standard library only, Python 3.9 or later.
"""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from hashlib import sha256
from itertools import groupby
from math import lcm
from pathlib import Path
from runpy import run_path
from typing import Any

BESIDE = Path(__file__).with_name("verify_choice.py")
PARTS: dict[str, Any] = run_path(str(BESIDE)) if BESIDE.is_file() else {}
CHECKED = "; the method, ties and reserves"
MARKS = Path(__file__).with_name("verify_marks.py")  # works marks out that no panel agreed
marks_made = run_path(str(MARKS))["marks_made"] if MARKS.is_file() else lambda *_: [f"{MARKS.name} is missing."]
LONGEST = 8_000  # characters of a number: a longer one is not built
TRIED: list[str] = []  # how far awards were held against other sets; nothing where against each, or where a list led
EXCHANGED = 1_000  # sets up to which each award is tried in the place of each other
SHOWN, FEW, MANY = 20, 16, 600  # bids by their levels, and sets of awards, up to which each set is looked at
Row = dict[str, Any]  # a bid at one of its levels, as verify.py worked it out
Division = Any  # what verify.py knows of the division: policy, said, rules, rows, able (the bids that can be funded)


@cache  # each text is read once
def number(each: Any) -> Fraction:
    """Read a number exactly; one that is longer than any figure, or has such an exponent, is not built."""
    if len(str(each)) > LONGEST or len(str(each).lower().partition("e")[2]) > 4:
        raise ValueError(f"{str(each)[:20]}... is longer than any number")
    return Fraction(each)


def formulas(text: str) -> Row:
    """Give each published name its formula, which is computed over the awards (rows): more is better."""
    return {line.split(": ", 1)[0]: compile(line.split(": ", 1)[1], line, "eval") for line in text.splitlines()}


OBJECTIVES = formulas("""total_score: sum(row["score"] for row in rows)
score_by_money: sum(row["score"] * row["cost"] for row in rows)
score_by_people: sum(row["score"] * (row["people"] or 0) for row in rows)
score_by_theme: sum(row["score"] * number(weights[row["theme"]]) for row in rows)
wards_covered: len({ward for row in rows for ward in row["wards"]})
groups_covered: len({group for row in rows for group in row["groups"]})
outcomes_covered: len({outcome for row in rows for outcome in row["outcomes"]})
lower_cost: -sum(row["cost"] for row in rows)
fewer_awards: -len(rows)""")
TURNS = (
    "lower_cost",
    "wards_covered",
    "groups_covered",
    "outcomes_covered",
    "score_by_people",
)  # tell single bids apart
RANKED = ("merit_order", "fund_first", "linked")  # what asks for other bids too is no limit on one


def worth(division: Division, rows: list[Row], objectives: Any) -> list[Any]:
    """Give what awards reach of each objective."""
    names = {"rows": rows, "weights": division.policy.get("theme_weights"), "number": number}
    return [eval(OBJECTIVES[each], names) for each in objectives]


def stages(division: Division) -> list[str]:
    """List the objectives, then the tie-breaks, each once."""
    return list(dict.fromkeys(division.policy["objective"] + division.policy["tie_break"]))


def broken(division: Division, rows: list[Row], on_the_way: bool = False) -> list[str]:
    """Name the rules that awards break; on the way to a set of awards, only limits that no further award can mend."""
    mended = [rule for rule in division.rules if rule.get("of") == "awarded" or rule["kind"] == "merit_order"]
    rules = [rule for rule in division.rules if not (on_the_way and rule in mended)]
    return list(breaches(division, rules, rows, on_the_way))


def breaches(division: Division, rules: list[Row], rows: list[Row], on_the_way: bool = False) -> Iterator[str]:
    """Name the rules, one by one, that awards break."""
    lines = ((rule["id"], line) for rule in rules for line in division.lines(rule, rows))
    yield from (rule for rule, (_, _, over, short) in lines if over or (short and not on_the_way))


def keeps(division: Division, rows: list[Row]) -> bool:
    """Say whether awards break no rule; an order of merit takes longest to follow, so it is asked last."""
    rules = sorted(division.rules, key=lambda rule: bool(rule["kind"] == "merit_order"))
    return next(breaches(division, rules, rows), None) is None


def over(division: Division, rule: Row, rows: list[Row]) -> bool:
    """Say whether awards are over what a rule allows, whatever it asks for at least."""
    return any(over for _, _, over, _ in division.lines(rule, rows))


def lowest(division: Division, row: Row) -> Row:
    """Give a bid at its lowest usable level; at its lowest of all where none is usable."""
    levels = [rule for rule in division.rules if rule["kind"] == "least_level"]
    usable = [offer for offer in row["offers"] if not any(over(division, rule, [offer]) for rule in levels)]
    return min(usable or row["offers"], key=lambda offer: offer["share"])


def alone(division: Division, row: Row) -> bool:
    """Say whether a bid is within every limit by itself, at its lowest usable level."""
    limits = [rule for rule in division.rules if rule.get("of") != "awarded" and rule["kind"] not in RANKED]
    return not any(over(division, rule, [lowest(division, row)]) for rule in limits)


def by_merit(division: Division, rule: Row, theme: str, funded: list[Row]) -> Any:
    """Name the bids that are to be funded first, or count those that are passed over without a ground."""
    its = [row for row in division.able if row["theme"] == theme]
    place = {row["bid"]: standing(division, rule, row, its) for row in its}
    if rule["kind"] == "fund_first":
        ranks = {bid: 1 + sum(other < here for other in place.values()) for bid, here in place.items()}
        ranks = {row["bid"]: row["rank"] if len(place[row["bid"]]) == 1 else ranks[row["bid"]] for row in its}
        least, last = rule.get("score"), int(rule.get("rank") or 0)
        first = [row for row in its if (ranks[row["bid"]] <= last if last else row["score"] >= Fraction(least or 0))]
        return {row["bid"] for row in first if alone(division, row)}
    had, count, gap = {row["bid"] for row in funded}, 0, Fraction(rule["max_gap"])
    for row in [row for row in its if row["bid"] not in had]:
        worse = [one["score"] for one in its if one["bid"] in had and place[one["bid"]] > place[row["bid"]]]
        if worse and not (gap and row["score"] - min(worse) <= gap) and alone(division, row):
            beside = [one for one in funded if one["theme"] != theme or place[one["bid"]] <= place[row["bid"]]]
            count += not ground(division, rule, row, beside)
    return count


def standing(division: Division, rule: Row, row: Row, its: list[Row]) -> Any:
    """Give the place of a bid in its theme, the lowest best: by index, by score, or by band and what decides there."""
    if rule.get("bands"):
        values = worth(division, [{**row["offers"][0], "score": 1}], rule["tie_break"])
        return [sum(row["score"] < Fraction(edge) for edge in rule["bands"]), *(-value for value in values)]
    by_index = any(each["index"] is not None for each in its)
    return [row["rank"]] if by_index else [-row["score"], row["rank"]]


def ground(division: Division, rule: Row, row: Row, beside: list[Row]) -> bool:
    """Say whether a bid, tried with all that are linked with it, would break a rule that its merit order names."""
    names, linked = {row["bid"]}, [{*each["bids"]} for each in division.rules if each["kind"] == "linked"]
    for _ in linked:
        names |= {bid for bids in linked if bids & names for bid in bids}
    tried = [one for one in division.able if one["bid"] in names]
    trial = [one for one in beside if one["bid"] not in names] + [lowest(division, one) for one in tried]
    for each in division.rules:
        money = rule["unaffordable"] == "pass_over" and each["kind"] in ("budget", "year_budget", "theme_budget")
        bound = each["id"] in rule["passes_over"] and (each["kind"] != "linked" or names & {*each["bids"]})
        if (money or bound) and over(division, each, trial):
            return True
    return False


def key(row: Row) -> tuple[str, Any, bool]:
    """Give what tells an award from others: the bid, the share of its ask, and whether leftovers pay it."""
    return row["bid"], row["share"], row["later"]


def named(division: Division, names: list[str]) -> list[Row]:
    """Find the bids and levels of a set of awards by the names that outcome.json gives them: `B1`, `B2 at 60%`."""
    parts = [name.partition(" at ") for name in names]
    return [division.offers[bid, number(level.rstrip("%") or 100)] for bid, _, level in parts]


def in_turn(division: Division) -> list[list[Row]]:
    """Give the bids in the order of the list: best score first, then by each tie-break; equal bids together."""
    levels = [each for each in division.policy["tie_break"] if each in TURNS]
    turns = {}
    for row in division.able:
        values = worth(division, [{**row["offers"][0], "score": 1}], levels)  # of people, and not of their score
        turns[row["bid"]] = [-row["score"], *(-value for value in values)]
    ordered = sorted(division.able, key=lambda row: (turns[row["bid"]], row["bid"]))
    return [list(equal) for _, equal in groupby(ordered, key=lambda row: turns[row["bid"]])]


def in_places(division: Division, theme: str, had: set[str]) -> Iterator[list[Row]]:
    """Give the bids of a theme that wait, those that share a place together."""
    for equal in in_turn(division):
        its = [row for row in equal if row["theme"] == theme and row["bid"] not in had]
        ranks = sorted({row["rank"] for row in its}) if PARTS["in_order"](division) else [0]
        yield from ([row for row in its if row["rank"] == rank or not rank] for rank in ranks)


def differences(division: Division, funded: list[Row]) -> Iterator[str]:
    """Give what differs between outcome.json and what the published method leads to."""
    yield from refusals(division)
    if division.policy["method"] == "optimise":
        yield from optimised(division, funded)
    else:
        yield from listed(division, funded)
    yield from figures(division, funded)
    yield from chosen(division)
    yield from waiting(division, funded) if division.said["tied"] else []


def refusals(division: Division) -> Iterator[str]:
    """Check that those are refused for their score, or for what a person decided, of whom this is so."""
    able = {row["bid"] for row in division.able}
    for each in division.said["not_awarded"]:
        row = division.rows[each["bid"]]
        state = "no_sum" if row.get("no_sum") else row["status"].replace("ranked", "below_minimum_score")
        if (each["reason"] == state) == (each["bid"] in able) or each["theme"] != row["theme"]:
            yield f"{each['bid']} is not to be refused as {each['reason']} in {each['theme']}."


def every_set(division: Division) -> list[list[Row]]:
    """Give every set of awards within the limits; nothing at all where there are too many."""
    sets: list[list[Row]] = [[]]
    if len(division.offers) > FEW:
        return []
    for row in division.able:
        more = [[*one, offer] for one in sets for offer in row["offers"]]
        sets += [one for one in more if not broken(division, one, on_the_way=True)]
        if len(sets) > MANY:  # and none is ever taken away
            return []
    return sets


def optimised(division: Division, funded: list[Row]) -> Iterator[str]:
    """Hold the awards against every other set of awards, or against those in which one award is different."""
    said, sets = division.said, every_set(division)
    if not sets:
        rest = [(row, [one for one in funded if one["bid"] != row["bid"]]) for row in division.able[:MANY]]
        sets = [[], *([*its, *one] for row, its in rest for one in ([], *([offer] for offer in row["offers"])))]
        had = {row["bid"] for row in funded}
        others = [offer for row in division.able if row["bid"] not in had for offer in row["offers"]]
        places = len(had) * len(others) <= EXCHANGED
        sets += [[*its, offer] for row, its in rest if row["bid"] in had for offer in others] if places else []
        how = "one award differs, or takes another's place," if places else "one award differs"
        TRIED.append(f"{len(division.able)} bids: sets in which {how} were tried")
    if said["status"] == "infeasible":
        kept = [one for one in sets if keeps(division, one)]
        yield from (f"the rules are said not to hold together; {names_of(one)} would keep them." for one in kept[:1])
    if said["status"] == "proven":
        yield from better(division, funded, sets)
        yield from as_good(division, funded)


def better(division: Division, funded: list[Row], sets: list[list[Row]]) -> Iterator[str]:
    """Find sets that keep every rule and are better than the awards, or as good and not told of."""
    said, objectives = division.said, stages(division)
    here, told = worth(division, funded, objectives), [set(map(key, named(division, one))) for one in said["tied"]]
    for one in sets:
        reached = worth(division, one, objectives)
        missing = reached == here and said["tied_complete"] and set(map(key, one)) not in told
        if (reached > here or missing) and keeps(division, one):
            other = names_of([row for row in one if row not in funded])
            words = "as good, which is not told" if missing else "better, so these awards are not the best"
            yield f"{other} could be funded within every rule and would be {words}."


def as_good(division: Division, funded: list[Row]) -> Iterator[str]:
    """Check that the sets which are said to be equal to the awards are, and keep every rule."""
    here = worth(division, funded, stages(division))
    for one in division.said["tied"]:
        rows = named(division, one)
        if worth(division, rows, stages(division)) != here or broken(division, rows):
            yield f"{names_of(rows)} are said to be as good, and are not."


def names_of(rows: list[Row]) -> str:
    """Name awards for a sentence."""
    return ", ".join(f"{row['bid']} at {float(row['share']):g}%" for row in rows) or "no award"


def listed(division: Division, funded: list[Row]) -> Iterator[str]:
    """Go down the list to the awards, and to each set that is said to come of another order of equal bids."""
    said = division.said
    if said["status"] != "proven":
        ends = walk(division, [])
        rules = broken(division, ends)
        if not rules:
            yield f"the list is said not to meet the rules, and leads to {names_of(ends)}, which keep them."
        elif all(len(equal) == 1 for equal in in_turn(division)):  # else outcome.json may speak of another order
            yield from division.ruled(ends)
            if said["conflict"] != list(dict.fromkeys(rules)):
                yield f"the list leads to awards that break {rules}; outcome.json says {said['conflict']}."
        return
    tied = [names for names in said["tied"][1:SHOWN] if not division.amounts or PARTS["known"](division, names)]
    for one in [funded, *(named(division, names) for names in tied)]:
        ends = walk(division, one)
        wrong = {row["bid"] for row in one} ^ {row["bid"] for row in ends}
        wrong |= {row["bid"] for row in one if one is funded and row not in ends}
        words = "is not funded, or not so, where the list leads"
        yield from (
            f"{bid} {words if bid in {row['bid'] for row in one} else 'is passed over'}." for bid in sorted(wrong)
        )
        yield from (f"the list leads to awards that break rule {rule}." for rule in broken(division, ends))


def walk(division: Division, told: list[Row]) -> list[Row]:
    """Go down the list; equal bids take their turns in the order that leads to what is told, if there is one."""
    had: list[Row] = []
    ended: set[str] = set()  # themes whose list has stopped
    for later in (False, True) if division.policy.get("leftovers") else (False,):
        for equal in in_turn(division):
            left = [row for row in equal if row["bid"] not in {one["bid"] for one in had}]
            while left := [row for row in left if later or row["theme"] not in ended]:
                row, offer = next_of(division, PARTS["heads"](division, left), had, later, told)
                left = [one for one in left if one is not row]
                if offer:
                    had.append(offer)
                if (not offer or offer.get("rest")) and division.policy["on_unaffordable"] == "stop" and not later:
                    ended.add(row["theme"])
    return had


def next_of(division: Division, left: list[Row], had: list[Row], later: bool, told: list[Row]) -> tuple[Row, Any]:
    """Choose whose turn it is: first whoever gets what is told, then whoever gets nothing, then anyone."""
    turns = []
    for row in left:
        offers = ({**offer, "later": later} for offer in row["offers"])
        fits = next((one for one in offers if not broken(division, [*had, one], on_the_way=True)), None)
        if fits is None and division.amounts:
            fits = PARTS["part"](division, row, had, lambda rows: broken(division, rows, on_the_way=True))
        order = 1 if fits is None else 0 if fits in told else 2 if {**fits, "later": False} in told else 3
        turns.append((order, row["bid"], row, fits))
    return min(turns, key=lambda turn: turn[:2])[2:]


def figures(division: Division, funded: list[Row]) -> Iterator[str]:
    """Compare every further figure of the allocation that rests on scores and awards."""
    said, total = division.said, sum((row["score"] for row in funded), Fraction(0))
    told: list[tuple[str, str, Any]] = [("tied allocations", str(said["tied_allocations"]), len(said["tied"]))]
    optimised = division.policy["method"] == "optimise"
    if said["status"] != "not_proven":
        known = not optimised or not said["tied"] or "total_score" in stages(division)  # else all that bids could score
        told.append(
            ("upper bound", said["upper_bound"], total if known else sum(max(row["score"], 0) for row in division.able))
        )
    yield from by_stages(division, funded) if optimised and said["status"] == "proven" else []
    here = {"total_score": total, "cost": Fraction(division.cost(funded), 100), "awards": len(funded)}
    here["wards_covered"] = len({ward for row in funded for ward in row["wards"]})
    methods = [each for each in said["methods"] if each["published"] or each["method"] == division.policy["method"]]
    told += [(f"{key} by {each['method']}", str(each[key]), here[key]) for each in methods for key in here]
    if len(methods) != 1:
        yield "the published method is not told once, as one of the methods beside each other."
    yield from (
        f"{what} is said to be {text}, and comes to {value}." for what, text, value in told if number(text) != value
    )
    keys = ("bid", "theme", "score", "cost", "outscored")
    over = [
        [number(each[key]) if key in ("score", "cost") else each[key] for key in keys] for each in said["passed_over"]
    ]
    if over != passed_over(division, funded):
        yield "the bids that are passed over, or whom they outscored, are not those that outcome.json names."


def by_stages(division: Division, funded: list[Row]) -> Iterator[str]:
    """Check what each stage of the optimisation is said to reach, in its own unit, and to be proven by its bound."""
    objectives, proof = stages(division), division.said["proof"]["stages"]
    if [each["objective"] for each in proof] != objectives:
        yield "the stages of the optimisation are not the published objectives."
        return
    scores = [offer["score"] for row in division.rows.values() for offer in row.get("offers", [])]
    scores += [row["score"] for row in division.rows.values() if row.get("no_sum")]
    weights = [number(weight) for weight in division.policy.get("theme_weights", {}).values()]
    places = next(places for places in range(41) if all((10**places * weight).denominator == 1 for weight in weights))
    unit = lcm(*(score.denominator for score in scores))
    units: Row = {"score_by_theme": unit * 10**places, "score_by_money": unit, "score_by_people": unit}
    units.update(lower_cost=Fraction(-1, 100), fewer_awards=-1)  # told in pounds, and as people count
    for each, value in zip(proof, worth(division, funded, objectives)):  # noqa: B905 - Python 3.9 has no strict
        what = each["objective"]
        reached = value * units.get(what, 1)
        if number(each["value"]) != reached or each["bound"] != each["value"] or not each["proven"]:
            yield f"stage {what} is said to reach {each['value']} of {each['bound']}; it reaches {reached}."


def passed_over(division: Division, funded: list[Row]) -> list[Any]:
    """List the bids without an award that scored more than funded bids of their theme, best first, with these."""
    found, had = [], {row["bid"] for row in funded}
    for row in division.rows.values():
        its = [
            division.rows[bid]
            for bid in sorted(had)
            if row.get("offers") and division.rows[bid]["theme"] == row["theme"]
        ]
        lower = [one for one in its if one["score"] < row["score"]]
        if lower and row["bid"] not in had:
            cost = Fraction(max(one["cost"] for one in row["offers"]), 100)
            found.append([row["bid"], row["theme"], row["score"], cost, [one["bid"] for one in lower]])
    return sorted(found, key=lambda one: (-one[2], one[0]))


def chosen(division: Division) -> Iterator[str]:
    """Check which of the sets that stay equal is recommended: the first by name, or the one that a draw decides."""
    said, seed = division.said, division.policy.get("draw_seed")
    tickets = sorted([sha256("\n".join([seed or "", *one]).encode()).hexdigest(), one] for one in said["tied"])
    drawn = bool(seed and said["tied_complete"] and len(said["tied"]) > 1)
    if said["draw"] != ({"seed": seed, "tickets": tickets} if drawn else None):
        yield "the published draw, drawn again, comes out otherwise."
    first = tickets[0][1] if drawn else min(said["tied"], default=[])
    awards = sorted(said["awards"], key=lambda award: award["bid"])
    names = [award["bid"] + (f" at {award['level']}" if award["level"] != "100%" else "") for award in awards]
    order = [first, *sorted(one for one in said["tied"] if one != first)] if first or said["tied"] else []
    if said["tied"] != order or names != first:
        yield "the awards are not the first of the sets that are said to be equal, nor the one that is drawn."


def waiting(division: Division, funded: list[Row]) -> Iterator[str]:
    """Make the reserve lists again: the best bids of a theme that are not funded, equal bids in one place."""
    had, found = {row["bid"] for row in funded}, []
    for rule in [rule for rule in division.rules if rule["kind"] == "reserve_list"]:
        for theme in division.themes if rule["theme"] == "*" else [rule["theme"]]:
            place = 1
            for its in in_places(division, theme, had):
                here = [(row["bid"], theme, rule["id"], place, row["score"]) for row in its]
                found += here if place <= int(rule["length"]) else []
                place += len(its)
    told = [
        (each["bid"], each["theme"], each["rule"], each["place"], number(each["score"]))
        for each in division.said["reserve"]
    ]
    if told != found:
        yield f"the reserve list is {told}; by score it is {found}."
