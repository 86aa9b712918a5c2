"""Recompute the scores and check the awards of an audit bundle, with nothing but Python 3.9 or later.

Call it with bundle.zip, or alone in an unpacked bundle; 0 at its end: all agrees. It shares no code with the evaluator.
It runs the files beside it only where each is the one that it holds the SHA-256 of.
"""

import sys

if __name__ == "__main__" and not getattr(sys.flags, "safe_path", sys.flags.isolated):
    del sys.path[0]  # its own folder: a json.py that was put beside it would be run in place of Python's own

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache, partial
from itertools import groupby
from pathlib import Path
from runpy import run_path
from typing import Any

MANIFEST, CLOSING, LEDGER = "manifest.json", "manifest.sha256", "inputs/ledger/ledger.jsonl"
SHOWN, WIDE, PARTS, LEVEL = 20, Context(prec=90), ("data/criteria", "data/bids", "outputs/outcome"), r"\d+(\.\d+)?%"
FIGURE = re.compile(r"(?s)(?![^eE]*[eE].{5}).{0,8000}")  # with an exponent of at most 9,999; each is read once
number = lru_cache(maxsize=None)(lambda each: Fraction(each if FIGURE.fullmatch(str(each)) else "too long"))
Row = dict[str, Any]  # a bid: what data/bids.json says of it, and what is worked out here; or the bid at one level
PLAINLY: Row = {"sort_keys": True, "separators": (",", ":")}  # how an entry of the ledger is written for its sum
SAME = ("organisation", "marks", "price", "status", "rank", "scored_price", "tied_with")  # told as they are here
COMPANIONS: Row = {}  # each file beside it with its SHA-256: written in where a bundle is made
LYING = {name: Path(__file__).with_name(name) for name in COMPANIONS}
SUMS = {n: hashlib.sha256(p.read_bytes().replace(b"\r\n", b"\n")).hexdigest() for n, p in LYING.items() if p.is_file()}
STRANGE = [name for name, its in SUMS.items() if its != COMPANIONS[name]]  # then nothing that lies beside it is run
PARTS_OF_IT = ("quality", "figures", "choice", "stages", "method", "evidence", "paper")
BESIDE = [Path(__file__).with_name(f"verify_{one}.py") for one in PARTS_OF_IT]
MISSING: Row = {"CHECKED": " (verify_method.py is missing: not the method)"}
FOUND = [run_path(str(one)) if one.is_file() and not STRANGE else MISSING for one in BESIDE]
QUALITY, FIGURES, CHOICE, STAGES, METHOD, EVIDENCE, PAPER = FOUND
UNTOLD = {"used": "", "least": "", "most": "", "holds": None}  # what is said of a rule of which nothing is said
OTHER_BIDS = "outcome.json and data/bids.json do not hold the same themes and bids."
ALL, AS_FAR = "All that was checked agrees", "What was checked agrees; whether these awards are the best it cannot know"


def formulas(text: str) -> Row:
    """Give each published name, of which a line may have several, its formula: what stands there is computed."""
    lines = [line.split(": ", 1) for line in text.replace("\n    ", " ").splitlines()]
    return {name: compile(formula, name, "eval") for names, formula in lines for name in names.split()}


# price (pounds) and quality are an offer's own, before the number of lower prices, full the points for price; low, high
# and average are ranked prices, bend 1.025 × their median, mid the mean's discount, best and worst ranked qualities.
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
square_root_discount anac_power: full * fifty("power", off(price) / (off(low) or 1), alpha)
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
price_quality_simple nzta_pqm_simple: price - estimate * (quality - worst) / price_weight
price_quality_weighted nzta_pqm_weighted: price - estimate * (100 / price_weight - 1) * (quality - worst) / full_quality
relative_value_for_cost: price * (worst + highest_score) / (quality + highest_score)""")
VALUES = {**HIGHEST_FIRST, **LOWEST_FIRST}  # an index or an adjusted price, which is the total
PARAMETERS: Row = {"zero_at": 2, "clip": 1, "at_mean": 50, "per_percent": 1, "factor": 1, "n": 1}  # unless published
PARAMETERS.update(full_quality=100, highest_score=100, alpha=Decimal("0.5"))
PER_POINT = "price_per_quality_point"  # of no quality there is none
BASES = formulas("""whole_life: price
unit_cost: price / people
yearly: price / len(years)
discounted: sum(paid / (1 + rate / 100) ** at for at, paid in enumerate(years))""")
# What the awards that a rule takes together (rows) come to, at least, at most; in pence. A fourth is held to the most.
RULES = formulas("""budget organisation_money: cost(rows), None, 100 * limit
year_budget: cost(rows, year), None, free(rule, rows, "*")
theme_budget: cost(rows, year), least and 100 * least, free(rule, own, part), cost(own, year)
theme_share: cost(rows), share(least), share(most)
theme_awards: len(rows), least, most
organisation_awards exclusive variants fixed_lots: len(rows), None, limit
merit_order: by_merit(part), None, 0
fund_first: len([row for row in rows if row["bid"] in by_merit(part)]), len(by_merit(part)), None
linked: len(rows), len({*bids}) if rows else 0, len({*bids}) if {*bids} <= {bid for bid, _ in offers} else 0
must_fund: len(rows), 1, None
capacity: sum(number(row["hours"]) for row in rows), None, limit
least_level: min((row["share"] for row in rows), default=None), least, None
ward_floor: len({row["bid"] if ward else w for row in rows for w in row["wards"] if ward in (None, w)}), least, None
group_floor: len([row for row in rows if group in row["groups"]]), least, None
outcome_floor: len([row for row in rows if outcome in row["outcomes"]]), least, None
small_share: size([row for row in rows if row["small"]]), least * size(rows) / 100, None""")
TOGETHER = formulas("""theme_budget theme_share theme_awards fixed_lots merit_order fund_first: [theme]
organisation_awards organisation_money: {organisation, *members}
variants: [f"{organisation}, {variant}"] if variant else []""")  # other rules take all awards, or those named


def read(place: Path) -> dict[str, bytes]:
    """Give every file of a bundle by name, from the zip archive or from the folder that it was unpacked into."""
    if place.is_dir():
        known = ("data", "inputs", "outputs", MANIFEST, CLOSING, *(path.name for path in place.glob("verify*.py")))
        paths = [path for name in known for path in (place / name, *(place / name).rglob("*")) if path.is_file()]
        return {path.relative_to(place).as_posix(): path.read_bytes() for path in paths}
    with zipfile.ZipFile(place) as archive:
        size = 22 + sum(76 + 2 * len(each.filename.encode()) + each.compress_size for each in archive.filelist)
        kinds = {e.compress_type or -(e.file_size != e.compress_size) for e in archive.filelist}  # 0: stored, all of it
        odd = kinds - {0, 8} or len(archive.NameToInfo) < len(archive.filelist)
        if odd or size != place.stat().st_size or sum(e.file_size for e in archive.filelist) > min(2**30, 100 * size):
            raise ValueError("it is too large, or oddly compressed, or has a name twice, or something beside its files")
        return {name: archive.read(name) for name in archive.namelist()}


def check_files(files: dict[str, bytes]) -> Iterator[str]:
    """Compare files with the manifest, the manifest with its own sum, and each entry of the ledger with the last."""
    if files[CLOSING] != f"{hashlib.sha256(files[MANIFEST]).hexdigest()}\n".encode():
        yield "manifest.json is not the one that the bundle was closed with."
    listed = json.loads(files[MANIFEST], object_pairs_hook=once)["files"]
    for name in sorted((set(listed) | set(files)) - {MANIFEST, CLOSING}):
        if name not in files or name not in listed:
            yield f"{name} is listed and missing." if name in listed else f"{name} is not listed: it was added."
        elif hashlib.sha256(files[name]).hexdigest() != listed[name]:
            yield f"{name} was changed."
    last = "0" * 64
    for at, entry in enumerate(map(json.loads, files.get(LEDGER, b"").splitlines()), 1):
        told, before, last = entry.pop("hash"), last, hashlib.sha256(json.dumps(entry, **PLAINLY).encode()).hexdigest()
        if [told, entry["previous"], entry["number"]] != [last, before, at]:
            yield f"entry {at} of the ledger was changed or moved, or one before it taken out."


def check_run(files: dict[str, bytes], criteria: Any, bids: Any, outcome: Any) -> Iterator[str]:
    """Compare the criteria with every fingerprint that is told of them, and what the run came to with its findings."""
    found, seal = hashlib.sha256(files["data/criteria.json"]).hexdigest(), files.get("inputs/criteria/seal.json")
    said = {MANIFEST: json.loads(files[MANIFEST])["criteria"], "outcome.json": outcome["criteria"]}
    yield from (f"{name} names other criteria." for name in said if said[name]["fingerprint"] != found)
    sealed = json.loads(seal)["sha256"] if seal else None
    if outcome["criteria"]["seal"] != sealed:
        yield "outcome.json names another seal than the one among the inputs."
    if sealed != found and outcome["status"] != "blocked":
        yield "the criteria are not the sealed ones, and yet the run is not blocked."
    awards, blocked = outcome["allocation"], any(each["severity"] != "note" for each in outcome["findings"])
    comes_to = "blocked" if blocked else "award_recommended" if awards else "scored"
    comes_to = "stage_decided" if outcome.get("stage") and not blocked else comes_to
    comes_to = awards["status"] if awards and awards["status"] != "proven" else comes_to
    if outcome["status"] != comes_to:
        yield f"the run is said to be {outcome['status']}; by its findings and awards it is {comes_to}."
    if comes_to not in ("blocked", "stage_decided") and not awards and (criteria["allocation"] or not bids["themes"]):
        yield "nothing stands in the way, and yet there are no scores or no awards."


def rounded(value: Fraction, places: int, mode: str) -> int:
    """Round once, by the published places and mode, to units of the last place; half_up takes halves away from 0."""
    whole, rest = divmod(abs(value) * number(f"1e{places}"), 1)
    near = rest * 2 > 1 or (rest * 2 == 1 and (mode == "half_up" or whole % 2 == 1))
    return int(whole + {"up": rest > 0, "down": False}.get(mode, near)) * (-1 if value < 0 else 1)


def once(pairs: Any) -> Row:
    """Refuse a table in which a key stands twice: some would read the one, and some the other."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError(f"a key stands twice: {', '.join(key for key, _ in pairs)}")
    return dict(pairs)


class _Theme:  # a theme with its bids: everything that they score is worked out from their marks and prices
    def __init__(self, criteria: Any, theme: Any, bids: list[Any]) -> None:
        self.criteria, self.theme, self.point = criteria, theme, criteria["rounding"]["point"]
        self.to = criteria["rounding"]["places"], criteria["rounding"]["mode"]
        self.policy = theme["price"] or criteria["price"] or {"method": "", "basis": "whole_life", "parameters": {}}
        self.method, full = self.policy["method"], number(theme["weights"].get("price", 0))
        self.rows = [self.quality(dict(bid)) for bid in bids]
        _ = FIGURES["measure"](self, PARAMETERS, full) if {"measured", "price_line"} & {*criteria} else None
        ranked = [row for row in self.rows if row["status"] == "ranked"]
        if self.method in VALUES or (self.method and full):
            self.price(ranked, {k: number(v) for k, v in {**PARAMETERS, **self.policy["parameters"]}.items()}, full)
        for row in ranked:
            parts = [row["index"]] if self.method in VALUES else [row["quality"], row["price_points"] or number(0)]
            row["total"] = None if parts[0] is None else self.total(parts)
            row["score"] = row["quality"] if self.method in VALUES else row["total"]  # the division of money goes by it
        self.place(ranked)

    def quality(self, row: Row) -> Row:  # the quality points, whether above every minimum, and the price that is scored
        asked = [question["id"] for question in [*self.criteria["common"], *self.theme["question"]]]
        weights = {q: number(self.theme["weights"][q]) for q in asked if q in self.theme["weights"]}
        marks = {q: row["marks"][q] for q in weights}
        points, low, counts = QUALITY["quality"](self.criteria, self.theme, weights, marks, row)
        its = row["decision"] or {"standing": "below_minimum" if low else "ranked"}
        row["status"] = its.get("standing", "disregarded")
        lacks = row["price"] is None or (self.policy["basis"] == "unit_cost" and not row["people"])
        years = [] if lacks else [number(paid) for paid in row["by_year"].values() or [row["price"]]]
        offer = {"people": row["people"], "years": years, "rate": number(self.policy.get("discount_rate") or 0)}
        row["scored"] = None if lacks else eval(BASES[self.policy["basis"]], {"price": sum(years), **offer})
        row.update(scored_price=row["scored"] if self.method else None, quality=points, price_points=None, index=None)
        row.update(counts=counts, unmarked=None in map(row["marks"].get, weights))
        return {**row, "total": None, "rank": None, "tied_with": []}

    def price(self, ranked: list[Row], terms: Row, full: Fraction) -> None:  # the price points, or the index
        counts = self.total if self.point == "parts" else sum  # an index takes quality as it counts
        rows = [{**row, "quality": counts([row["quality"]]), "own": row} for row in ranked]
        rows = [r for r in rows if None is not r["scored"] and (self.method != PER_POINT or r["quality"] > 0)]
        prices, qualities = sorted(row["scored"] for row in rows), sorted(row["quality"] for row in rows)
        budget, names = terms.get("budget", 1), {**globals(), "fifty": CHOICE.get("fifty"), **terms, "full": full}
        names["kept"] = lambda share, clip=1: full * (max(0, min(1, share)) if clip else share)  # a share of the points
        names["off"] = lambda price: max(Fraction(0), 1 - price / budget)  # the discount on the budget
        if rows:
            middle, mean = prices[(len(prices) - 1) // 2] + prices[len(prices) // 2], sum(prices) / len(prices)
            names.update(low=prices[0], high=prices[-1], average=mean, bend=middle * 41 / 80)
            names.update(worst=qualities[0], best=qualities[-1], mid=1 - mean / budget)
        for row in rows:
            names.update(price=row["scored"], quality=row["quality"], before=prices.index(row["scored"]))
            value = Fraction(eval({**POINTS, **VALUES}[self.method], names))
            row["own"]["index" if self.method in VALUES else "price_points"] = value

    def total(self, parts: list[Fraction]) -> Fraction:  # rounded once, where published: each part, the sum, or nowhere
        parts, whole = parts if self.point == "parts" else [sum(parts, Fraction(0))], number(10) ** self.to[0]
        return parts[0] if self.point == "display" else sum(rounded(part, *self.to) for part in parts) / whole

    def place(self, ranked: list[Row]) -> None:  # by total, the best first, then each tie-break; the equal share a rank
        sign, priced = 1 if self.method in LOWEST_FIRST else -1, all(row["scored"] is not None for row in ranked)
        for row in ranked:
            figures = {f"question:{q}": [-count] for q, count in row["counts"].items()}
            figures.update({"quality": [-row["quality"]], "lower_price": [row["scored"]] if priced else []})
            figures.update({**row.get("ties", {}), **CHOICE.get("between_equals", lambda *_: {})(self.criteria, row)})
            levels = [figures.get(level, []) for level in self.criteria["tie_break"]["order"]]
            row["key"] = [row["total"] is None, (row["total"] or 0) * sign, *levels]
        ranked.sort(key=lambda row: row["key"])
        for equal in [list(group) for _, group in groupby(enumerate(ranked, 1), key=lambda each: each[1]["key"])]:
            for _, row in equal:
                row.update(rank=equal[0][0], tied_with=sorted(other["bid"] for _, other in equal if other is not row))

    def differences(self, said: Row) -> Iterator[str]:  # with what outcome.json says of each bid, rounded and exactly
        for row in self.rows:
            shown: Row = {**{key: row[key] for key in SAME}, **row.get("told", {})}
            for key in ("quality", "price_points", "index", "total"):
                value = None if key == "quality" and row["unmarked"] else row[key]
                exact = None if value is None else f"{value.numerator}/{value.denominator}"
                near = None if value is None else f"{Decimal(rounded(value, *self.to)).scaleb(-self.to[0], WIDE):f}"
                shown.update({"index": exact} if key == "index" else {str(key): near, f"exact_{key}": exact})
            for key, value in shown.items():
                told = said[row["bid"]][key]
                if told != value and not (key == "scored_price" and told and number(told) == value):
                    yield f"{row['bid']}: {key.replace('_', ' ')} is {told}, and comes to {value}."


class _Division:  # the division of the money: what outcome.json says of it, held to the criteria
    def __init__(self, criteria: Any, said: Any, rows: dict[str, Row]) -> None:
        self.policy, self.said, self.years, self.rows = criteria["allocation"], said, criteria["years"], rows
        self.criteria, self.amounts = criteria, criteria.get("amounts")
        every = [*self.policy["rule"], *(rule for theme in criteria["themes"] for rule in theme["rule"])]
        self.left = {r["id"] for r in every if r["kind"] in ("merit_order", "fund_first") and "by_merit" not in METHOD}
        self.rules = [rule for rule in every if rule["id"] not in self.left]
        self.rules += [{"id": "fixed_lots", "kind": "fixed_lots", "limit": 1}] * (self.policy["method"] == "fixed_lots")
        named = [rule["theme"] for rule in self.rules if rule["kind"].startswith("theme_")]
        self.themes = sorted({*named, *(row["theme"] for row in rows.values())} - {"*"})
        limits = [[r for r in self.rules if (r["kind"], r.get("year")) == ("year_budget", year)] for year in self.years]
        budgets = [[rule for rule in self.rules if rule["kind"] == "budget"]]  # what there is in all, or year by year
        self.whole = next((sum(min(map(self.free, each)) for each in its) for its in (budgets, limits) if all(its)), 0)
        yearly = all(row["by_year"] for row in rows.values() if row["status"] == "ranked")
        self.able = [row for row in rows.values() if row["status"] == "ranked" and self.levels(row, yearly)]
        _ = CHOICE["cut"](self) if self.amounts and self.amounts.get("pro_rata") else None
        self.offers = {(one["bid"], one["share"]): one for row in self.able for one in row["offers"]}
        self.offers.update(CHOICE["parts"](self) if self.amounts else {})

    def cost(self, rows: list[Row], year: Any = None) -> int:  # in pence, in a year or in all
        return sum(row["by_year"][year] if year else row["cost"] for row in rows)

    def levels(self, row: Row, yearly: bool) -> bool:  # at which it can be funded; is it above the minimum?
        shares = {number(each["share"]): number(each["score"]) for each in self.policy.get("level", [])}
        asked, row["offers"] = row["by_year"] or {"": row["price"] or 0}, []
        for share, counts in {**shares, number(100): number(100)}.items():
            paid = {year: rounded(number(pounds) * share, 0, "half_up") for year, pounds in asked.items()}  # in pence
            offer = {"share": share, "score": row["score"] * counts / 100, "cost": sum(paid.values()), "later": False}
            offer = {**row, **offer, "by_year": paid if yearly else {}}
            row["offers"] += [offer] if share >= number(row.get("least_level") or 0) else []
        row["offers"] = CHOICE["offers"](self, row) if self.amounts else row["offers"]
        row["offers"].sort(key=lambda offer: (-offer["score"], -offer["cost"]))
        row["score"] = max([offer["score"] for offer in row["offers"]], default=row["score"])
        least = self.policy.get("minimum_scores", {}).get(row["theme"], self.policy["minimum_score"])
        return bool(row["offers"]) and (least is None or row["score"] >= number(least))

    def free(self, rule: Row, rows: Any = None, theme: str = "*") -> Any:  # a limit, with what is carried over
        if rule["limit"] is None:
            return None
        most = 100 * (number(rule["limit"]) - number(rule.get("committed") or 0))
        at = self.years.index(rule["year"]) if rule.get("carry_over") and rows is not None else 0
        same = [r for r in self.rules if at and r["kind"] == rule["kind"] and r["year"] == self.years[at - 1]]
        same = [r for r in same if r["limit"] is not None and r.get("theme", "*") in ("*", theme)]
        before = min(same, key=lambda r: (self.free(r), r["id"]), default=None)
        return most + self.free(before, rows, theme) - self.cost(rows, before["year"]) if before else most

    def lines(self, rule: Row, funded: list[Row]) -> Iterator[Any]:  # each subject, figures, and is it over, or short?
        names = {**dict.fromkeys(("year", "limit", "least", "most", "ward")), **rule, "rule": rule, "number": number}
        names.update({key: number(rule[key]) for key in ("limit", "least", "most") if rule.get(key) is not None})
        whole = self.cost(funded) if rule.get("of") == "awarded" else self.whole
        names["share"] = lambda percent: None if percent is None else percent * whole / 100
        names["by_merit"] = lambda theme: METHOD["by_merit"](self, rule, theme, funded)
        names.update(vars(self), free=self.free, cost=self.cost, size=len if rule.get("of") == "awards" else self.cost)
        for subject, rows in self.parts(rule, funded):
            own = [row for row in rows if not row["later"]]
            used, least, most, *held = eval(RULES[rule["kind"]], {**names, "rows": rows, "own": own, "part": subject})
            over, short = most is not None and [*held, used][0] > most, None not in (used, least) and used < least
            subject += f", {rule['year']}" if rule["kind"] == "theme_budget" and rule["year"] else ""
            yield subject, [used, least, most], over or (short and rule["kind"] == "least_level"), short

    def parts(self, rule: Row, funded: list[Row]) -> list[tuple[str, list[Row]]]:  # the awards that it takes together
        kind, bids = rule["kind"], sorted({*rule.get("bids", ()), rule.get("bid", "")} - {""})
        if kind in TOGETHER:
            its = [(row, eval(TOGETHER[kind], dict(row))) for row in funded]
            every = self.themes if rule.get("theme") == "*" else {name for _, each in its for name in each}
            names = [rule["theme"]] if rule.get("theme", "*") != "*" else sorted(every)
            return [(name, [row for row, each in its if name in each]) for name in names]
        if whose := bids or rule.get("themes"):
            return [(", ".join(whose), [row for row in funded if row["bid" if bids else "theme"] in whose])]
        words = ["small organisations" * (kind == "small_share"), *map(rule.get, ("year", "ward", "group", "outcome"))]
        return [(next(filter(None, words), ""), funded)] if kind in RULES else []

    def differences(self) -> Iterator[str]:  # every award, sum and rule, and what the published method leads to
        said, refused, funded = self.said, [refusal["bid"] for refusal in self.said["not_awarded"]], []
        if sorted([*(award["bid"] for award in said["awards"]), *refused]) != sorted(self.rows):
            yield "awards and refusals together do not name every bid exactly once."
            return
        for award in said["awards"]:
            row, later = self.rows[award["bid"]], award.get("leftovers", False)
            offer = self.offers.get((award["bid"], number(award["level"][:-1])))
            if offer is None or later > self.policy.get("leftovers", False):
                state = row["status"].replace("ranked", "not to be funded at this level, or from leftovers")
                yield f"{row['bid']} is awarded although it is {state.replace('_', ' ')}."
                return
            years = {year: f"{Decimal(paid).scaleb(-2):f}" for year, paid in offer["by_year"].items()}
            asked = {"theme": row["theme"], "amount": f"{Decimal(offer['cost']).scaleb(-2):f}", "by_year": years}
            differ = [key for key in asked if award[key] != asked[key]]
            yield from (f"{row['bid']} is awarded with {key} {award[key]}; it has {asked[key]}." for key in differ)
            funded.append({**offer, "later": later})
        sums = {"cost": self.cost(funded) / number(100), "total_score": sum(row["score"] for row in funded)}
        yield from (f"the awards' {k} comes to {sums[k]}, not {said[k]}." for k in sums if number(said[k]) != sums[k])
        yield from self.ruled(funded) if said["status"] != "infeasible" or self.policy["method"] == "optimise" else []
        yield from METHOD["differences"](self, funded) if "differences" in METHOD else []

    def figure(self, text: str) -> Any:  # in what outcome.json says of a rule, such as `20% of £300`; money in pence
        pence, found = 100 if "£" in text else 1, [*map(number, re.findall(r"-?\d+\.?\d*", re.sub("[£,]", "", text)))]
        found = [each * pence for each in ([found[0] * found[1] / 100] if "% of" in text else found)]
        return sum(found) if "leftovers" in text else found[0] if found else {"funded": 1, "not funded": 0}.get(text)

    def ruled(self, funded: list[Row]) -> Iterator[str]:  # what outcome.json says of every rule
        told = {(each["rule"], each["subject"]): each for each in self.said["rules"] if each["rule"] not in self.left}
        found = {(r["id"], line[0]): (r["kind"], *line[1:]) for r in self.rules for line in self.lines(r, funded)}
        if sorted(told) != sorted(found) or (len(told) < len(self.said["rules"]) and not self.left):
            yield "outcome.json does not say of every rule whether it holds, or says it of what is none."
        for (rule, subject), (kind, figures, over, short) in found.items():
            each, figures = told.get((rule, subject), UNTOLD), figures[: 1 if kind in ("linked", "must_fund") else 3]
            same = [self.figure(each[key]) for key in ("used", "least", "most")][: len(figures)] == figures
            if each["holds"] == (over or short) or not same:
                yield f"rule {rule} {subject}: outcome.json says otherwise: {each['used']}."
            if (over or short) and self.said["tied"]:
                yield f"rule {rule} is broken, and yet awards are recommended."


def differences(files: dict[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    """Give each thing that is checked, in words, with what differs."""
    METHOD.get("TRIED", []).clear()
    yield f"the {len(files)} files are those that the manifest lists", list(check_files(files))
    criteria, bids, outcome = (json.loads(files[f"{name}.json"], object_pairs_hook=once) for name in PARTS)
    words = f"the criteria are the ones that were sealed, and the run came to {outcome['status'].replace('_', ' ')}"
    yield words, list(check_run(files, criteria, bids, outcome))
    yield from EVIDENCE["checks"](files, criteria, bids, outcome) if "checks" in EVIDENCE else []
    published = {theme["id"]: theme for theme in criteria["themes"]}
    if criteria.get("stage"):  # a bundle of such criteria holds the file
        published, *found = STAGES["worked_out"](criteria, bids, outcome, _Theme)
        yield found[0], found[1]
        if outcome.get("stage"):  # the run went no further
            return
    themes = [_Theme(criteria, published[theme["id"]], theme["bids"]) for theme in bids["themes"]]
    rows = {row["bid"]: row for theme in themes for row in theme.rows}
    held = [sorted((t["id"], sorted(b["bid"] for b in t["bids"])) for t in of["themes"]) for of in (bids, outcome)]
    said = {bid["bid"]: bid for theme in outcome["themes"] for bid in theme["bids"]}
    found = [line for theme in themes for line in theme.differences(said)] if held[0] == held[1] else [OTHER_BIDS]
    found += METHOD["marks_made"](criteria, bids, number, rounded) if "marks_made" in METHOD else []
    words = f"{len(rows)} bid{'s' * (len(rows) != 1)} in {len(themes)} theme{'s' * (len(themes) != 1)}"
    yield f"{words}: marks, minimums, points, totals and ranks", found
    if outcome["allocation"]:
        of = outcome["allocation"]["awards"]
        words = f"{len(of)} award{'s' * (len(of) != 1)}: what they cost and score, and every published rule"
        odd = [f"{a['bid']} is awarded at {a['level']!r}." for a in of if not re.fullmatch(LEVEL, str(a["level"]))]
        whole = CHOICE.get("differences", lambda of, its: of(its["allocation"]).differences())
        yield words + METHOD["CHECKED"], odd or list(whole(partial(_Division, criteria, rows=rows), outcome))


def ended(files: dict[str, bytes], differ: int, given: Row) -> list[str]:
    """Give the last lines: whether all agrees, and everything that was not checked."""
    outcome = json.loads(files["outputs/outcome.json"])
    tried = METHOD.get("TRIED", ["no other set was tried"])
    cannot_know = outcome["allocation"] and tried and "data/proof/record.json" not in files
    lines = ["the seal, ledger, dates, CSV files, proof record and shown figures: verify_evidence.py is missing"]
    lines = [*EVIDENCE["unknown"](files, outcome, given, "".join(tried[:1]))] if "unknown" in EVIDENCE else lines
    whole = "Something differs: do not rely on it" if differ else AS_FAR if cannot_know else ALL
    return [f"{whole}.", *(f"Not checked: {line}." for line in lines)]


def main(words: list[str]) -> int:
    """Check the bundle that is named, or the one that this file lies in; say in words what agrees and what does not."""
    here, differ = Path(__file__).resolve().parent, 0
    given = EVIDENCE["asked"](words, here) if "asked" in EVIDENCE else {"bundle": Path(words[0]) if words else here}
    if STRANGE:
        print(f"DIFFERS  {', '.join(STRANGE)}: not the file that belongs to this verify.py, so nothing was run.")
        return 1
    try:
        files = read(given["bundle"])
        print("".join(f"{line}\n" for line in EVIDENCE["heading"](files)) if "heading" in EVIDENCE else "")
        if words[1:] and not EVIDENCE.get("held"):
            raise ValueError("verify_evidence.py is missing, which holds it to what was noted")
        for part in (EVIDENCE["held"](files, given) if "held" in EVIDENCE else [], differences(files)):
            for what, found in part:
                print(f"DIFFERS, {len(found)} in all:  {what}" if found else f"agrees   {what}")
                print("".join(f"           {line}\n" for line in found[:SHOWN]), end="")
                differ += len(found)
    except Exception as error:  # whatever a damaged file makes fail, it ends in a sentence
        print(f"DIFFERS  This cannot be checked as a whole bundle: {type(error).__name__}: {error}")
        return 1
    print("\n" + "".join(f"{line}\n" for line in ended(files, differ, given)), end="")
    return 1 if differ else 0


if __name__ == "__main__":
    getattr(sys.stdout, "reconfigure", dict)(errors="replace")  # a screen that lacks a letter shows ? for it
    sys.exit(PAPER.get("kept", lambda run, words, _: run(words))(main, sys.argv[1:], EVIDENCE.get("asked")))
