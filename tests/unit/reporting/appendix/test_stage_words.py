"""Each value of a stage is told to bidders in a sentence of its own, which changes with it."""

from typing import Any

import pytest

from evaluator.records.programme.conditions.stages import Stage
from evaluator.reporting.appendix.stage_words import KEYS, stage_statements
from tests.unit.scoring.small_theme import programme

BEST = {"id": "S", "questions": ["A"], "passes": "best", "number": 3, "draw_seed": "Minutes 4"}
LEAST = {"id": "S", "questions": ["A"], "passes": "at_least", "score": "24"}


def said(stage: dict[str, Any], themes: int = 1) -> dict[str, str]:
    criteria = programme({"A": "60", "B": "40"})
    more = tuple(criteria.themes[0].model_copy(update={"id": f"T{number}"}) for number in range(themes))
    return dict(stage_statements(criteria.model_copy(update={"themes": more}), Stage.model_validate(stage)))


@pytest.mark.parametrize(
    ("base", "change", "subject", "words"),
    [
        (BEST, {}, "passes", "The 3 bids with the most points for the questions of this stage go on."),
        (BEST, {"number": 1}, "passes", "The 1 bid with the most points for the questions of this stage goes on."),
        (
            BEST,
            {"score": "20"},
            "passes",
            "A bid goes on only with at least 20 points for the questions of this stage.",
        ),
        (BEST, {"questions": ["A", "B"]}, "questions", "Marked in this stage: A A and B B."),
        (BEST, {}, "ties", "all go on, so that more than the published number can."),
        (
            BEST,
            {"ties": "tie_break", "tie_break": ["question:A"]},
            "ties",
            "the one with the higher mark for A goes on",
        ),
        (BEST, {"ties": "draw"}, "ties", "a draw decides: the lowest ticket goes on"),
        (BEST, {"ties": "draw", "draw_seed": "Other words"}, "ties", "“Other words”"),
        (BEST, {"ties": "draw", "tie_break": ["question:A"]}, "ties", "between those still equal a draw decides"),
        (BEST, {"counts": False}, "counts", "Its points decide only who goes on: they are no part of the total"),
        (BEST, {}, "counts", "Its points are part of the total."),
        (BEST, {"decided": "2027-03-01"}, "decided", "It is decided on 1 March 2027."),
        (LEAST, {}, "passes", "Every bid with at least 24 points for the questions of this stage goes on."),
        (
            LEAST,
            {"score": None, "share": "60%"},
            "passes",
            "at least 60 % of the points that the questions of this stage",
        ),
        (LEAST, {"passes": None, "score": None}, "passes", "All bids that are in this stage are ranked."),
    ],
)
def test_a_value_is_told_in_its_sentence(
    base: dict[str, Any], change: dict[str, Any], subject: str, words: str
) -> None:
    assert words in said({**base, **change})[subject]


def test_over_what_the_best_are_counted_is_told_where_there_are_several_themes() -> None:
    assert "The 3 bids of each theme with" in said(BEST, 2)["passes"]
    assert "The 3 bids of all themes together with" in said({**BEST, "by_theme": False}, 2)["passes"]


def test_every_key_of_a_stage_is_told_or_is_its_name_or_source() -> None:
    assert {*Stage.model_fields} - {"facts"} == KEYS
