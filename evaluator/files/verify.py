"""Recompute the scores and check the awards of an audit bundle, with nothing but Python 3.9 or later.

Call it as `python3 verify.py bundle.zip`, or as `python3 verify.py` in an unpacked bundle. It was written apart,
sharing no code with the evaluator, so that a mistake in one of the two shows. It holds data/criteria.json and
data/bids.json against outputs/outcome.json, and ends with 0 where all that was checked agrees, else with 1.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

MANIFEST, CLOSING, SHOWN, WIDE, FIFTY = "manifest.json", "manifest.sha256", 20, Context(prec=90), Context(prec=50)
number = lru_cache(maxsize=None)(Fraction)  # each text is read once
Row = dict[str, Any]  # a bid: what data/bids.json says of it, and what is worked out here
NOT_CHECKED = """Not checked here, but by `evaluator replay`: that the marks are those of the workbooks, that no set of
awards is better (only that no bid could be added), that rules said to conflict do, and equality."""


def formulas(text: str) -> Row:
    """Give each published name, of which a line may have several, its formula: what stands there is computed."""
    lines = [line.split(": ", 1) for line in text.replace("\n    ", " ").splitlines()]
    return {name: compile(formula, name, "eval") for names, formula in lines for name in names.split()}


# price and quality are an offer's own (pounds, quality points), before the number of lower prices, full the points
# available; of the ranked offers low, high and average are the lowest, highest and mean price, bend 1.025 times their
# median, mid the discount of their mean, best and worst their quality; all other names are published parameters.
POINTS = formulas("""lowest_price_ratio qcbs georgia_ratio french_classic spain_proportional: full * low / price
range consip_range: full * (high - price) / (high - low) if high > low else full
linear_above_lowest pppfa french_linear: kept((zero_at - price / low) / (zero_at - 1), clip)
fixed_limits weighted_score_limits: kept((highest - price) / (highest - lowest), clip)
mean_deviation: kept(at_mean / 100 - per_percent * (price / average - 1), clip)
linear_whole_points: min(full, rounded(kept(2 - price / low), 0, {0: "half_up", 1: "up", -1: "down"}[direction]))
highest_income_ratio pppfa_income: full * price / high
graduated_to_inflection: kept(1 - ((min(price, bend) - low) / 10 + per_percent_above * max(price - bend, 0)) / low)
damped_discount: full * off(price) / max(off(low), least_best / 100)
discount_ratio: full * off(price) / (off(low) or 1)
bilinear_discount: 0 if off(price) == 0 else full * (at_mean * (min(off(price), mid) / mid if mid else 1)
    + (1 - at_mean) * max(off(price) - mid, 0) / (off(low) - mid or 1))
narbona: kept(lowest / (budget - lowest) * (budget - price) / price)
logarithm: kept(1 - fifty("logarithm", price / low, zero_at), clip)
ranking_points: kept(1 - step * before / 100)""")
HIGHEST_FIRST = formulas("""value_for_money vfm_index benefit_per_dollar: factor * quality / price
weighted_value_for_money: factor * fifty("power", max(quality, 0), quality_weight / cost_weight) / price
utility_index: (1 - n * (best - quality) / full_quality) * low / price
normalised_both_sides: (quality_points * quality / best if best > 0 else 0) + price_points * low / price
quality_coefficient_income: price * (1 + most * quality / full_quality / (1 - most))""")
LOWEST_FIRST = formulas("""price_per_quality_point: price / quality
award_on_value monetised_willingness_to_pay gunnen_op_waarde: price - per_point * quality
quality_adjusted_price quebec: price * (100 + best - quality) / 100
quality_coefficient prozorro: price / (1 + most * quality / full_quality / (1 - most))
relative_value_for_cost: price * (worst + highest_score) / (quality + highest_score)""")
VALUES = {**HIGHEST_FIRST, **LOWEST_FIRST}  # an index or an adjusted price, which is the total
PARAMETERS = {"zero_at": 2, "clip": 1, "at_mean": 50, "per_percent": 1, "factor": 1, "n": 1}  # unless published
PARAMETERS.update(full_quality=100, highest_score=100)
BASES = formulas("""whole_life: price
unit_cost: price / people
yearly: price / len(years)
discounted: sum(paid / (1 + rate / 100) ** at for at, paid in enumerate(years))""")
COUNTED = formulas("""budget year_budget theme_budget organisation_money: sum(
    number(row["by_year"][rule["year"]] if rule.get("year") else row["price"]) for row in rows)
theme_awards organisation_awards exclusive linked must_fund: len(rows)
capacity: sum(number(row["hours"]) for row in rows)
ward_floor: len({ward for row in rows for ward in row["wards"]})
group_floor: sum(rule["group"] in row["groups"] for row in rows)
outcome_floor: sum(rule["outcome"] in row["outcomes"] for row in rows)
small_share: sum(number(row["price"]) * (100 * row["small"] - number(rule["least"])) for row in rows)
reserve_list: 0""")
NEWER = ("carry_over", "committed", "themes", "ward", "of")  # keys under which a rule counts in another way
ORDERS = formulas("""lower_cost: number(row["price"])
wards_covered: -len(set(row["wards"]))
groups_covered: -len(set(row["groups"]))
outcomes_covered: -len(set(row["outcomes"]))
score_by_people: -(row["people"] or 0)""")


def read(place: Path) -> dict[str, bytes]:
    """Give every file of a bundle by name, from the zip archive or from the folder that it was unpacked into."""
    if place.is_dir():
        known = ("data", "inputs", "outputs", MANIFEST, CLOSING, "verify.py")
        paths = [path for name in known for path in (place / name, *(place / name).rglob("*")) if path.is_file()]
        return {path.relative_to(place).as_posix(): path.read_bytes() for path in paths}
    with zipfile.ZipFile(place) as archive:
        if len(archive.NameToInfo) < len(archive.filelist):
            raise ValueError("a name stands in the archive twice")
        return {name: archive.read(name) for name in archive.namelist()}


def check_files(files: dict[str, bytes]) -> Iterator[str]:
    """Compare every file with the manifest, and the manifest with the sum that the bundle was closed with."""
    if files[CLOSING] != f"{hashlib.sha256(files[MANIFEST]).hexdigest()}\n".encode():
        yield "manifest.json is not the one that the bundle was closed with."
    listed = json.loads(files[MANIFEST])["files"]
    for name in sorted((set(listed) | set(files)) - {MANIFEST, CLOSING}):
        if name not in files or name not in listed:
            yield f"{name} is listed and missing." if name in listed else f"{name} is not listed: it was added."
        elif hashlib.sha256(files[name]).hexdigest() != listed[name]:
            yield f"{name} was changed."


def check_seal(files: dict[str, bytes], outcome: Any) -> Iterator[str]:
    """Compare the published criteria with the fingerprints that the manifest, the outcome and the seal name."""
    found, seal = hashlib.sha256(files["data/criteria.json"]).hexdigest(), files.get("inputs/criteria/seal.json")
    said = {MANIFEST: json.loads(files[MANIFEST])["criteria"], "outcome.json": outcome["criteria"]}
    yield from (f"{name} names other criteria." for name in said if said[name]["fingerprint"] != found)
    sealed = json.loads(seal)["sha256"] if seal else None
    if outcome["criteria"]["seal"] != sealed:
        yield "outcome.json names another seal than the one among the inputs."
    if sealed != found and outcome["status"] != "blocked":
        yield "the criteria are not the sealed ones, and yet the run is not blocked."


def rounded(value: Fraction, places: int, mode: str) -> int:
    """Round once, by the published places and mode, to units of the last place; half_up takes halves away from 0."""
    whole, rest = divmod(abs(value) * 10**places, 1)
    near = rest * 2 > 1 or (rest * 2 == 1 and (mode == "half_up" or whole % 2 == 1))
    return int(whole + {"up": rest > 0, "down": False}.get(mode, near)) * (-1 if value < 0 else 1)


def fifty(what: str, value: Fraction, by: Fraction) -> Fraction:
    """Give a logarithm or a power, which no fraction can hold, to 50 figures; a whole power exactly."""
    if what == "power" and (by.denominator == 1 or value == 0):
        return Fraction(value) ** by.numerator
    one, other = (WIDE.divide(Decimal(each.numerator), Decimal(each.denominator)) for each in (value, by))
    found = WIDE.power(one, other) if what == "power" else WIDE.divide(WIDE.log10(one), WIDE.log10(other))
    return Fraction(FIFTY.plus(found))


def work_out(criteria: Any, theme: Any, bids: list[Any]) -> list[Row]:
    """Work out everything that the bids of a theme score, from their marks and prices."""
    policy = theme["price"] or criteria["price"] or {"method": "", "basis": "whole_life", "parameters": {}}
    rows = [quality(criteria, theme, dict(bid), policy) for bid in bids]
    ranked = [row for row in rows if row["status"] == "ranked"]
    method, full = policy["method"], number(theme["weights"].get("price", 0))
    if method in VALUES or (method and full):
        terms = {**PARAMETERS, **policy["parameters"], "full": full}
        price_all(ranked, method, {key: number(each) for key, each in terms.items()})
    for row in ranked:
        parts = [row["index"]] if method in VALUES else [row["quality"], row["points"] or number(0)]
        row["total"] = None if parts[0] is None else total(parts, **criteria["rounding"])
        row["score"] = row["quality"] if method in VALUES else row["total"]  # what the division of money goes by
    place(ranked, criteria["tie_break"]["order"], 1 if method in LOWEST_FIRST else -1)
    return rows


def quality(criteria: Any, theme: Any, row: Row, policy: Any) -> Row:
    """Work out a bid's quality points, whether it is above every minimum, and its price on the published basis."""
    highest = max(number(each["mark"]) for each in criteria["scale"]["mark"])
    asked = [q["id"] for q in criteria["common"] if q["id"] in theme["weights"]] + [q["id"] for q in theme["question"]]
    weights = {question: number(theme["weights"][question]) for question in asked}
    marks = {question: number(row["marks"][question]) for question in asked if row["marks"][question] is not None}
    row["quality"] = sum((weights[question] * mark / highest for question, mark in marks.items()), number(0))
    low = any(q in marks and marks[q] < number(least) for q, least in theme["minimum_marks"].items())
    low = low or row["quality"] < sum(weights.values()) * number(theme["minimum_quality"] or -(10**9)) / 100
    row["status"] = "disregarded" if row["decision"] else "below_minimum" if low else "ranked"
    lacks = row["price"] is None or (policy["basis"] == "unit_cost" and not row["people"])
    years = [] if lacks else [number(paid) for paid in row["by_year"].values() or [row["price"]]]
    offer = {"people": row["people"], "years": years, "rate": number(policy.get("discount_rate") or 0)}
    row["scored"] = None if lacks else eval(BASES[policy["basis"]], {"price": sum(years), **offer})
    row.update(scored_price=row["scored"] if policy["method"] else None, unmarked=len(marks) < len(asked))
    row.update(points=None, index=None, total=None, rank=None, tied_with=[])
    return row


def price_all(ranked: list[Row], method: str, terms: dict[str, Fraction]) -> None:
    """Give every ranked bid its price points or its index; what is divided by quality needs some."""
    rows = [row for row in ranked if method != "price_per_quality_point" or row["quality"] > 0]
    prices, qualities = sorted(row["scored"] for row in rows), sorted(row["quality"] for row in rows)
    full, budget, names = terms["full"], terms.get("budget", 1), {**globals(), **terms}
    names["kept"] = lambda share, clip=1: full * (max(0, min(1, share)) if clip else share)  # a share of the points
    names["off"] = lambda price: max(Fraction(0), 1 - price / budget)  # the discount of a price on the budget
    if rows:
        middle = prices[(len(prices) - 1) // 2] + prices[len(prices) // 2]
        names.update(low=prices[0], high=prices[-1], average=sum(prices) / len(prices), bend=middle * 41 / 80)
        names.update(worst=qualities[0], best=qualities[-1], mid=1 - names["average"] / budget)
    for row in rows:
        names.update(price=row["scored"], quality=row["quality"], before=prices.index(row["scored"]))
        row["index" if method in VALUES else "points"] = Fraction(eval({**POINTS, **VALUES}[method], names))


def total(parts: list[Fraction], point: str, places: int, mode: str, **_source: str) -> Fraction:
    """Add up the parts and round once, where the criteria say: each part, the total, or nowhere."""
    parts = parts if point == "parts" else [sum(parts, Fraction(0))]
    return parts[0] if point == "display" else Fraction(sum(rounded(one, places, mode) for one in parts), 10**places)


def place(ranked: list[Row], order: list[str], sign: int) -> None:
    """Rank by total, the best first, and then by each published tie-break; what is still equal shares its rank."""
    priced = all(row["scored"] is not None for row in ranked)
    for row in ranked:
        figures = {f"question:{q}": [-number(mark)] for q, mark in row["marks"].items() if mark is not None}
        figures.update({"quality": [-row["quality"]], "lower_price": [row["scored"]] if priced else []})
        row["key"] = [row["total"] is None, (row["total"] or 0) * sign, *(figures.get(level, []) for level in order)]
    ranked.sort(key=lambda row: row["key"])
    for _, group in groupby(list(enumerate(ranked, 1)), key=lambda each: each[1]["key"]):
        equal = list(group)
        for _, row in equal:
            row.update(rank=equal[0][0], tied_with=sorted(other["bid"] for _, other in equal if other is not row))


def check_scores(criteria: Any, outcome: Any, scored: dict[str, list[Row]]) -> Iterator[str]:
    """Compare every number of every bid with what outcome.json says: rounded as published, and exactly."""
    said = [(theme["id"], bid["bid"], bid) for theme in outcome["themes"] for bid in theme["bids"]]
    rows = {(theme, row["bid"]): row for theme, its in scored.items() for row in its}
    if sorted(each[:2] for each in said) != sorted(rows):
        yield "outcome.json and data/bids.json do not hold the same themes and bids."
        return
    for theme, bid, told in said:
        for key, value in as_written(rows[theme, bid], **criteria["rounding"]).items():
            if told[key] != value and not (key == "scored_price" and told[key] and number(told[key]) == value):
                yield f"{theme}, {bid}: {key.replace('_', ' ')} is {told[key]}, and comes to {value}."


def as_written(row: Row, places: int, mode: str, **_rest: str) -> Row:
    """Write what was worked out as outcome.json writes it."""
    same = ("bid", "organisation", "marks", "price", "status", "rank", "scored_price", "tied_with")
    shown: Row = {key: row[key] for key in same}
    values = {"quality": None if row["unmarked"] else row["quality"], "price_points": row["points"]}
    for key, value in {**values, "index": row["index"], "total": row["total"]}.items():
        exact = None if value is None else f"{value.numerator}/{value.denominator}"
        near = None if value is None else f"{Decimal(rounded(value, places, mode)).scaleb(-places, WIDE):f}"
        shown.update({key: exact} if key == "index" else {key: near, f"exact_{key}": exact})
    return shown


class _Division:  # the division of the money: what outcome.json says of it, held to the criteria
    def __init__(self, criteria: Any, said: Any, scored: dict[str, list[Row]]) -> None:
        self.policy, self.said = criteria["allocation"], said
        rules = self.policy["rule"] + [rule for theme in criteria["themes"] for rule in theme["rule"]]
        self.rules = [rule for rule in rules if rule["kind"] in COUNTED and not any(map(rule.get, NEWER))]
        self.beyond = [r["id"] for r in rules if r not in self.rules] + ["parts"] * bool(self.policy.get("level"))
        if self.policy["method"] == "fixed_lots":
            self.rules.append({"id": "fixed_lots", "kind": "theme_awards", "theme": "*", "most": 1})
        self.rows = {row["bid"]: row for its in scored.values() for row in its}
        self.themes = {"*": sorted({r["theme"] for r in [*self.rows.values(), *rules] if r.get("theme", "*") != "*"})}
        self.awards = {award["bid"]: award for award in said["awards"]}
        yearly = all(row["by_year"] for row in self.rows.values())
        for bid, row in self.rows.items():
            row["years"] = row["by_year"] if yearly else {}
            row["leftovers"] = self.awards.get(bid, {}).get("leftovers", False)
            row["able"] = row["status"] == "ranked" and row["leftovers"] <= self.policy.get("leftovers", False)
            least = self.policy.get("minimum_scores", {}).get(row["theme"], self.policy["minimum_score"])
            row["able"] = row["able"] and (least is None or row["score"] >= number(least))
        self.able = [row for row in self.rows.values() if row["able"]]

    def differences(self) -> Iterator[str]:
        """Check every award, every sum, every published rule, and what the method leads to, without a solver."""
        said, refused = self.said, [refusal["bid"] for refusal in self.said["not_awarded"]]
        listed = sorted([*(award["bid"] for award in said["awards"]), *refused]) == sorted(self.rows)
        if not listed:
            yield "awards and refusals together do not name every bid exactly once."
        if not listed or self.policy.get("level"):
            return
        for bid, award in self.awards.items():
            row = self.rows[bid]
            if not row["able"]:
                state = row["status"].replace("ranked", "under the minimum score, or paid from unpublished leftovers")
                yield f"{bid} is awarded although it is {state.replace('_', ' ')}."
            asked = {"theme": row["theme"], "level": "100%", "amount": row["price"], "by_year": row["years"]}
            differ = [key for key, value in asked.items() if award[key] != value]
            yield from (f"{bid} is awarded with {key} {award[key]}; its bid has {asked[key]}." for key in differ)
        funded = [self.rows[bid] for bid in sorted(self.awards)]
        if all(row["status"] == "ranked" for row in funded):
            sums = {"cost": sum(number(row["price"]) for row in funded)}
            sums["total_score"] = sum(row["score"] for row in funded)
            differ = [what for what, value in sums.items() if number(said[what]) != value]
            yield from (f"the awards' {each} comes to {sums[each]}; outcome.json says {said[each]}." for each in differ)
            yield from self.whole(funded)

    def whole(self, funded: list[Row]) -> Iterator[str]:
        """Check every rule by its own words, compare the answer with outcome.json, and follow the published method."""
        status, optimised = self.said["status"], self.policy["method"] == "optimise"
        if status == "infeasible" and (funded or (optimised and not any(self.broken([])))):
            yield "the rules are said not to hold together, and yet there are awards, or no award at all keeps them."
        if status != "proven" and not funded:
            return  # nothing is recommended
        broken = [*self.broken(funded)]
        told = {each["rule"] for each in self.said["rules"] if not each["holds"]} - {*self.beyond}
        yield from (f"rule {rule} is broken, and yet awards are recommended." for rule in broken)
        yield from (f"rule {rule}: outcome.json says otherwise." for rule in sorted({*broken} ^ told))
        if not optimised and not self.beyond:
            yield from self.list(funded)
        elif optimised and not self.beyond and status == "proven" and self.policy["objective"][0] == "total_score":
            yield from self.best(funded)

    def broken(self, funded: list[Row], on_the_way: bool = False) -> Iterator[str]:
        """Name the rules that awards break; on the way down a list, only what must not be exceeded counts."""
        return (r["id"] for r in self.rules if not all(self.keeps(r, p, on_the_way) for p in self.parts(r, funded)))

    def keeps(self, rule: Any, part: list[Row], on_the_way: bool) -> bool:
        """Say whether a rule holds for awards that it takes together."""
        kind, low, most = rule["kind"], rule.get("least"), rule.get("limit", rule.get("most"))
        if kind == "linked":  # all or none; none where one of them cannot be funded at all
            low = len(set(rule["bids"])) if part else 0
            most = None if set(rule["bids"]) <= {row["bid"] for row in self.able} else 0
        low = {"must_fund": 1, "small_share": 0}.get(kind, low)
        own = [row for row in part if not (row["leftovers"] and kind == "theme_budget")]  # its limit is for these
        count, names = COUNTED[kind], {"rule": rule, "number": number}
        below = low is not None and not on_the_way and eval(count, {**names, "rows": part}) < number(low)
        return not below and (most is None or eval(count, {**names, "rows": own}) <= number(most))

    def parts(self, rule: Any, funded: list[Row]) -> list[list[Row]]:
        """Give the awards that a rule takes together: of each theme, of each organisation, those named, or all."""
        if "theme" in rule:
            themes = self.themes.get(rule["theme"], [rule["theme"]])
            return [[row for row in funded if row["theme"] == theme] for theme in themes]
        if rule["kind"].startswith("organisation"):
            names = sorted({name for row in funded for name in [row["organisation"], *row["members"]]})
            return [[row for row in funded if name in [row["organisation"], *row["members"]]] for name in names]
        named = [*rule.get("bids", []), rule.get("bid")]
        return [[row for row in funded if row["bid"] in named] if named != [None] else funded]

    def best(self, funded: list[Row]) -> Iterator[str]:
        """Find bids that could simply be added: these awards cannot be the best then."""
        for row in [row for row in self.able if row not in funded and row["score"] > 0][:200]:
            if not any(self.broken([*funded, row])):
                yield f"{row['bid']} could be funded within every rule, so these awards are not the best."

    def list(self, funded: list[Row]) -> Iterator[str]:
        """Go down the list, best score first, equal bids in any order: those that fit are funded, and no others."""
        levels = [level for level in self.policy["tie_break"] if level in ORDERS]
        for row in self.able:
            row["turn"] = [-row["score"], *(eval(ORDERS[level], {"row": row, "number": number}) for level in levels)]
        had, ended = [], set()  # what is funded so far; themes whose list has stopped
        for later in (False, True) if self.policy.get("leftovers") else (False,):
            for _, group in groupby(sorted(self.able, key=lambda row: row["turn"]), key=lambda row: row["turn"]):
                equal = list(group)
                taken = [row for row in equal if row in funded and row["leftovers"] == later]
                had += taken
                if taken and (any(self.broken(had, True)) or any(row["theme"] in ended and not later for row in taken)):
                    yield f"{taken[0]['bid']} is funded although it did not fit, or its list had ended, at its turn."
                left = [row for row in equal if row not in had and (later or row["theme"] not in ended)]
                fit = [row for row in left if not any(self.broken([*had, {**row, "leftovers": later}], True))]
                if self.policy["on_unaffordable"] == "stop" and not later:
                    ended |= {row["theme"] for row in left if row not in fit}
                yield from (f"{r['bid']} fitted, and is passed over." for r in fit if later or r["theme"] not in ended)


def check_status(criteria: Any, bids: Any, outcome: Any) -> Iterator[str]:
    """Check that what the run is said to have come to follows from its findings and its allocation."""
    said, blocked = outcome["allocation"], any(each["severity"] != "note" for each in outcome["findings"])
    comes_to = "blocked" if blocked else "award_recommended" if said else "scored"
    comes_to = said["status"] if said and said["status"] != "proven" else comes_to
    if outcome["status"] != comes_to:
        yield f"the run is said to be {outcome['status']}; by its findings and awards it is {comes_to}."
    if not blocked and not said and (criteria["allocation"] or not bids["themes"]):
        yield "nothing stands in the way, and yet there are no scores or no awards."


def differences(files: dict[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    """Give each thing that is checked, in words, with what differs."""
    yield f"the {len(files)} files are those that the manifest lists", list(check_files(files))
    criteria, bids, outcome = (
        json.loads(files[f"{n}.json"]) for n in ("data/criteria", "data/bids", "outputs/outcome")
    )
    yield "the criteria are the ones that were sealed and applied", list(check_seal(files, outcome))
    yield f"the run came to {outcome['status'].replace('_', ' ')}", list(check_status(criteria, bids, outcome))
    themes = {theme["id"]: theme for theme in criteria["themes"]}
    scored = {theme["id"]: work_out(criteria, themes[theme["id"]], theme["bids"]) for theme in bids["themes"]}
    words = f"{sum(map(len, scored.values()))} bids in {len(scored)} themes: marks, minimums, points, totals and ranks"
    yield words, list(check_scores(criteria, outcome, scored))
    if outcome["allocation"]:
        division = _Division(criteria, outcome["allocation"], scored)
        words = f"{len(division.awards)} awards: what they cost and score, and every published rule"
        words += "".join(f", but not {each}" for each in division.beyond)
        yield words, list(division.differences())


def main(words: list[str]) -> int:
    """Check the bundle that is named, or the one that this file lies in; say in words what agrees and what does not."""
    place, differ = Path(words[0]) if words else Path(__file__).resolve().parent, 0
    try:
        for what, found in differences(read(place)):
            print(f"{f'DIFFERS, {len(found)} in all:' if found else 'agrees '}  {what}")
            print("".join(f"           {line}\n" for line in found[:SHOWN]), end="")
            differ += len(found)
    except Exception as error:  # whatever a damaged file makes fail, it ends in a sentence
        print(
            f"DIFFERS  This cannot be checked as a whole bundle, or not by this file: {type(error).__name__}: {error}"
        )
        return 1
    print("\nSomething differs: do not rely on this bundle." if differ else "\nAll that was checked agrees.")
    print(NOT_CHECKED)
    return 1 if differ else 0


if __name__ == "__main__":
    getattr(sys.stdout, "reconfigure", dict)(errors="replace")  # a screen that lacks a letter shows ? for it
    sys.exit(main(sys.argv[1:]))
