"""Random small programmes, scored and divided by the engine, as the members of a bundle."""

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

from evaluator.allocation import allocate, allocation_problem, check_problem, choose, passed_over, with_comparison
from evaluator.files.audit import bundle as bundles
from evaluator.files.audit.verifier import verify
from evaluator.publication import canonical, fingerprint, seal
from evaluator.records.findings.finding import Source, block_award
from evaluator.records.programme.conditions.gates import Standing
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.outcome import Outcome, Run, status
from evaluator.records.submissions.evaluation import NO_MARK, NOT_APPLICABLE, Bid, Decision, Evaluation, ThemeBids
from evaluator.records.submissions.received import Table
from evaluator.reporting import bids_json, outcome_json
from evaluator.scoring import score
from tests.unit.files.audit.random_measured import with_figures, with_lines, with_measured, with_prices

PLACE = Source("made up")
SCALES = (("0", "1", "2", "3", "4", "5"), ("5", "3", "1", "0"), ("0", "2.5", "7.5", "10"), ("-1", "0", "1", "3"))

PARAMETERS: dict[str, tuple[dict[str, str], ...]] = {
    "lowest_price_ratio": ({},),
    "linear_above_lowest": ({}, {"zero_at": "1.5"}, {"zero_at": "3", "clip": "0"}),
    "range": ({},),
    "fixed_limits": ({"lowest": "300", "highest": "900.50"}, {"lowest": "0", "highest": "700", "clip": "0"}),
    "mean_deviation": ({}, {"at_mean": "60", "per_percent": "0.7"}, {"clip": "0"}),
    "price_per_quality_point": ({},),
    "linear_whole_points": ({"direction": "0"}, {"direction": "1"}, {"direction": "-1"}),
    "highest_income_ratio": ({},),
    "graduated_to_inflection": ({"per_percent_above": "0.5"}, {"per_percent_above": "2"}),
    "damped_discount": ({"budget": "950", "least_best": "2.5"}, {"budget": "700", "least_best": "5"}),
    "discount_ratio": ({"budget": "950"}, {"budget": "150"}),
    "bilinear_discount": ({"budget": "950", "at_mean": "0.8"}, {"budget": "500", "at_mean": "0.9"}),
    "narbona": ({"lowest": "200", "budget": "900.50"},),
    "logarithm": ({}, {"zero_at": "3"}, {"zero_at": "1.25", "clip": "0"}),
    "ranking_points": ({"step": "15"}, {"step": "40"}),
    "value_for_money": ({}, {"factor": "1000000"}),
    "weighted_value_for_money": (
        {"quality_weight": "60", "cost_weight": "40", "factor": "1000"},
        {"quality_weight": "80", "cost_weight": "40"},
        {"quality_weight": "50", "cost_weight": "70", "factor": "33"},
    ),
    "utility_index": ({}, {"n": "1.5", "full_quality": "64"}),
    "normalised_both_sides": ({"quality_points": "80", "price_points": "20"},),
    "award_on_value": ({"per_point": "12.5"},),
    "quality_adjusted_price": ({},),
    "quality_coefficient": ({"most": "0.3"}, {"most": "0.5", "full_quality": "64"}),
    "quality_coefficient_income": ({"most": "0.3"},),
    "relative_value_for_cost": ({}, {"highest_score": "64"}),
    "square_root_discount": ({"budget": "950"}, {"budget": "700", "alpha": "0.7"}, {"budget": "150"}),
    "price_quality_simple": ({"estimate": "500", "price_weight": "40"},),
    "price_quality_weighted": ({"estimate": "500", "price_weight": "30", "full_quality": "64"},),
}
NEWER = ("square_root_discount", "price_quality_simple", "price_quality_weighted")  # in turn from NEWEST on
METHODS = ("", *(name for name in PARAMETERS if name not in NEWER))
OTHER_NAMES = {
    "lowest_price_ratio": ("qcbs", "georgia_ratio"),
    "range": ("consip_range",),
    "value_for_money": ("vfm_index",),
    "price_quality_weighted": ("nzta_pqm_weighted",),
}
LATER = 1_000  # programmes from this number on draw later kinds of rule too; earlier ones, which tests name, do not
NEWEST = 2_000  # from this one on, newer price methods and measured criteria
SCALED = 3_000  # from this one on, scales of some questions, tables of points, more minimums, what does not apply
YEARS = ("2027-28", "2028-29", "2029-30")
THEMES = ("art", "sport")
GATE = {"id": "G1", "title": "G1", "question": "?", "predicate": "G1 = pass", "on_failure": "a person decides"}
GATE["source"] = "test"
TIERS = [{"id": "small", "title": "small", "up_to": "500", "optional": ["C2"], "source": "test"}]
TIERS += [{"id": "large", "title": "large", "source": "test"}]


def outcome(seed: int) -> Outcome:
    """Make a programme by its seed; the seeds go through every price method in turn, from NEWEST on the newer ones.

    Where the rules that came up cannot be asked of the bids at all, the dice are thrown again, three times at most.
    """
    methods = NEWER if NEWEST <= seed < SCALED else METHODS
    for attempt in range(3):
        dice, newest = random.Random(seed + attempt * 1_000_000), NEWEST <= seed < SCALED
        made = _outcome(dice, methods[seed % len(methods)], later=seed >= LATER, newest=newest, scaled=seed >= SCALED)
        if not made.findings:
            break
    return made


def _outcome(dice: random.Random, method: str, *, later: bool, newest: bool, scaled: bool) -> Outcome:
    years = YEARS if dice.random() < 0.5 else ()
    criteria = _criteria(dice, method, years, later=later, scaled=scaled)
    evaluation = _evaluation(dice, criteria, years)
    if newest:
        criteria = with_lines(dice, with_measured(dice, criteria))
        evaluation = with_prices(dice, criteria, with_figures(dice, criteria, evaluation))
    return decided(criteria, evaluation)


def decided(criteria: Criteria, evaluation: Evaluation) -> Outcome:
    """Let the engine score and divide."""
    scores = score(criteria, evaluation)
    allocation, findings = None, ()
    if criteria.allocation:
        problem = allocation_problem(criteria, evaluation, scores)
        findings = check_problem(problem, PLACE, tuple(theme.id for theme in criteria.themes))
        if not block_award(findings):
            by_rank = with_comparison(problem, allocate(problem))
            allocation, against = choose(problem, by_rank, criteria.final_choice, evaluation.decisions)
            allocation = replace(allocation, passed_over=passed_over(problem, allocation))
            findings += against
    return Outcome(
        run=Run("run-1", "0"),
        criteria=criteria,
        fingerprint=fingerprint(criteria),
        seal=seal(criteria, "2026-09-01"),
        findings=findings,
        evaluation=evaluation,
        scores=scores,
        allocation=allocation,
    )


def members(made: Outcome) -> dict[str, bytes]:
    """Give what a bundle of an outcome holds, as far as ``verify.py`` looks at it."""
    assert made.seal is not None
    return {
        "data/bids.json": bids_json(made).encode(),
        "data/criteria.json": canonical(made.criteria),
        "inputs/criteria/seal.json": made.seal.model_dump_json(by_alias=True).encode(),
        "outputs/outcome.json": outcome_json(made),
        **bundles.verifiers(),
    }


def packed(made: Outcome, held: dict[str, bytes] | None = None) -> bytes:
    """Close a bundle over its members, so that every sum is right whatever they say."""
    held = held or members(made)
    facts = {"run": "run-1", "status": status(made), "criteria": {"fingerprint": made.fingerprint}}
    return bundles.pack(bundles.manifest(facts, bundles.sums(held)), held)


def _criteria(dice: random.Random, method: str, years: tuple[str, ...], *, later: bool, scaled: bool) -> Criteria:
    scale = dice.choice(SCALES)
    common = [_question(dice, f"C{number}") for number in range(1, dice.randint(1, 3) + 1)]
    themes = [_theme(dice, name, common, scale) for name in THEMES[: dice.randint(1, 2)]]
    if method and dice.random() < 0.2:
        themes[-1]["price"] = _price(dice, dice.choice(METHODS[1:]))
    order = dice.sample(["quality", "lower_price", "question:C1", "question:art1"], dice.randint(0, 3))
    price = _price(dice, method) if method else None
    indexed = any(one and one["method"] in verify.VALUES for one in (price, *(theme.get("price") for theme in themes)))
    document: dict[str, Any] = {
        "schema": 1,
        "reference": "TEST",
        "title": "Test",
        "authority": "Test council",
        "regime": "grant",
        "version": "1",
        "years": years,
        "source": "test",
        "scale": {"source": "test", "mark": [{"mark": m, "label": m, "descriptor": m} for m in scale]},
        "gate": [GATE],
        "price": price,
        "rounding": {
            "point": dice.choice(["parts", "total", "display"]),
            "places": dice.choice([0, 1, 2, 6]),
            "mode": dice.choice(["half_up", "half_even", "up", "down"]),
            "source": "test",
        },
        "moderation": {"method": "consensus", "source": "test"},
        "tie_break": {"order": order, "source": "test"},
        "allocation": _policy(dice, years, [theme["id"] for theme in themes], later=later, indexed=indexed)
        if dice.random() < 0.9
        else None,
        "tier": TIERS,
        "common": common,
        "themes": themes,
    }
    if document["allocation"] and dice.random() < 0.3:  # a theme's own rule
        rule = {"id": "own", "kind": "theme_awards", "theme": themes[0]["id"], "least": 0, "most": dice.randint(1, 3)}
        themes[0]["rule"] = [rule]
    return Criteria.model_validate(_scaled(dice, document) if scaled else document)


def _scaled(dice: random.Random, document: dict[str, Any]) -> dict[str, Any]:
    """Give some questions scales of their own, sections and the whole minimums, and say what need not apply."""
    asked = [question["id"] for question in document["common"]]
    for theme in document["themes"]:
        own = [question["id"] for question in theme["question"]]
        leaves = [leaf for leaf in (*asked, *own) if leaf in theme["weights"]]
        halves = leaves[::2], leaves[1::2]
        theme["section"] = [_section(dice, f"{theme['id']}-{at}", half) for at, half in enumerate(halves) if half]
        theme["minimum_quality_points"] = dice.choice([None, None, "12", "20"])
        theme["more_than"] = dice.sample([*theme["minimum_marks"]], min(1, len(theme["minimum_marks"])))
        if theme["minimum_quality"] and dice.random() < 0.5:
            theme["more_than"].append("quality")
        if dice.random() < 0.3:
            passed = {**_question(dice, f"{theme['id']}-pass"), "answered": "pass_fail"}
            theme["question"].append(passed)
    sections = [section["id"] for theme in document["themes"] for section in theme["section"]]
    eight = [{"mark": str(mark), "label": str(mark), "descriptor": str(mark)} for mark in range(9)]
    points = [{**one, "points": str(at * at + dice.randint(0, 1))} for at, one in enumerate(eight[:5])]
    scale = {"id": "own", "mark": dice.choice([eight, points]), "source": "test"}
    named = {"questions": [asked[0]]} if dice.random() < 0.5 else {"sections": sections[:1]}
    document["scale_of"] = [scale | named] if dice.random() < 0.8 else []
    for theme in document["themes"]:  # minimum marks that the scale has
        theme["minimum_marks"] = {} if document["scale_of"] else theme["minimum_marks"]
        theme["more_than"] = [one for one in theme["more_than"] if one == "quality" or one in theme["minimum_marks"]]
    goes = {"decided_by": "the panel", "weight": dice.choice(["section", "all", "full_marks"]), "source": "test"}
    return document | {"not_applicable": goes if dice.random() < 0.6 else None}


def _section(dice: random.Random, name: str, leaves: list[str]) -> dict[str, Any]:
    shared = {"id": name, "title": name, "weight": "1", "questions": leaves, "source": "test"}
    return shared | dice.choice([{}, {"minimum_points": "2"}, {"minimum_percent": "30%"}])


def _price(dice: random.Random, method: str) -> dict[str, Any]:
    name = dice.choice((method, *OTHER_NAMES.get(method, ())))
    basis = dice.choice(["whole_life", "whole_life", "unit_cost", "yearly", "discounted"])
    rate = {"discount_rate": dice.choice(["3.5%", "10%"])} if basis == "discounted" else {}
    shared = {"method": name, "parameters": dice.choice(PARAMETERS[method]), "unit": "person", "source": "test"}
    return {**shared, "basis": basis, **rate}


def _question(dice: random.Random, id: str) -> dict[str, Any]:
    """Make a question; an optional one is not asked where a theme gives it no weight, which ``_theme`` does."""
    scope = dice.choice(["bid", "bid", "organisation"]) if id.startswith("C") else "bid"
    shared = {"id": id, "title": id, "text": id, "good_answer": id, "source": "test", "scope": scope}
    return {**shared, "optional": id == "C2"}


def _theme(dice: random.Random, name: str, common: list[dict[str, Any]], scale: tuple[str, ...]) -> dict[str, Any]:
    own = [_question(dice, f"{name}{number}") for number in range(1, dice.randint(1, 2) + 1)]
    tier = dice.choice(["small", "large"])
    leaves = [question["id"] for question in (*common, *own) if tier == "small" or not question["optional"]] + ["price"]
    shares = [dice.randint(1, 20) for _ in leaves]
    weights = {leaf: str(Decimal(share) * 100 / 128) for leaf, share in zip(leaves, shares, strict=True)}
    middle = sorted(map(Decimal, scale))[1]
    return {
        "id": name,
        "title": name,
        "source": "test",
        "weights": weights,
        "tier": tier,
        "minimum_marks": {
            leaf: str(dice.choice([middle, max(map(Decimal, scale))])) for leaf in leaves[:-1] if dice.random() < 0.15
        },
        "minimum_quality": f"{dice.choice([20, 45])}%" if dice.random() < 0.4 else None,
        "question": own,
    }


def _policy(
    dice: random.Random, years: tuple[str, ...], themes: list[str], *, later: bool, indexed: bool
) -> dict[str, Any]:
    method = dice.choice(["optimise", "optimise", "priority", "priority", "fixed_lots"])
    rules = _rules(dice, years, themes) + (_later_rules(dice, themes, method, indexed=indexed) if later else [])
    chosen = [{"kind": "budget", "limit": str(dice.randint(500, 3000))}] * (dice.random() < 0.9 or not years)
    chosen += dice.sample(rules, dice.randint(1, 6))
    chosen += _carried(dice, years) if years and (dice.random() < 0.5 or not chosen) else []
    counted = ["wards_covered", "groups_covered", "outcomes_covered", "score_by_people"]
    weighted = ["score_by_money", "score_by_theme", *counted, "lower_cost", "fewer_awards"]
    objective = ["total_score"] if dice.random() < 0.6 else dice.sample(["total_score", *weighted], dice.randint(1, 3))
    some = dice.random() < 0.5
    return {
        "method": method,
        "on_unaffordable": dice.choice(["skip", "stop"]),
        "leftovers": method == "priority" and chosen[0]["kind"] == "budget" and dice.random() < 0.6,
        "minimum_score": dice.choice([None, None, "10", "30"]),
        "minimum_scores": {themes[0]: dice.choice(["5", "40"])} if dice.random() < 0.2 else {},
        "objective": objective if method == "optimise" else ["total_score"],
        "theme_weights": {theme: dice.choice(["1", "1.25", "0.8"]) for theme in themes},
        "tie_break": dice.choice([[], ["lower_cost"], ["wards_covered", "lower_cost"], ["score_by_people"]]),
        "draw_seed": dice.choice(["", "Cabinet 4711"]),
        "level": [{"share": share, "score": score} for share, score in LEVELS if some and dice.random() < 0.7],
        "rule": _with_grounds(dice, [{"id": f"R{number}", **rule} for number, rule in enumerate(chosen, 1)]),
    }


LEVELS = (("80%", "85%"), ("60.5%", "55.25%"), ("33%", "20%"))


def _rules(dice: random.Random, years: tuple[str, ...], themes: list[str]) -> list[dict[str, Any]]:
    """Give a rule of every kind, and several of the kinds that take several forms."""
    limit, theme = str(dice.randint(600, 3000)), dice.choice([*themes, "*"])
    return [
        {"kind": "theme_budget", "theme": theme, "limit": str(dice.randint(300, 2500))},
        {"kind": "theme_budget", "theme": theme, "least": str(dice.randint(0, 500)), "limit": "3000"},
        {"kind": "theme_share", "theme": theme, "most": f"{dice.choice([30, 60, 75.5])}%"},
        {
            "kind": "theme_share",
            "theme": theme,
            "least": "10%",
            "most": "80%",
            "of": dice.choice(["budget", "awarded"]),
        },
        {"kind": "theme_awards", "theme": theme, "least": dice.randint(0, 1), "most": dice.randint(1, 4)},
        {"kind": "organisation_awards", "limit": dice.randint(1, 2)},
        {"kind": "organisation_money", "limit": str(dice.randint(700, 2000))},
        {"kind": "capacity", "limit": str(dice.randint(10, 60))},
        {"kind": "capacity", "limit": str(dice.randint(5, 40)), "themes": themes[:1]},
        {"kind": "exclusive", "bids": ["B1", "B2"]},
        {"kind": "linked", "bids": ["B2", "B3"]},
        {"kind": "must_fund", "bid": dice.choice(["B1", "B2"]), "reason": "published"},
        {"kind": "variants", "limit": 1},
        {"kind": "least_level", "least": dice.choice(["50%", "80%"])},
        {"kind": "reserve_list", "theme": theme, "length": dice.randint(1, 3)},
        {"kind": "ward_floor", "least": dice.randint(0, 2)},
        {"kind": "ward_floor", "least": dice.randint(0, 1), "ward": "Bow"},
        {"kind": "group_floor", "group": "carers", "least": dice.randint(0, 1)},
        {"kind": "outcome_floor", "outcome": "arts", "least": dice.randint(0, 1)},
        {"kind": "small_share", "least": f"{dice.choice([0, 10, 30])}%"},
        {"kind": "small_share", "least": f"{dice.choice([10, 30])}%", "of": "awards"},
        *(_of_years(dice, years, limit) if years else ()),
    ]


def _later_rules(dice: random.Random, themes: list[str], method: str, *, indexed: bool) -> list[dict[str, Any]]:
    """Give a rule of every kind that came when programmes had been numbered already."""
    theme = dice.choice([*themes, "*"])
    line = dice.choice([{"rank": dice.randint(1, 2)}, {"score": str(dice.randint(20, 60))}])
    bands = {"bands": ["45", "25"], "tie_break": dice.choice([[], ["lower_cost"], ["wards_covered"]])}
    apart = dice.choice([{}, {}, *([] if indexed else [bands, {"max_gap": "8"}])])
    merit = {"kind": "merit_order", "theme": theme, "unaffordable": dice.choice(["stop", "pass_over"]), **apart}
    return [{"kind": "fund_first", "theme": theme, **line}, *([merit] * 8 if method == "optimise" else [])]


GROUNDS = ("organisation_awards", "organisation_money", "exclusive", "linked", "variants")


def _with_grounds(dice: random.Random, rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Let an order of merit name some of the rules beside it as grounds."""
    grounds = [rule["id"] for rule in rules if rule["kind"] in GROUNDS]
    for rule in rules:
        if rule["kind"] == "merit_order":
            rule["passes_over"] = [one for one in grounds if dice.random() < 0.7]
    return rules


def _of_years(dice: random.Random, years: tuple[str, ...], limit: str) -> list[dict[str, Any]]:
    """Give rules on the money of single years; those that carry over come with the limits that they carry from."""
    committed = str(dice.choice([0, 100]))
    theme = dice.choice(["art", "*"])
    return [
        {"kind": "year_budget", "year": years[0], "limit": limit, "committed": committed},
        {"kind": "year_budget", "year": years[1], "limit": str(dice.randint(300, 900))},
        {"kind": "theme_budget", "theme": theme, "year": years[0], "least": "0", "limit": limit},
    ]


def _carried(dice: random.Random, years: tuple[str, ...]) -> list[dict[str, Any]]:
    """Give every year a limit, later ones with what the years before left."""
    kind, theme = dice.choice(["year_budget", "theme_budget"]), dice.choice(["art", "*"])
    shared: dict[str, Any] = {"kind": kind, **({"theme": theme} if kind == "theme_budget" else {})}
    limits = [str(dice.randint(300, 1500)) for _ in years]
    return [
        {**shared, "year": year, "limit": limits[at], "carry_over": at > 0 and dice.random() < 0.8}
        for at, year in enumerate(years)
    ]


def _evaluation(dice: random.Random, criteria: Criteria, years: tuple[str, ...]) -> Evaluation:
    by_theme: dict[str, list[Bid]] = {theme.id: [] for theme in criteria.themes}
    prices = [dice.randint(100_00, 999_99) for _ in range(2)]  # few, so that equal ones come up
    for number in range(1, dice.randint(3, 9) + 1):
        theme = dice.choice(list(by_theme))
        amounts = tuple(dice.choice(prices) for _ in years) or (dice.choice(prices),)
        bid = Bid(
            id=f"B{number}",
            theme=theme,
            organisation=f"O{dice.randint(1, 5)}",
            source=PLACE,
            price=sum(amounts),
            by_year=amounts if years else (),
            members=(f"O{dice.randint(6, 8)}",) if dice.random() < 0.3 else (),
            people=dice.randint(1, 9),
            hours=Decimal(dice.randint(0, 400)) / 10,
            wards=tuple(sorted(dice.sample(["Bow", "Mile End", "Wapping"], dice.randint(0, 2)))),
            groups=("carers",) if dice.random() < 0.5 else (),
            outcomes=("arts",) if dice.random() < 0.5 else (),
            small=dice.random() < 0.5,
            variant=dice.choice(["", "", "one", "two"]),
            least_level=dice.choice([None, None, Decimal(50), Decimal("80.0")]),
        )
        by_theme[theme].append(bid)
    themes = tuple(_bids(dice, criteria, theme, bids) for theme, bids in sorted(by_theme.items()))
    return Evaluation(themes, (), (), Table({}, ()), None)


def _bids(dice: random.Random, criteria: Criteria, theme: str, bids: list[Bid]) -> ThemeBids:
    questions = tuple(question.id for question in criteria.questions(theme))
    gone = {bid.id: _decision(bid.id, len(bids) + at) for at, bid in enumerate(bids) if dice.random() < 0.15}
    marks: list[int] = []
    sizes = [len(criteria.scale_for(question).marks) for question in questions]
    same = [dice.randrange(size) for size in sizes]  # of several bids, so that ties come up
    for bid in bids:
        unmarked = bid.id in gone and dice.random() < 0.5
        other = [NO_MARK if unmarked else dice.randrange(size) for size in sizes]
        own = same if dice.random() < 0.4 else other
        if criteria.not_applicable and dice.random() < 0.3 and not unmarked and len(questions) > 1:
            own = [*own[:-1], NOT_APPLICABLE] if criteria.theme(theme).weights[questions[0]] else own
        marks += own
    return ThemeBids(theme, tuple(bids), questions, b"", gone).with_cells(marks)


def _decision(bid: str, number: int) -> Decision:
    standings: tuple[Standing, ...] = ("disregarded", "excluded", "disqualified")
    said = Decision(bid, "failed_gate", "G1", "disregard", "It failed G1.", "Criteria 4.1", "J. Doe", "", "", PLACE)
    return replace(said, standing=standings[number % 3])
