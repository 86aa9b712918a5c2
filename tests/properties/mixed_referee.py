"""What a mixed programme comes to by ``docs/criteria.md`` alone: plain fractions, and no line of the engine.

It reads the document as it was published and the rows as they came in.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction as F
from hashlib import sha256
from itertools import permutations
from math import floor
from typing import Any

from tests.properties.mixed_programmes import Mixed, Row, every_question, scale_of

Doc = dict[str, Any]
LOWEST_FIRST = ("price_per_quality_point", "award_on_value")
INDEXES = (*LOWEST_FIRST, "value_for_money", "normalised_both_sides")
HIGHER = ("direct", "yes_no")


def rounded(value: F, rule: Doc) -> F:
    """Round as ``[rounding]`` says."""
    unit = value * 10 ** int(rule["places"])
    low, size = floor(abs(unit)), abs(unit)
    half = size - low
    more = {"half_up": half >= F(1, 2), "up": half > 0, "down": False}
    more["half_even"] = half > F(1, 2) or (half == F(1, 2) and low % 2 == 1)
    whole = low + more[rule["mode"]]
    return F(whole if unit >= 0 else -whole, 10 ** int(rule["places"]))


def counts(marks: Sequence[Doc]) -> dict[F, F]:
    """Give what each mark of a scale counts: its points, or itself."""
    return {F(one["mark"]): F(one["points"] if "points" in one else one["mark"]) for one in marks}


def combined(rule: Doc, own: Sequence[F], usual: int) -> F:
    """Make one mark of several."""
    left = sorted(own)
    if rule["method"] == "trimmed_mean":
        trim = rule["trim"]
        for _ in range(len(own) * int(trim[:-1]) // 100 if trim.endswith("%") else int(trim)):
            left.remove(min(left))
            left.remove(max(left))
    if rule.get("third_counts") == "closest" and len(left) == 3:
        below, above = left[1] - left[0], left[2] - left[1]
        left = left if below == above else left[:2] if below < above else left[1:]
    number = len(left)
    made = sum(left, F(0))
    if rule["method"] == "median":
        made = left[number // 2] if number % 2 else (left[number // 2 - 1] + left[number // 2]) / 2
    elif rule["method"] != "sum":
        made /= number
    elif rule.get("missing_marks") == "scaled":
        made = made * usual / number
    return rounded(made, rule) if "places" in rule else made


@dataclass
class Bid:
    """A bid as it goes through: what came in of it, and what it comes to."""

    row: Row
    status: str = "ranked"
    quality: F = F(0)
    measured: F = F(0)
    price_points: F | None = None
    total: F | None = None
    rank: int | None = None
    scored: F = F(0)
    cost: F = F(0)

    @property
    def id(self) -> str:
        """Its id."""
        return self.row["bid"]


@dataclass
class Referee:
    """Works everything out of one programme."""

    made: Mixed
    bids: list[Bid] = field(default_factory=list)
    stages: dict[str, dict[str, tuple[F, bool]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Go through the stages, then score what is left, theme by theme."""
        self.doc = self.made.document
        self.rounding, self.how = self.doc["rounding"], self.doc["moderation"]
        self.once = {one["id"] for one in every_question(self.doc) if one.get("scope") == "organisation"}
        self.passing = [one for one in every_question(self.doc) if one.get("answered") == "pass_fail"]
        decisions = self.made.tables["decisions"]
        self.apart = {(row["bid"], row["subject"]) for row in decisions if row["decision"] == "does_not_apply"}
        gone = {row["bid"] for row in decisions if row["decision"] == "disregard"}
        self.bids = [
            Bid(row, "disregarded" if row["bid"] in gone else "ranked") for row in self.made.tables["register"]
        ]
        self._prices()
        for stage in self.doc.get("stage", []):
            self._stage(stage)
        for theme in self.doc["themes"]:
            self._theme(theme, [bid for bid in self.bids if bid.row["theme"] == theme["id"]])

    # Marks and points

    def subject(self, bid: Bid, question: str) -> str:
        """Say whose answer it is."""
        return bid.row["organisation" if question in self.once else "bid"]

    def given(self, bid: Bid, question: str) -> list[F]:
        """Give what each evaluator's mark counts."""
        known, subject = counts(scale_of(self.doc, question)), self.subject(bid, question)
        table = self.made.tables["consensus" if self.how["method"] == "consensus" else "marks"]
        return [known[F(row["mark"])] for row in table if (row["bid"], row["question"]) == (subject, question)]

    def count(self, bid: Bid, question: str, theme: Doc) -> tuple[F, F]:
        """Give what an answer counts, and the most that one can, among the bids that were marked with it."""
        most = max(counts(scale_of(self.doc, question)).values())
        own = self.given(bid, question)
        if self.how["method"] == "consensus":
            return own[0], most
        usual = max(len(self.given(one, question)) for one in self.field_of(question, theme))
        return combined(self.how, own, usual), most * usual if self.how["method"] == "sum" else most

    def weights(self, bid: Bid, theme: Doc, questions: dict[str, F]) -> dict[str, F]:
        """Give what each question carries for a bid."""
        goes, out = self.doc.get("not_applicable", {}).get("weight"), dict(questions)
        apart = [one for one in questions if (bid.id, one) in self.apart]
        if goes == "full_marks" or not apart:
            return out
        kept = {one: weight for one, weight in questions.items() if one not in apart and weight}
        for question in apart:
            out[question] = F(0)
        for question in apart:
            near = [one["questions"] for one in theme.get("section", []) if question in one["questions"]]
            takes = {one: kept[one] for one in kept if near and one in near[0]} if goes == "section" else {}
            takes = takes or kept
            for one, weight in takes.items():
                out[one] += questions[question] * weight / sum(takes.values())
        return out

    def points(self, bid: Bid, theme: Doc, questions: dict[str, F]) -> dict[str, tuple[F, F]]:
        """Give the points of each question and what it carries, for the questions of a stage or of the whole."""
        made = dict[str, tuple[F, F]]()
        for question, weight in self.weights(bid, theme, questions).items():
            if (bid.id, question) in self.apart:
                made[question] = weight, weight
            elif not weight:
                made[question] = F(0), F(0)
            else:
                count, most = self.count(bid, question, theme)
                made[question] = weight * count / most, weight
        return made

    def field_of(self, question: str, theme: Doc) -> list[Bid]:
        """Give the bids whose marks on a question are compared in number: those in its stage, of its theme."""
        stage = next((one["id"] for one in self.doc.get("stage", []) if question in one["questions"]), "")
        its = [bid for bid in self.bids if bid.row["theme"] == theme["id"] or question in self.once]
        inside = self.stages.get(stage)
        its = [
            bid
            for bid in its
            if (bid.id in inside if inside is not None else bid.status in ("ranked", "below_minimum"))
        ]
        return [bid for bid in its if (bid.id, question) not in self.apart and question in self.asked(bid)]

    def asked(self, bid: Bid) -> list[str]:
        """Give the questions that are marked in a bid."""
        (theme,) = (one for one in self.doc["themes"] if one["id"] == bid.row["theme"])
        every = [*self.doc["common"], *theme["question"]]
        return [one["id"] for one in every if one.get("answered") != "information"]

    # Minimums

    def below(self, bid: Bid, theme: Doc, earned: dict[str, tuple[F, F]], *, whole: bool) -> bool:
        """Say whether a bid is below a minimum mark, or one of points."""
        beyond = theme.get("more_than", [])

        def short(name: str, own: F, least: F) -> bool:
            return own <= least if name in beyond else own < least

        least_marks = {one["id"]: "1" for one in self.passing if one.get("essential", True)} | theme.get(
            "minimum_marks", {}
        )
        for question, least in least_marks.items():
            if question in earned and (bid.id, question) not in self.apart:
                count, _ = self.count(bid, question, theme)
                if short(question, count, counts(scale_of(self.doc, question))[F(least)]):
                    return True
        held = [(one["id"], one["questions"], one.get("minimum_points"), one.get("minimum_percent"))
                for one in theme.get("section", [])]  # fmt: skip
        aside = [set(stage["questions"]) for stage in self.doc.get("stage", []) if not stage["counts"]]
        held = [
            one
            for one in held  # a section that only admits is held in its stage, and any other in the end as well
            if (not any(set(one[1]) <= each for each in aside) if whole else set(one[1]) <= set(earned))
        ]
        held += [("quality", list(earned), theme.get("minimum_quality_points"), theme.get("minimum_quality"))] * whole
        for name, questions, points, percent in held:
            own = sum((earned[one][0] for one in questions if one in earned), F(0))
            there = sum((earned[one][1] for one in questions if one in earned), F(0))
            if points and short(name, own, F(points)):
                return True
            if percent and short(name, own, there * F(percent[:-1]) / 100):
                return True
        return False

    # Stages

    def _stage(self, stage: Doc) -> None:
        inside = [bid for bid in self.bids if bid.status == "ranked"]
        self.stages[stage["id"]] = dict.fromkeys((bid.id for bid in inside), (F(0), True))
        able = list[tuple[tuple[Any, ...], Bid]]()
        for theme in self.doc["themes"]:
            questions = {
                one: F(stage.get("weights", {}).get(one, theme["weights"].get(one, 0)))
                for one in stage["questions"]
                if one in self._leaves(theme)
            }
            for bid in (bid for bid in inside if bid.row["theme"] == theme["id"] and questions):
                earned = self.points(bid, theme, questions)
                own = sum((points for points, _ in earned.values()), F(0))
                there = sum(questions.values())
                least = max(F(stage.get("score", 0)), there * F(stage.get("share", "0%")[:-1]) / 100)
                fits = own >= least and not self.below(bid, theme, earned, whole=False)
                self.stages[stage["id"]][bid.id] = own, fits
                if fits:
                    able.append(
                        (
                            (theme["id"] if stage.get("by_theme", True) else "", -own, *self._place(stage, bid, theme)),
                            bid,
                        )
                    )
        if stage["passes"] == "best":
            self._best(stage, able)
        for bid in inside:
            if not self.stages[stage["id"]][bid.id][1]:
                bid.status = "not_shortlisted"

    def _place(self, stage: Doc, bid: Bid, theme: Doc) -> Iterator[Any]:
        for one in stage.get("tie_break", []):
            question = one.removeprefix("question:")
            yield self._mark(bid, question, theme, F(0)) if question in self.asked(bid) else F(0)
        if stage.get("ties") == "draw":
            yield sha256(f"{stage['draw_seed']}\n{bid.id}".encode()).hexdigest()

    def _best(self, stage: Doc, able: list[tuple[tuple[Any, ...], Bid]]) -> None:
        for group in {key[0] for key, _ in able}:
            its = sorted((key, bid.id) for key, bid in able if key[0] == group)
            last = its[min(int(stage["number"]), len(its)) - 1][0]
            for key, bid in its:
                if key > last:
                    self.stages[stage["id"]][bid] = self.stages[stage["id"]][bid][0], False

    def _leaves(self, theme: Doc) -> list[str]:
        return [one["id"] for one in [*self.doc["common"], *theme["question"]] if one.get("answered") != "information"]

    def _mark(self, bid: Bid, question: str, theme: Doc, without: F) -> F:
        if (bid.id, question) in self.apart:
            return -without
        return -self.count(bid, question, theme)[0]

    # Prices, measured figures, totals and ranks

    def _prices(self) -> None:
        for bid in self.bids:
            lines = self.doc.get("price_line", [])
            if not lines:
                bid.scored = bid.cost = F(bid.row["price"])
            paid = [(line, F(line.get("quantity", 1)) * F(bid.row[f"price:{line['id']}"])) for line in lines]
            if lines:
                bid.scored = F(floor(sum(one for _, one in paid) * 100 + F(1, 2)), 100)
                core = sum(one for line, one in paid if not line.get("option"))
                bid.cost = F(floor(core * 100 + F(1, 2)), 100)

    def _theme(self, theme: Doc, bids: list[Bid]) -> None:
        aside = {one for stage in self.doc.get("stage", []) if not stage["counts"] for one in stage["questions"]}
        questions = {one: F(0) if one in aside else F(theme["weights"].get(one, 0)) for one in self._leaves(theme)}
        for bid in (bid for bid in bids if bid.status == "ranked"):
            earned = self.points(bid, theme, questions)
            bid.quality = sum((points for points, _ in earned.values()), F(0))
            outside = any(self._outside(bid, one) for one in self.doc.get("measured", []))
            if self.below(bid, theme, earned, whole=True) or outside:
                bid.status = "below_minimum"
        ranked = [bid for bid in bids if bid.status == "ranked"]
        for one in self.doc.get("measured", []):
            for bid, points in zip(ranked, self._measured(one, F(theme["weights"][one["id"]]), ranked), strict=True):
                bid.measured += points
        for bid in ranked:
            bid.quality += bid.measured
        if ranked:
            self._totals(theme, ranked)
            self._ranks(theme, ranked)

    def _outside(self, bid: Bid, one: Doc) -> bool:
        figure = self.figure(bid, one)
        return figure < F(one.get("least", figure)) or figure > F(one.get("most", figure))

    def figure(self, bid: Bid, one: Doc) -> F:
        """Give a measured figure as it came in."""
        text = bid.row[f"measured:{one['id']}"]
        return F({"yes": 1, "no": 0}[text]) if one["method"] == "yes_no" else F(text)

    def higher(self, one: Doc) -> bool:
        """Say whether more is better."""
        return bool(one.get("better", "higher" if one["method"] in HIGHER else "lower") == "higher")

    def counted(self, bid: Bid, one: Doc) -> F:
        """Give a figure as it counts: no better than the cap."""
        cap = F(one["cap"]) if "cap" in one else None
        own = self.figure(bid, one)
        return own if cap is None else min(own, cap) if self.higher(one) else max(own, cap)

    def _measured(self, one: Doc, full: F, ranked: list[Bid]) -> list[F]:
        own, terms = [self.counted(bid, one) for bid in ranked], one.get("parameters", {})
        better = [sum(a > b if self.higher(one) else a < b for a in own) for b in own]
        low, high = min(own, default=F(0)), max(own, default=F(0))
        formulas: dict[str, Callable[[F, int], F]] = {
            "direct": lambda figure, _: full * figure / high,
            "inverse": lambda figure, _: full * low / figure,
            "lowest_price_ratio": lambda figure, _: full * low / figure,
            "yes_no": lambda figure, _: full if figure else full * F(terms["no"]) / 100,
            "banded": lambda figure, _: full * (1 if figure <= 3 else F(4, 10) if figure <= 9 else 0),
            "by_rank": lambda _, before: full * max(F(0), 1 - F(terms["step"]) * before / 100),
            "by_quarter": lambda _, before: full * F(100 - 25 * (4 * before // len(own)), 100),
            "range": lambda figure, _: full * (figure - low) / (high - low) if high > low else full,
        }
        return [formulas[one["method"]](figure, before) for figure, before in zip(own, better, strict=True)]

    def _totals(self, theme: Doc, ranked: list[Bid]) -> None:
        point, policy = self.rounding["point"], self.doc.get("price")
        for bid in ranked:
            counted = rounded(bid.quality, self.rounding) if point == "parts" else bid.quality
            bid.total = counted
        if policy and policy["method"] in INDEXES:
            for bid, index in zip(ranked, self._indexes(policy, ranked), strict=True):
                bid.total = index if index is None or point == "display" else rounded(index, self.rounding)
            return
        full = F(theme["weights"].get("price", 0))
        lines = [line for line in self.doc.get("price_line", []) if line.get("weight")]
        points = price_points(policy, full, [bid.scored for bid in ranked]) if policy else []
        if lines and policy:
            points = [F(0) for _ in ranked]
            for line in lines:
                part = full * F(line["weight"]) / sum(F(each["weight"]) for each in lines)
                prices = [F(bid.row[f"price:{line['id']}"]) for bid in ranked]
                way = line if "method" in line else policy
                points = [a + b for a, b in zip(points, price_points(way, part, prices), strict=True)]
        for bid, own in zip(ranked, points, strict=bool(policy)):
            bid.price_points = rounded(own, self.rounding) if point == "parts" else own
            bid.total = (bid.total or F(0)) + bid.price_points
        for bid in ranked:
            bid.total = rounded(bid.total or F(0), self.rounding) if point == "total" else bid.total

    def _indexes(self, policy: Doc, ranked: list[Bid]) -> list[F | None]:
        quality, terms = [bid.total or F(0) for bid in ranked], policy.get("parameters", {})
        best, low = max(quality), min(bid.scored for bid in ranked)

        def index(own: F, price: F) -> F | None:
            if policy["method"] == "price_per_quality_point":
                return price / own if own > 0 else None
            if policy["method"] == "value_for_money":
                return F(terms["factor"]) * own / price
            if policy["method"] == "award_on_value":
                return price - own * F(terms["per_point"])
            points = F(terms["quality_points"]) * own / best if best > 0 else F(0)
            return points + F(terms["price_points"]) * low / price

        return [index(own, bid.scored) for own, bid in zip(quality, ranked, strict=True)]

    def _ranks(self, theme: Doc, ranked: list[Bid]) -> None:
        policy = self.doc.get("price") or {"method": ""}
        sign = 1 if policy["method"] in LOWEST_FIRST else -1
        keys = {bid.id: (bid.total is None, sign * (bid.total or F(0)), *self._tie(bid, theme)) for bid in ranked}
        for bid in ranked:
            bid.rank = 1 + sum(keys[one.id] < keys[bid.id] for one in ranked)

    def _tie(self, bid: Bid, theme: Doc) -> Iterator[Any]:
        tie = self.doc["tie_break"]
        for entry in tie["order"]:
            kind, _, name = entry.partition(":")
            if kind == "question":
                yield self._mark(bid, name, theme, F(-1))
            elif kind == "measured":
                (one,) = (one for one in self.doc["measured"] if one["id"] == name)
                yield self.counted(bid, one) * (-1 if self.higher(one) else 1)
            else:
                drawn = sha256(f"{tie.get('draw_seed', '')}\n{bid.id}".encode()).hexdigest()
                own = {
                    "quality": -bid.quality,
                    "lower_price": bid.scored,
                    "received": bid.row["received"],
                    "draw": drawn,
                }
                yield own[kind]

    # Awards

    def awards(self) -> set[frozenset[tuple[str, F]]]:
        """Give every outcome of the list that is equal by what was published: bids with their sums."""
        tie = self.doc["tie_break"]["order"]
        by_rank = {"received", "draw"} & {*tie} or "amounts" in self.doc or "final_choice" in self.doc
        ranked = [bid for bid in self.bids if bid.rank and self.offer(bid) is not None]
        scores = sorted({self.score(bid) for bid in ranked}, reverse=True)
        orders: list[list[Bid]] = [[]]
        for score in scores:
            group = [bid for bid in ranked if self.score(bid) == score]
            ways = [way for way in permutations(group) if not by_rank or in_order(way)]
            orders = [[*order, *way] for order in orders for way in ways]
        return {frozenset(self._listed(order)) for order in orders}

    def chosen(self, by_rank: dict[str, F]) -> dict[str, F]:
        """Give the awards after the final choice, of those by rank."""
        made = dict(by_rank)
        offers = {bid.id: self.offer(bid) for bid in self.bids}
        for row in (row for row in self.made.tables["decisions"] if row["matter"] == "final_choice"):
            if row["decision"] == "fund":
                made.setdefault(row["bid"], offers[row["bid"]] or F(0))  # one that has an award keeps it
            else:
                made.pop(row["bid"], None)
        return made

    def score(self, bid: Bid) -> F:
        """Give what a bid counts with where money is divided."""
        policy = self.doc.get("price") or {"method": ""}
        if policy["method"] not in INDEXES:
            return bid.total or F(0)
        return rounded(bid.quality, self.rounding) if self.rounding["point"] == "parts" else bid.quality

    def offer(self, bid: Bid) -> F | None:
        """Give the sum that a bid is offered, cut to fit the money where all are cut."""
        own = self._before_cut(bid)
        if not self.doc.get("amounts", {}).get("pro_rata") or own is None:
            return own
        all_of_it = sum(self._before_cut(one) or F(0) for one in self.bids if one.rank)
        money = F(self.doc["allocation"]["rule"][0]["limit"])
        return own if all_of_it <= money else self._useful(bid, self._unit(own * money / all_of_it))

    def _before_cut(self, bid: Bid) -> F | None:
        amounts, ask, share = self.doc.get("amounts", {}), bid.cost, F(1)
        rank, score = bid.rank or 1, self.score(bid)
        if "by_rank" in amounts:
            share = F(amounts["by_rank"][min(rank, len(amounts["by_rank"])) - 1][:-1]) / 100
        if "step" in amounts:
            share = max(1 - (rank - 1) * F(amounts["step"][:-1]) / 100, F(amounts["least_share"][:-1]) / 100)
        if "by_score" in amounts:
            share = max(
                (F(one["share"][:-1]) / 100 for one in amounts["by_score"] if score >= F(one["at_least"])), default=F(0)
            )
        for row in self.made.tables["decisions"]:
            if (row["bid"], row["matter"]) == (bid.id, "panel_sum"):
                share = F(row["sum"]) / ask
        return self._useful(bid, ask if share == 1 else self._unit(ask * share))

    def _unit(self, sum_: F) -> F:
        unit = F(self.doc["amounts"].get("round_to", "0.01"))
        return floor(sum_ / unit) * unit

    def _useful(self, bid: Bid, sum_: F) -> F | None:
        least = F(self.doc.get("amounts", {}).get("least_useful", 0))
        return sum_ if sum_ == bid.cost or (sum_ > 0 and sum_ >= least) else None

    def _listed(self, order: Sequence[Bid]) -> Iterator[tuple[str, F]]:
        policy, rest = self.doc["allocation"], self.doc.get("amounts", {}).get("rest") == "offered"
        left = F(policy["rule"][0]["limit"])
        once, holders, over = len(policy["rule"]) > 1, set[str](), set[str]()
        for bid in order:
            sum_, organisation, theme = self.offer(bid), bid.row["organisation"], bid.row["theme"]
            if sum_ is None or theme in over:
                continue
            free = not (once and organisation in holders)
            if free and sum_ > left:
                part = self._useful(bid, self._unit(left)) if rest else None
                over |= {theme} if policy["on_unaffordable"] == "stop" else set()
                sum_ = part
            elif not free:
                over |= {theme} if policy["on_unaffordable"] == "stop" else set()
                sum_ = None
            if sum_ is not None:
                left -= sum_
                holders.add(organisation)
                yield bid.id, sum_


def in_order(way: Sequence[Bid]) -> bool:
    """Say whether bids of one theme stand in the order of their ranks."""
    pairs = [(a, b) for at, a in enumerate(way) for b in way[at + 1 :]]
    return all(a.row["theme"] != b.row["theme"] or (a.rank or 0) <= (b.rank or 0) for a, b in pairs)


def price_points(policy: Doc, full: F, prices: list[F]) -> list[F]:
    """Give the points for price by a published method."""
    terms = {key: F(value) for key, value in policy.get("parameters", {}).items()}
    low, high = min(prices), max(prices)
    mean = sum(prices, F(0)) / len(prices)

    def kept(points: F) -> F:
        return max(F(0), min(full, points))

    def one(price: F) -> F:
        before = sum(other < price for other in prices)
        off = (
            [max(F(0), (terms["budget"] - each) / terms["budget"]) for each in (price, low)]
            if "budget" in terms
            else []
        )
        formulas: dict[str, Callable[[], F]] = {
            "lowest_price_ratio": lambda: full * low / price,
            "linear_above_lowest": lambda: kept(full * (2 * low - price) / low),
            "range": lambda: full * (high - price) / (high - low) if high > low else full,
            "fixed_limits": lambda: kept(full * (terms["highest"] - price) / (terms["highest"] - terms["lowest"])),
            "mean_deviation": lambda: kept(F(full * (50 - 100 * (price - mean) / mean) / 100)),
            "ranking_points": lambda: max(F(0), full - full * terms["step"] / 100 * before),
            "discount_ratio": lambda: full * off[0] / off[1] if off[1] else F(0),
        }
        return formulas[policy["method"]]()

    return [one(price) for price in prices]
