"""The formulas of ``verify.py`` judge the awards that just keep and just break each rule as people worked them out."""

from decimal import Decimal
from typing import Any

import pytest

from evaluator.files.audit.verifier import verify
from evaluator.records.results.allocation import Award, Candidate, Problem
from tests.unit.allocation.proof.rules_kept_and_broken import (
    PAIRS,
    YEARS,
    Pair,
    checked,
    given,
)

SHARES = [{"share": "60", "score": "60"}, {"share": "59.99", "score": "59.99"}]


def row(one: Candidate) -> dict[str, Any]:
    """A ranked bid as ``data/bids.json`` and the scoring of ``verify.py`` give it; the money is in pounds."""
    pounds = {year: str(Decimal(paid) / 100) for year, paid in zip(YEARS, one.levels[0].costs, strict=True)}
    lead, *members = one.organisations
    return {
        "bid": one.bid,
        "theme": one.theme,
        "organisation": lead,
        "members": members,
        "variant": one.variant,
        "price": str(Decimal(one.levels[0].cost) / 100),
        "by_year": pounds,
        "hours": str(one.hours),
        "wards": list(one.wards),
        "groups": list(one.groups),
        "outcomes": list(one.outcomes),
        "small": one.small,
        "status": "ranked",
        "score": verify.number(one.score),
        "people": one.people,
        "rank": 1,
        "index": None,
    }


def division(made: Problem) -> verify._Division:
    policy = made.policy.model_dump(mode="json")
    criteria = {"allocation": {**policy, "level": SHARES}, "years": list(YEARS), "themes": []}
    return verify._Division(criteria, {}, {one.bid: row(one) for one in made.candidates})


def verdicts(made: Problem, awards: tuple[Award, ...]) -> dict[str, bool]:
    """Whether the awards keep the first rule, subject by subject."""
    held = division(made)
    funded = [{**held.offers[one.bid, verify.number(one.level.rstrip("%"))], "later": one.leftovers} for one in awards]
    return {subject: not (over or short) for subject, _, over, short in held.lines(held.rules[0], funded)}


def judged(pair: Pair, names: str) -> dict[str, bool]:
    return verdicts(checked(f"{pair.keeping} {pair.breaking}", pair.rule, *pair.others), given(names))


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_awards_at_the_published_figure_keep_a_rule_there_too(pair: Pair) -> None:
    assert all(judged(pair, pair.keeping).values())


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_awards_that_are_one_off_break_a_rule_there_too(pair: Pair) -> None:
    assert [subject for subject, kept in judged(pair, pair.breaking).items() if not kept] == [pair.line[0]]
