"""Recompute the scores and check the awards of an audit bundle, with nothing but Python 3.9 or later.

    python3 verify.py bundle.zip        or, in the folder of an unpacked bundle:        python3 verify.py

It shares no code with the evaluator that made the bundle: it was written a second time, from what the criteria say, so
that a mistake in one of the two shows. It reads data/criteria.json (as published), data/bids.json (each bid with its
prices and the marks that count) and outputs/outcome.json (what the evaluator says), and changes nothing.
Exit code 0: all that was checked agrees. 1: something differs, or cannot be read.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

MANIFEST, CLOSING = "manifest.json", "manifest.sha256"
FOLDERS = ("data", "inputs", "outputs")
SHOWN = 20
number = lru_cache(maxsize=None)(Fraction)  # each text is read once
INDEX = "price_per_quality_point"
KNOWN = {"lowest_price_ratio", "range", "linear_above_lowest", "fixed_limits", "mean_deviation", INDEX}
KNOWN |= {"whole_life", "unit_cost", "optimise", "priority"}
NOT_CHECKED = """Not checked here: that the marks in data/bids.json are those of the workbooks in inputs/, that no other
set of awards is better (or that the order of priority was followed), and equality. `evaluator replay` does all that."""
Prices = tuple[Fraction, Fraction, Fraction]  # the lowest, the highest and the mean of the ranked bids
Terms = dict[str, Fraction]  # the published parameters of a price method
Row = dict[str, Any]  # a bid: what data/bids.json says of it, and what is worked out here


def read(place: Path) -> dict[str, bytes]:
    """Give every file of a bundle by name, from the zip archive or from the folder that it was unpacked into."""
    if place.is_dir():
        inside = [path for folder in FOLDERS for path in (place / folder).rglob("*") if path.is_file()]
        beside = [place / name for name in (MANIFEST, CLOSING, "verify.py") if (place / name).is_file()]
        return {path.relative_to(place).as_posix(): path.read_bytes() for path in sorted(inside + beside)}
    with zipfile.ZipFile(place) as archive:
        names = archive.namelist()
        if len(set(names)) < len(names):
            raise ValueError("a name stands in the archive twice")
        return {name: archive.read(name) for name in names}


def check_files(files: dict[str, bytes]) -> Iterator[str]:
    """Compare every file with the manifest, and the manifest with the sum that the bundle was closed with."""
    if files[CLOSING].decode("ascii", "replace").strip() != hashlib.sha256(files[MANIFEST]).hexdigest():
        yield "manifest.json is not the one that the bundle was closed with."
    listed = json.loads(files[MANIFEST])["files"]
    for name in sorted((set(listed) | set(files)) - {MANIFEST, CLOSING}):
        if name not in files:
            yield f"{name} is listed and missing."
        elif name not in listed:
            yield f"{name} is not listed: it was added."
        elif hashlib.sha256(files[name]).hexdigest() != listed[name]:
            yield f"{name} was changed."


def check_seal(files: dict[str, bytes], outcome: Any) -> Iterator[str]:
    """Compare the published criteria with the fingerprints that the manifest, the outcome and the seal name."""
    found = hashlib.sha256(files["data/criteria.json"]).hexdigest()
    manifest, seal = json.loads(files[MANIFEST]), files.get("inputs/criteria/seal.json")
    named = {"manifest.json": manifest["criteria"]["fingerprint"], "outcome.json": outcome["criteria"]["fingerprint"]}
    yield from (f"{name} names other criteria: {each}." for name, each in named.items() if each != found)
    sealed = json.loads(seal)["sha256"] if seal else None
    if outcome["criteria"]["seal"] != sealed:
        yield "outcome.json names another seal than the one among the inputs."
    if sealed != found and outcome["status"] != "blocked":
        yield "the criteria are not the sealed ones, and yet the run is not blocked."


def rounded(value: Fraction, rule: Any) -> Fraction:
    """Round once, by the published places and mode; half_up takes halves away from nought."""
    whole, rest = divmod(abs(value) * 10 ** rule["places"], 1)
    tie_up = rule["mode"] == "half_up" or whole % 2 == 1
    near = rest * 2 > 1 or (rest * 2 == 1 and tie_up)
    up = {"up": rest > 0, "down": False}.get(rule["mode"], near)
    return Fraction(whole + up, 10 ** rule["places"]) * (-1 if value < 0 else 1)


def decimals(value: Fraction, places: int) -> str:
    """Write a number that has no more than so many decimal places."""
    units = abs(value) * 10**places
    digits = str(int(units)).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if value < 0 else text


def price_points(method: str, price: Fraction, prices: Prices, most: Fraction, terms: Terms) -> Fraction:
    """Give a price its points by the published method; INDEX, which gives none, is not among them."""
    low, high, mean = prices
    if method == "lowest_price_ratio":
        return most * low / price
    if method == "range":
        return most if low == high else most * (high - price) / (high - low)
    if method == "linear_above_lowest":
        zero_at = terms.get("zero_at", Fraction(2))
        points = most * (zero_at * low - price) / ((zero_at - 1) * low)
    elif method == "fixed_limits":
        points = most * (terms["highest"] - price) / (terms["highest"] - terms["lowest"])
    else:  # mean_deviation
        above = (price - mean) / mean * 100
        percent = terms.get("at_mean", Fraction(50)) - terms.get("per_percent", Fraction(1)) * above
        points = most * percent / 100
    return points if terms.get("clip", 1) == 0 else max(Fraction(0), min(most, points))


def work_out(criteria: Any, theme: Any, bids: list[Any]) -> list[Row]:
    """Work out everything that the bids of a theme score, from their marks and prices."""
    policy = theme["price"] or criteria["price"]
    rows = [quality(criteria, theme, dict(bid), policy) for bid in bids]
    ranked = [row for row in rows if row["status"] == "ranked"]
    method = policy["method"] if policy else ""
    most = Fraction(theme["weights"].get("price", 0))
    if method and (method == INDEX or most):
        price_all(ranked, method, most, {key: Fraction(each) for key, each in policy["parameters"].items()})
    for row in ranked:
        row["total"] = total(row, criteria["rounding"])
        row["score"] = row["quality"] if "has_index" in row else row["total"]  # what the division of money goes by
    place(ranked, criteria["tie_break"]["order"])
    return rows


def quality(criteria: Any, theme: Any, row: Row, policy: Any) -> Row:
    """Work out a bid's quality points, whether it is above every minimum, and its price on the published basis."""
    allowed = {Fraction(each["mark"]) for each in criteria["scale"]["mark"]}
    highest = max(allowed)
    asked = [q["id"] for q in criteria["common"] if q["id"] in theme["weights"]] + [q["id"] for q in theme["question"]]
    marks = {question: row["marks"][question] for question in asked}
    marks = {question: Fraction(mark) for question, mark in marks.items() if mark is not None}
    row["off_the_scale"] = [question for question, mark in marks.items() if mark not in allowed]
    row["quality"] = sum((Fraction(theme["weights"][q]) * mark / highest for q, mark in marks.items()), Fraction(0))
    row["unmarked"] = len(marks) < len(asked)
    available = sum((Fraction(theme["weights"][question]) for question in asked), Fraction(0))
    low = any(q in marks and marks[q] < Fraction(least) for q, least in theme["minimum_marks"].items())
    if theme["minimum_quality"] is not None:
        low = low or row["quality"] < available * Fraction(theme["minimum_quality"]) / 100
    row["status"] = "disregarded" if row["decision"] else "below_minimum" if low else "ranked"
    served = row["people"] if policy and policy["basis"] == "unit_cost" else 1
    row["scored"] = Fraction(row["price"]) / served if row["price"] is not None and served else None
    row["scored_price"] = row["scored"] if policy else None
    row["points"] = row["index"] = row["total"] = row["rank"] = None
    row["tied_with"] = []
    return row


def price_all(ranked: list[Row], method: str, most: Fraction, terms: Terms) -> None:
    """Give every ranked bid its price points or its index; a bid without quality has no index."""
    scored = [row["scored"] for row in ranked]
    prices = (min(scored), max(scored), sum(scored, Fraction(0)) / len(scored)) if scored else None
    for row in ranked:
        if method == INDEX:
            row["has_index"] = row["quality"] > 0
            row["index"] = row["scored"] / row["quality"] if row["has_index"] else None
        elif prices:
            row["points"] = price_points(method, row["scored"], prices, most, terms)


def total(row: Row, rule: Any) -> Fraction | None:
    """Add up the parts and round once, where the criteria say: each part, the total, or nowhere."""
    if "has_index" in row and not row["has_index"]:
        return None
    parts = [row["index"]] if "has_index" in row else [row["quality"]]
    if row["points"] is not None:
        parts.append(row["points"])
    if rule["point"] == "parts":
        parts = [rounded(part, rule) for part in parts]
    added = sum(parts, Fraction(0))
    return rounded(added, rule) if rule["point"] == "total" else added


def place(ranked: list[Row], order: list[str]) -> None:
    """Rank by total, or by lowest index, and then by each published tie-break; what is still equal shares its rank."""
    priced = all(row["scored"] is not None for row in ranked)
    groups: dict[Any, list[Row]] = {}
    for row in ranked:
        key = [row["total"] is None, (row["total"] or 0) * (1 if "has_index" in row else -1)]
        for level in order:
            question = level[len("question:") :]
            if level == "quality":
                key.append(-row["quality"])
            elif level == "lower_price":
                key += [row["scored"]] if priced else []
            elif question in row["marks"]:
                key.append(-Fraction(row["marks"][question]))
        groups.setdefault(tuple(key), []).append(row)
    before = 0
    for key in sorted(groups):
        for row in groups[key]:
            row["rank"] = before + 1
            row["tied_with"] = [other["bid"] for other in groups[key] if other is not row]
        before += len(groups[key])


def as_written(row: Row, rule: Any) -> Row:
    """Write what was worked out as outcome.json writes it: rounded as published, and exactly."""
    shown: Row = {key: row[key] for key in ("bid", "organisation", "marks", "price", "status", "rank", "tied_with")}
    shown["scored_price"] = row["scored_price"]  # exact, however it is written
    values = {"quality": None if row["unmarked"] else row["quality"]}
    values.update({"price_points": row["points"], "index": row["index"], "total": row["total"]})
    for key, value in values.items():
        exact = None if value is None else f"{value.numerator}/{value.denominator}"
        if key == "index":
            shown[key] = exact
        else:
            shown[key] = None if value is None else decimals(rounded(value, rule), rule["places"])
            shown[f"exact_{key}"] = exact
    return shown


def check_scores(criteria: Any, outcome: Any, scored: dict[str, list[Row]]) -> Iterator[str]:
    """Compare every number of every bid with what outcome.json says."""
    said = {theme["id"]: {bid["bid"]: bid for bid in theme["bids"]} for theme in outcome["themes"]}
    listed = sorted((theme["id"], bid["bid"]) for theme in outcome["themes"] for bid in theme["bids"])
    if listed != sorted((theme, row["bid"]) for theme, rows in scored.items() for row in rows):
        yield "outcome.json and data/bids.json do not hold the same themes and bids."
        return
    for theme, rows in scored.items():
        for row in rows:
            if row["off_the_scale"]:
                yield f"{row['bid']}: the mark for {', '.join(row['off_the_scale'])} is not on the published scale."
            if row["unmarked"] and row["status"] != "disregarded":
                yield f"{row['bid']} is admitted, and has not a mark for every question."
            for key, value in as_written(row, criteria["rounding"]).items():
                told = said[theme][row["bid"]][key]
                if told != value and not (key == "scored_price" and told and number(told) == value):
                    yield f"{theme}, {row['bid']}: {key.replace('_', ' ')} is {told}, and comes to {value}."


def money(rows: list[Row], year: str | None = None) -> Fraction:
    """Add up what bids cost, in all or in one year."""
    return sum((number(row["by_year"][year] if year else row["price"]) for row in rows), Fraction(0))


def within(used: Any, rule: Any, least: str = "least", most: str = "limit") -> bool:
    """Say whether a figure is between a rule's limits, of which either may be absent."""
    low, high = rule.get(least), rule.get(most)
    return (low is None or used >= Fraction(low)) and (high is None or used <= Fraction(high))


def keeps(rule: Any, funded: list[Row], themes: list[str]) -> bool:
    """Say whether awards keep a rule, by its kind."""
    kind = rule["kind"]
    if kind in ("theme_budget", "theme_awards"):
        named = themes if rule["theme"] == "*" else [rule["theme"]]
        mine = [[row for row in funded if row["theme"] == theme] for theme in named]
        if kind == "theme_awards":
            return all(within(len(rows), rule, most="most") for rows in mine)
        return all(within(money(rows, rule.get("year")), rule) for rows in mine)
    if kind in ("organisation_awards", "organisation_money"):
        names = {name for row in funded for name in [row["organisation"], *row["members"]]}
        its = [[row for row in funded if name in [row["organisation"], *row["members"]]] for name in sorted(names)]
        return all(within(len(rows) if kind == "organisation_awards" else money(rows), rule) for rows in its)
    return SIMPLE[kind](rule, funded)


def named(rule: Any, funded: list[Row]) -> int:
    """Count the awards among the bids that a rule names."""
    return sum(row["bid"] in rule["bids"] for row in funded)


SIMPLE: dict[str, Callable[[Any, list[Row]], bool]] = {
    "budget": lambda rule, funded: within(money(funded), rule),
    "year_budget": lambda rule, funded: within(money(funded, rule["year"]), rule),
    "capacity": lambda rule, funded: within(sum(number(row["hours"]) for row in funded), rule),
    "exclusive": lambda rule, funded: within(named(rule, funded), rule),
    "linked": lambda rule, funded: named(rule, funded) in (0, len(set(rule["bids"]))),
    "must_fund": lambda rule, funded: rule["bid"] in [row["bid"] for row in funded],
    "ward_floor": lambda rule, funded: within(len({ward for row in funded for ward in row["wards"]}), rule),
    "group_floor": lambda rule, funded: within(sum(rule["group"] in row["groups"] for row in funded), rule),
    "small_share": lambda rule, funded: (
        money([row for row in funded if row["small"]]) * 100 >= Fraction(rule["least"]) * money(funded)
    ),
}


def check_awards(criteria: Any, outcome: Any, scored: dict[str, list[Row]]) -> Iterator[str]:
    """Check every award, every sum and every published rule, without a solver."""
    said = outcome["allocation"]
    rows = {row["bid"]: row for its in scored.values() for row in its}
    awards = {award["bid"]: award for award in said["awards"]}
    refused = [refusal["bid"] for refusal in said["not_awarded"]]
    if len(awards) < len(said["awards"]) or sorted([*awards, *refused]) != sorted(rows):
        yield "awards and refusals together do not name every bid exactly once."
        return
    yearly = all(row["by_year"] for row in rows.values())
    for award in said["awards"]:
        yield from check_award(award, rows[award["bid"]], criteria, yearly)
    funded = [rows[bid] for bid in sorted(awards)]
    if any(row["status"] != "ranked" for row in funded):
        return
    if Fraction(said["cost"]) != money(funded):
        yield f"the awards cost {decimals(money(funded), 2)} in all; outcome.json says {said['cost']}."
    points = sum((row["score"] for row in funded), Fraction(0))
    if Fraction(said["total_score"]) != points:
        yield f"the awards score {points} in all; outcome.json says {said['total_score']}."
    yield from check_rules(criteria, said, funded, rows)


def check_award(award: Any, row: Row, criteria: Any, yearly: bool) -> Iterator[str]:
    """Check that an award goes to a ranked bid at or above the minimum score, of its theme, for what it asked."""
    bid, minimum = row["bid"], Fraction(criteria["allocation"]["minimum_score"] or 0)
    if row["status"] != "ranked":
        yield f"{bid} is awarded although it is {row['status'].replace('_', ' ')}."
    elif row["score"] < minimum:
        yield f"{bid} is awarded although it scored {row['score']}, under the published minimum of {minimum}."
    years = row["by_year"] if yearly else {}
    asked = {"theme": row["theme"], "level": "100%", "amount": row["price"], "by_year": years}
    for key, value in asked.items():
        if award[key] != value:
            yield f"{bid} is awarded with {key} {award[key]}; its bid has {value}."


def check_rules(criteria: Any, said: Any, funded: list[Row], rows: dict[str, Row]) -> Iterator[str]:
    """Check every rule by its own words, and compare the answer with what outcome.json says of it."""
    rules = criteria["allocation"]["rule"] + [rule for theme in criteria["themes"] for rule in theme["rule"]]
    themes = sorted({row["theme"] for row in rows.values()} | {r["theme"] for r in rules if r.get("theme", "*") != "*"})
    if said["status"] == "infeasible" and funded:
        yield "awards are recommended although the rules are said not to hold together."
    if said["status"] != "proven" and not funded:
        return  # nothing is recommended
    for rule in rules:
        kept = keeps(rule, funded, themes)
        told = all(each["holds"] for each in said["rules"] if each["rule"] == rule["id"])
        if not kept or not told:
            but = "and yet awards are recommended" if kept == told else "outcome.json says otherwise"
            yield f"rule {rule['id']} ({rule['kind']}) is {'kept' if kept else 'broken'}; {but}."
    if (said["status"], criteria["allocation"]["method"]) == ("proven", "optimise"):
        others = [row for row in rows.values() if row["status"] == "ranked" and row not in funded]
        yield from check_further(criteria["allocation"], rules, themes, funded, others[:200])


def check_further(policy: Any, rules: Any, themes: list[str], funded: list[Row], others: list[Row]) -> Iterator[str]:
    """Find bids that could simply be added, so that the awards cannot be those with the greatest total score."""
    least = Fraction(policy["minimum_score"] or 0)
    for row in others if policy["objective"][0] == "total_score" else []:
        if row["score"] > 0 and row["score"] >= least and all(keeps(r, [*funded, row], themes) for r in rules):
            yield f"{row['bid']} could be funded as well without breaking any rule, so these awards are not the best."


def check_status(criteria: Any, bids: Any, outcome: Any) -> Iterator[str]:
    """Check that what the run is said to have come to follows from its findings and its allocation."""
    said, blocked = outcome["allocation"], any(each["severity"] != "note" for each in outcome["findings"])
    comes_to = "blocked" if blocked else "award_recommended" if said else "scored"
    if said and said["status"] != "proven":
        comes_to = said["status"]
    if outcome["status"] != comes_to:
        yield f"the run is said to be {outcome['status']}; by its findings and awards it is {comes_to}."
    if not blocked and not said and (criteria["allocation"] or not bids["themes"]):
        yield "nothing stands in the way, and yet there are no scores or no awards."


def differences(files: dict[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    """Give each thing that is checked, in words, with what differs."""
    yield f"the {len(files)} files are those that the manifest lists", list(check_files(files))
    criteria, bids = json.loads(files["data/criteria.json"]), json.loads(files["data/bids.json"])
    outcome = json.loads(files["outputs/outcome.json"])
    yield "the criteria are the ones that were sealed and applied", list(check_seal(files, outcome))
    yield f"the run came to {outcome['status'].replace('_', ' ')}", list(check_status(criteria, bids, outcome))
    themes, division = {theme["id"]: theme for theme in criteria["themes"]}, criteria["allocation"] or {}
    policies = [theme["price"] or criteria["price"] or {} for theme in themes.values()]
    used = {policy.get(key, INDEX) for policy in policies for key in ("method", "basis")}
    if (used | {division.get("method", INDEX)}) - KNOWN or division.get("leftovers"):
        raise ValueError("the criteria use a method that this file does not know; `evaluator replay` does")
    scored = {theme["id"]: work_out(criteria, themes[theme["id"]], theme["bids"]) for theme in bids["themes"]}
    words = f"{sum(map(len, scored.values()))} bids in {len(scored)} themes: marks, minimums, points, totals and ranks"
    yield words, list(check_scores(criteria, outcome, scored))
    if outcome["allocation"]:
        words = f"{len(outcome['allocation']['awards'])} awards: what they cost and score, and every published rule"
        yield words, list(check_awards(criteria, outcome, scored))


def main(words: list[str]) -> int:
    """Check the bundle that is named, or the one that this file lies in; say in words what agrees and what does not."""
    place, differ = Path(words[0]) if words else Path(__file__).resolve().parent, 0
    try:
        for what, found in differences(read(place)):
            print(f"{'DIFFERS' if found else 'agrees '}  {what}")
            more = [f"and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
            print("".join(f"           {line}\n" for line in found[:SHOWN] + more), end="")
            differ += len(found)
    except Exception as error:  # whatever a damaged file makes fail, it ends in a sentence
        print(f"DIFFERS  This cannot be checked as a whole bundle: {type(error).__name__}: {error}")
        return 1
    print("\nSomething differs: do not rely on this bundle." if differ else "\nAll that was checked agrees.")
    print(NOT_CHECKED)
    return 1 if differ else 0


if __name__ == "__main__":
    getattr(sys.stdout, "reconfigure", dict)(errors="replace")  # a screen that lacks a letter shows ? for it
    sys.exit(main(sys.argv[1:]))
