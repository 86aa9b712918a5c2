"""The model programme: what must hold of its criteria, whatever their wording."""

from fractions import Fraction
from itertools import chain, combinations

import pytest

from evaluator.files.read.criteria.folder import read_criteria
from evaluator.publication import check_seal
from evaluator.records.programme.criteria import PRICE
from sample_bids.build import CRITERIA, PROGRAMME, SEALED, criteria_of

CRITERIA_READ = criteria_of(PROGRAMME)
THEMES = {theme.id: theme for theme in CRITERIA_READ.themes}
COMMON = {question.id: question for question in CRITERIA_READ.common}
# The Cabinet paper's twelve outcome areas (3.24) and its two cross-cutting outcomes and approaches (3.22).
AREAS = {
    "inclusion",
    "health_wellbeing",
    "accessibility",
    "digital",
    "employment_skills",
    "waste",
    "safety",
    "place",
    "social_value",
    "innovation",
    "empowerment",
    "capacity",
}


@pytest.mark.parametrize("programme", SEALED)
def test_the_committed_seal_is_that_of_the_committed_criteria(programme: str) -> None:
    read = read_criteria(CRITERIA / programme)
    assert read.findings == ()
    assert read.criteria is not None
    assert check_seal(read.criteria, read.seal) == ()


@pytest.mark.parametrize("theme", THEMES)
def test_the_weights_of_a_theme_sum_to_exactly_100(theme: str) -> None:
    assert sum(map(Fraction, THEMES[theme].weights.values())) == 100


@pytest.mark.parametrize("theme", THEMES)
def test_every_weight_belongs_to_a_question_or_to_price(theme: str) -> None:
    asked = {question.id for question in CRITERIA_READ.questions(theme)}
    assert set(THEMES[theme].weights) == asked | {PRICE}


@pytest.mark.parametrize("theme", THEMES)
def test_points_never_have_more_than_two_decimal_places(theme: str) -> None:
    weights = (Fraction(weight) for name, weight in THEMES[theme].weights.items() if name != PRICE)
    points = [weight * Fraction(mark) / 5 for weight in weights for mark in CRITERIA_READ.scale.marks]
    assert all((100 * point).denominator == 1 for point in points)


@pytest.mark.parametrize(
    ("theme", "carried"),
    [("inclusion", 45), ("digital", 40), ("advice", 40), ("employment", 45), ("safety", Fraction("47.5"))],
)
def test_the_common_questions_carry_what_the_readme_says_in_the_same_ratios(theme: str, carried: int) -> None:
    asked = [name for name, question in COMMON.items() if CRITERIA_READ.applies(question, theme)]
    weights = {name: Fraction(THEMES[theme].weights[name]) for name in asked}
    assert sum(weights.values()) == carried
    relative = {name: Fraction(question.relative_weight or 0) for name, question in COMMON.items()}
    assert all(weights[a] * relative[b] == weights[b] * relative[a] for a, b in combinations(asked, 2))


def test_the_question_about_partners_is_asked_in_every_theme_but_the_smallest() -> None:
    assert [name for name, question in COMMON.items() if question.optional] == ["C8"]
    assert [theme for theme in THEMES if "C8" not in THEMES[theme].weights] == ["safety"]
    assert {theme.id: theme.tier for theme in CRITERIA_READ.themes} == {
        **dict.fromkeys(("digital", "employment", "inclusion"), "medium"),
        "advice": "large",
        "safety": "small",
    }


def test_two_common_questions_are_answered_once_by_the_organisation() -> None:
    assert [name for name, question in COMMON.items() if question.scope == "organisation"] == ["C6", "C9"]


def test_every_outcome_and_approach_of_the_paper_is_asked_about() -> None:
    asked = tuple(chain(CRITERIA_READ.common, *(theme.question for theme in CRITERIA_READ.themes)))
    outcomes = set(chain.from_iterable(question.outcomes for question in asked))
    approaches = set(chain.from_iterable(question.approaches for question in asked))
    assert outcomes == {"reducing_poverty", "empowerment_cohesion"} | AREAS == set(CRITERIA_READ.outcomes)
    assert approaches == {"prevention", "co_production"} == set(CRITERIA_READ.approaches)


def test_every_theme_has_two_to_four_questions_of_its_own() -> None:
    assert all(2 <= len(theme.question) <= 4 for theme in CRITERIA_READ.themes)


def test_a_good_answer_has_the_four_parts_that_the_scale_counts() -> None:
    asked = chain(CRITERIA_READ.common, *(theme.question for theme in CRITERIA_READ.themes))
    assert all(
        [f"({part})" in question.good_answer for part in range(1, 6)] == [True] * 4 + [False] for question in asked
    )


def test_a_bid_without_partners_can_earn_every_mark() -> None:
    assert "A bid without partners can earn every mark." in COMMON["C8"].good_answer


def test_the_published_yearly_budgets_of_the_themes_make_up_the_programme_budget() -> None:
    values = {
        theme.id: {(rule.least, rule.limit) for rule in theme.rule if rule.kind == "theme_budget"}
        for theme in CRITERIA_READ.themes
    }
    budgets = {"inclusion": 990_000, "digital": 340_000, "advice": 640_000, "employment": 435_000, "safety": 195_000}
    # The value of each lot is 80 % to 110 % of its yearly budget.
    assert values == {name: {(budget * 8 // 10, budget * 11 // 10)} for name, budget in budgets.items()}
    assert sum(budgets.values()) == 2_600_000
    years = {rule.year: rule.limit for rule in CRITERIA_READ.rules if rule.kind == "year_budget"}
    assert years == dict.fromkeys(("2027-28", "2028-29", "2029-30", "2030-31"), 2_600_000)


def test_everything_published_says_where_it_comes_from() -> None:
    allocation, equality = CRITERIA_READ.allocation, CRITERIA_READ.equality
    assert allocation is not None
    assert equality is not None
    sourced = chain(
        (CRITERIA_READ, CRITERIA_READ.scale, CRITERIA_READ.price, CRITERIA_READ.rounding, CRITERIA_READ.moderation),
        (
            CRITERIA_READ.tie_break,
            allocation,
            equality,
            *CRITERIA_READ.gate,
            *CRITERIA_READ.rules,
            *CRITERIA_READ.common,
        ),
        CRITERIA_READ.themes,
        chain.from_iterable(theme.question for theme in CRITERIA_READ.themes),
        equality.characteristic,
    )
    assert all(one is not None and len(one.source) > 8 for one in sourced)


def test_it_says_that_no_council_ran_it() -> None:
    assert "model" in CRITERIA_READ.title
    assert "did not run" in CRITERIA_READ.authority
    assert "No council published or ran this." in (CRITERIA / PROGRAMME / "README.md").read_text("utf-8")
