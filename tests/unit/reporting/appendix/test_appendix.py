"""The appendix states every rule: whatever single value of the criteria changes, the words of the appendix change."""

import re
from copy import deepcopy
from fractions import Fraction
from pathlib import Path

import pytest
from pydantic import ValidationError

from evaluator.files.read.criteria.folder import read_criteria
from evaluator.publication import ARITHMETIC, check, effective_weights, fingerprint, seal
from evaluator.records.numbers import rounded
from evaluator.records.programme.accepted import Accepted, Version
from evaluator.records.programme.criteria import Criteria
from evaluator.records.programme.price.methods import METHODS, SAME_AS
from evaluator.reporting.appendix import Issued, appendix_html
from evaluator.reporting.appendix.price_words import WORDS
from evaluator.reporting.appendix.statements import further
from evaluator.studies.worked_examples import worked_examples
from tests.method_parameters import parameters_of
from tests.unit.publication.small_criteria import SMALL, add, both, put, small
from tests.worked_examples import community_fund

SAMPLE = Path(__file__).parents[4] / "criteria" / "community_commissioning"
RULES = [
    {"id": "X1", "kind": "organisation_awards", "title": "t", "limit": 2, "source": "7"},
    {"id": "X2", "kind": "organisation_money", "title": "t", "limit": "200000", "source": "7"},
    {"id": "X3", "kind": "capacity", "title": "t", "limit": "400.5", "source": "7"},
    {"id": "X4", "kind": "exclusive", "title": "t", "bids": ["B1", "B2"], "limit": 1, "source": "7"},
    {"id": "X5", "kind": "linked", "title": "t", "bids": ["B3", "B4"], "source": "7"},
    {"id": "X6", "kind": "must_fund", "title": "t", "bid": "B5", "source": "7"},
    {"id": "X7", "kind": "ward_floor", "title": "t", "least": 3, "source": "7"},
    {"id": "X8", "kind": "group_floor", "title": "t", "group": "carers", "least": 1, "source": "7"},
    {"id": "X9", "kind": "small_share", "title": "t", "least": "15%", "source": "7"},
]
OWN_PRICE = {
    "method": "linear_above_lowest",
    "basis": "discounted",
    "unit": "person",
    "discount_rate": "3.5%",
    "parameters": {"zero_at": "3", "clip": "1"},
    "below_mean": "40%",
    "below_next": "30%",
    "source": "6",
}
SECTION = {"id": "all", "title": "All", "weight": "100", "questions": ["C1", "C2", "N1", "price"], "source": "4"}
TIER = {
    "id": "small",
    "title": "Small contracts",
    "up_to": "40000",
    "optional": ["C9"],
    "word_limit": 900,
    "total_words": 4000,
    "monitoring": 2,
    "turnover": "2",
    "accounts_years": 1,
    "instead_of_accounts": "A bank statement.",
    "insurance": "by_start",
    "source": "4",
}
TERM = {"id": "T1", "title": "Words", "text": "Words beyond a limit are not read.", "source": "ITT 4"}
VERIFICATION = {
    "column": "wards",
    "counts": "Places with an address there.",
    "evidence": "The booking of each place.",
    "checked_by": "The programme office.",
    "before": "award",
    "source": "5",
}
OTHERWISE = {  # a value of each list of words that a key can have, where " and more" is not one
    "pa2023": "grant",
    "participation": "minimum",
    "wards": "groups",
    "award": "contract",
    "exclusion": "procedural",
    "debarment": "mandatory",
    "bid": "organisation",
    "organisation": "bid serves",
    "fixed_limits": "weighted_score_limits",
    "linear_above_lowest": "pppfa",
    "lowest_price_ratio": "qcbs",
    "whole_life": "yearly",
    "unit_cost": "whole_life",
    "discounted": "whole_life",
    "half_up": "down",
    "parts": "total",
    "consensus": "one_evaluator",
    "quality": "lower_price",
    "lower_price": "quality",
    "optimise": "priority",
    "skip": "stop",
    "total_score": "fewer_awards",
    "wards_covered": "fewer_awards",
    "lower_cost": "fewer_awards",
    "by_start": "with_bid",
    "led_by": "serves",
    "exists_for": "serves",
    "budget": "organisation_money",
    "capacity": "ward_floor",
    "ward_floor": "capacity",
    "organisation_awards": "capacity",
    "organisation_money": "budget",
    "linked": "exclusive",
    "exclusive": "linked",
}


def rich():
    """Give plain criteria in which every key that can be published is published."""
    plain = deepcopy(SMALL)
    both(
        put("allocation.minimum_score", "50"),
        put("allocation.on_unaffordable", "skip"),
        put("allocation.leftovers", True),
        put("allocation.objective", ["total_score", "wards_covered"]),
        put("allocation.time_limit", 60),
        *(add("allocation.rule", rule) for rule in RULES),
        put("price.below_next", "30%"),
        put("price.unit", "person"),
        put("price.parameters.clip", "1"),
        put("moderation.declarations_required", True),
        put("themes.0.price", OWN_PRICE),
        put("themes.0.section", [SECTION | {"shares": {"C1": "20", "N1": "30"}}]),
        put("themes.0.summary", "The north."),
        put("themes.0.tier", "small"),
        put("tier", [TIER]),
        put("verification", [VERIFICATION]),
        put("term", [TERM]),
        put("themes.0.question.0.word_limit", 300),
        put("themes.0.question.0.scope", "organisation"),
        put("common.0.scope", "bid"),
        put("common.0.approaches", ["prevention"]),
        put("common.0.word_limit", 200),
    )(plain)
    return plain


def leaves(value, way=()):
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inner is None:
        yield way, value
        return
    for key, held in inner:
        if key != "facts":  # they are no rules: reviewers see them, and bidders the texts that hold them
            yield from leaves(held, (*way, key))


def others(value):
    """Give values that differ from this one; the first that the key takes is tried."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1]
    text = str(value)
    found = OTHERWISE.get(text, "").split()
    number = re.fullmatch(r"([0-9]+)(\.[0-9]+)?(%?)", text)
    return [*found, *([f"{int(number[1]) + 1}{number[2] or ''}{number[3]}"] if number else []), f"{text} and more"]


def with_value(plain, way, value):
    changed = deepcopy(plain)
    held = changed
    for part in way[:-1]:
        held = held[part]
    held[way[-1]] = value
    return changed


def words(criteria, **more):
    """Give the page's words without its foot, where the fingerprint stands, and without an example."""
    html = appendix_html(Issued(criteria, fingerprint(criteria), None, **more), "0")
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<main")[2].partition("</main>")[0]).split())


def unsaid(plain):
    """Give the keys whose change does not show, and those that cannot be changed alone."""
    before = words(Criteria.model_validate(plain))
    silent, kept = [], []
    for way, value in leaves(plain):
        for other in others(value):
            try:
                criteria = Criteria.model_validate(with_value(plain, way, other))
            except ValidationError:
                continue
            if words(criteria) == before:
                silent.append((way, value, other))
            break
        else:
            kept.append(way[-1])
    return silent, kept


def test_every_single_value_that_changes_changes_the_words_of_the_appendix():
    silent, kept = unsaid(rich())
    assert silent == []
    # What cannot be changed alone: the layout's number, and kinds of rule that no other kind has the keys of; days have
    # a test of their own.
    assert set(kept) == {"schema", "kind", "first_act_date", "tenders_close"}


def test_every_single_value_of_scales_minimums_and_what_does_not_apply_changes_the_words(tmp_path):
    criteria = read_criteria(community_fund.write(tmp_path)[0]).criteria
    plain = criteria.model_dump(mode="json", by_alias=True, exclude_none=True)
    for theme in plain["themes"]:
        for section in theme["section"]:
            if "minimum_percent" in section:
                section["minimum_percent"] += "%"
    silent, kept = unsaid(plain)
    # That a pass is wanted of O1 is no figure that anybody publishes: no other mark of it can be.
    assert [way for way, _, _ in silent] == [("themes", 0, "minimum_marks", "O1")]
    # Of a fund of this kind these cannot be changed alone either: another method or law asks for other keys beside it.
    alone = {"answered", "method", "point", "regime", "weight"}
    assert set(kept) <= {"schema", "kind", "first_act_date", "tenders_close"} | alone


@pytest.mark.slow
def test_every_single_value_of_the_sample_changes_the_words_of_the_appendix():
    criteria = read_criteria(SAMPLE).criteria
    plain = criteria.model_dump(mode="json", by_alias=True, exclude_none=True)
    for holder in [plain, *plain["themes"]]:  # percentages are written with their sign
        for part, key in (("price", "below_mean"), ("price", "below_next")):
            if key in holder.get(part, {}):
                holder[part][key] += "%"
        if "minimum_quality" in holder:
            holder["minimum_quality"] += "%"
    for rule in plain["allocation"]["rule"]:
        if rule["kind"] == "small_share":
            rule["least"] += "%"
    silent, kept = unsaid(plain)
    assert silent == []
    assert set(kept) <= {"schema", "kind"}


def test_tiers_stand_in_a_table_with_a_column_for_each():
    html = appendix_html(Issued(Criteria.model_validate(rich()), "0", None), "0")
    rows = dict(re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td></tr>', html))
    assert '<th scope="col">Small contracts</th>' in html
    assert rows["Its name"] == "small"
    assert rows["Most words of all answers together"] == "4000"
    assert rows["Insurance"] == "in force when the contract starts"
    assert "Also published: tier" not in html


def test_what_nobody_thought_of_yet_is_listed_and_not_left_out():
    told = further(small().rounding, frozenset({"places", "mode"}))
    assert told == (("point", "parts"), ("source", "6"))


def test_the_words_hold_every_method_once():
    assert set(WORDS) == set(METHODS) - set(SAME_AS)


@pytest.mark.parametrize("method", sorted(METHODS))
def test_every_parameter_of_a_method_is_in_its_words(method):
    index = METHODS[method].gives != "points"
    own = {"C1": "20", "C2": "10", "N1": "70"} if index else {"C1": "20", "C2": "10", "N1": "30", "price": "40"}
    plain = deepcopy(SMALL)
    plain["price"] = {"method": method, "parameters": dict(parameters_of(method)), "source": "6"}
    plain["themes"][0]["weights"] = own
    before = words(Criteria.model_validate(plain))
    assert method in before
    for name, terms in METHODS[method].parameters.items():
        now = plain["price"]["parameters"].get(name, str(terms.default))
        other = next((str(one) for one in terms.one_of if str(one) != now), "2.75")
        changed = with_value(plain, ("price", "parameters", name), other)
        assert words(Criteria.model_validate(changed)) != before, name


def test_accepted_findings_and_versions_are_printed():
    accepted = Accepted(
        code="E-CRIT-705",
        place="themes/north.toml question[1].text",
        person="A. Lawyer",
        reason="It is needed.",
        date="2026-09-01",
    )
    version = Version(
        version="1.1",
        date="2026-10-01",
        replaces="1.0",
        what="A date",
        why="An error",
        legal_footing="s.24",
        told="By email",
    )
    told = words(small(), accepted=(accepted,), versions=(version,))
    for text in ("E-CRIT-705", "A. Lawyer", "It is needed.", "By email", "An error", "s.24"):
        assert text in told


def followed(criteria, example):
    """Score the example by hand: marks to points, the lowest price ratio, rounding to two places, half up."""
    theme = criteria.theme(example.theme)
    highest = max(criteria.scale.marks)
    quality = {
        bid.bid: sum(
            Fraction(theme.weights[question]) * Fraction(mark) / Fraction(highest) for question, mark in bid.marks
        )
        for bid in example.bids
    }
    enough = [
        bid for bid in example.bids if all(dict(bid.marks)[q] >= least for q, least in theme.minimum_marks.items())
    ]
    prices = {bid.bid: Fraction(bid.price, bid.people or 1) for bid in enough}
    totals = {}
    for bid in enough:
        points = Fraction(theme.weights["price"]) * min(prices.values()) / prices[bid.bid]
        totals[bid.bid] = Fraction(rounded(quality[bid.bid], 2) + rounded(points, 2), 100)
    return quality, totals


def test_a_reader_who_follows_the_example_by_hand_gets_the_engines_numbers():
    criteria = read_criteria(SAMPLE).criteria
    examples = worked_examples(criteria)
    assert [one.theme for one in examples] == ["advice", "digital"]
    for example in examples:
        quality, totals = followed(criteria, example)
        assert {bid.bid: bid.quality for bid in example.bids} == quality
        assert {bid.bid: bid.total for bid in example.bids if bid.total is not None} == totals
        best = sorted(totals, key=lambda bid: -totals[bid])
        assert [bid.bid for bid in sorted(example.bids, key=lambda bid: bid.rank or 99)][: len(best)][0] == best[0]
    award = examples[0].award
    assert award.sets[0].bids == award.awarded
    assert award.sets[0].cost <= award.budget


def test_the_page_says_what_it_is_of_and_whether_it_is_sealed():
    criteria = small()
    sealed = seal(criteria, "2026-09-01")
    html = appendix_html(
        Issued(criteria, fingerprint(criteria), sealed, effective_weights(criteria), worked_examples(criteria)), "0"
    )
    assert sealed.sha256 in html
    assert '<html lang="en-GB">' in html
    assert check(criteria, ARITHMETIC) == ()
    assert html.count("<h1>") == 1


def test_the_appendix_says_how_it_began_what_it_is_worth_and_when_bids_close():
    page = words(small())
    for said in ("Closing time 12:00 on 26 February 2027", "Day of the first act 11 January 2027", "£300,000 with VAT"):
        assert said in page
    assert "Closing time" not in words(small(put("procurement", None)))
