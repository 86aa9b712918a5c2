"""Scales, tables of points, wholes and minimums as public bodies publish them (tests/reference/scales.md), exactly."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.files.read.engine_data import read_check_words
from evaluator.publication import check
from evaluator.records.findings.finding import Severity, Source
from evaluator.records.programme.criteria import Criteria
from evaluator.records.results.scores import ThemeScores
from evaluator.records.submissions.evaluation import NOT_APPLICABLE, Bid, Evaluation, ThemeBids, values_of, with_marks
from evaluator.records.submissions.received import Table
from evaluator.scoring import score

Plain = dict[str, Any]
WORDS, _ = read_check_words()


def marks(*each: object, points: Sequence[object] = ()) -> list[Plain]:
    """List marks, each with words of its own, and with points where a table is published."""
    its = [{"mark": str(one), "label": f"Mark {one}", "descriptor": f"Part {one} is there."} for one in each]
    return [one | {"points": str(point)} for one, point in zip(its, points, strict=True)] if points else its


def programme(weights: Mapping[str, object], total: object, scale: list[Plain], **more: Any) -> Criteria:
    """Publish one theme with these weights; ``more`` goes to the programme, or with ``theme`` to the theme."""
    asked = [
        {"id": name, "title": name, "text": f"What of {name}?", "good_answer": f"All of {name}.", "source": "1"}
        | more.get("asked", {}).get(name, {})
        for name in [*weights, *more.get("asked", {})]
        if name in weights or more["asked"][name].get("answered")
    ]
    theme = {"id": "T", "title": "T", "source": "1", "question": list({one["id"]: one for one in asked}.values())}
    theme["weights"] = {name: str(weight) for name, weight in weights.items()}
    return Criteria.model_validate(
        {
            "schema": 1,
            "reference": "R",
            "title": "T",
            "authority": "A",
            "regime": "grant",
            "version": "1",
            "source": "1",
            "total": str(total),
            "scale": {"source": "1", "mark": scale},
            "rounding": {"places": 2, "mode": "half_up", "point": "total", "source": "1"},
            "moderation": {"method": "one_evaluator", "declarations_required": False, "source": "1"},
            "tie_break": {"order": [], "source": "1"},
            "themes": [theme | more.get("theme", {})],
            **more.get("programme", {}),
        }
    )


def scored(criteria: Criteria, *bids: Mapping[str, object]) -> ThemeScores:
    """Score bids by their marks; "n/a" where a question does not apply."""
    questions = tuple(one.id for one in criteria.questions("T"))
    offers = tuple(Bid(f"B{at}", "T", f"O{at}", Source("made up")) for at in range(len(bids)))
    made = ThemeBids("T", offers, questions, b"", {})
    places = [
        NOT_APPLICABLE if given[question] == "n/a" else one.marks.index(Decimal(str(given[question])))
        for given in bids
        for question, one in zip(questions, values_of(criteria, made), strict=True)
    ]
    evaluation = Evaluation((made.with_cells(places),), (), (), Table({}, ()), None)
    return score(criteria, evaluation).themes[0]


def totals(found: ThemeScores) -> list[Fraction]:
    return [found.totals[at] for at in range(len(found.bids))]


def test_tutbury_gives_half_of_an_areas_share_for_five_of_ten() -> None:
    criteria = programme({"A": 20, "B": 80}, 100, marks(*range(1, 11)))
    assert totals(scored(criteria, {"A": 10, "B": 10}, {"A": 5, "B": 10})) == [100, 90]


def test_sompting_counts_seven_areas_of_five_out_of_35() -> None:
    areas = {f"A{at}": 5 for at in range(7)}
    criteria = programme(areas, 35, marks(1, 2, 3, 4, 5))
    assert totals(scored(criteria, dict.fromkeys(areas, 5), {**dict.fromkeys(areas, 3), "A0": 4})) == [35, 22]


def test_creative_communities_counts_five_marks_of_four_out_of_20() -> None:
    areas = {f"A{at}": 4 for at in range(5)}
    criteria = programme(areas, 20, marks(1, 2, 3, 4))
    assert totals(scored(criteria, dict.fromkeys(areas, 4), dict(zip(areas, (1, 2, 3, 4, 4), strict=True)))) == [20, 14]


def test_dard_has_ranges_of_five_and_of_ten_side_by_side() -> None:
    """15 for the organisation; 75 of which four of 0 to 10 and seven of 0 to 5; 5 and 5: 100 in all."""
    fives = {f"F{at}": 5 for at in range(12)}
    tens = {f"T{at}": 10 for at in range(4)}
    own = [{"id": "ten", "questions": list(tens), "mark": marks(*range(11)), "source": "1"}]
    criteria = programme({**fives, **tens}, 100, marks(*range(6)), programme={"scale_of": own})
    found = scored(criteria, dict.fromkeys(fives, 5) | dict.fromkeys(tens, 10), dict.fromkeys({**fives, **tens}, 3))
    assert totals(found) == [100, 48]


def test_tower_hamlets_wants_more_than_40_of_80_and_passes() -> None:
    section = {"id": "org", "title": "Organisation", "weight": "80", "questions": ["Q1", "Q2", "P"], "source": "1"}
    criteria = programme(
        {"Q1": 50, "Q2": 30},
        80,
        marks(*range(11)),
        theme={"section": [section | {"minimum_points": "40"}], "more_than": ["org"]},
        asked={"P": {"answered": "pass_fail"}},
    )
    bids = [{"Q1": 5, "Q2": 5, "P": 1}, {"Q1": 5, "Q2": 6, "P": 1}, {"Q1": 10, "Q2": 10, "P": 0}]
    found = scored(criteria, *bids)
    assert [found.quality[at] for at in range(3)] == [40, 43, 80]
    assert found.status == ("below_minimum", "ranked", "below_minimum")


def test_plymouths_weights_are_counted_as_they_are() -> None:
    weights = {"targeted": 51, "small": 34, "near": 15, "experienced": "7.5", "established": 4, "short": 34}
    criteria = programme(weights, "145.5", marks(0, "0.5", 1))
    assert totals(scored(criteria, dict.fromkeys(weights, 1), dict.fromkeys(weights, "0.5"))) == [
        Fraction("145.5"),
        Fraction("72.75"),
    ]
    assert [one for one in check(criteria, words=WORDS) if one.severity is Severity.BLOCKS_AWARD] == []


def test_points_that_are_equal_out_of_34_stay_equal_and_would_not_out_of_100() -> None:
    """Weights 14 and 20 of 34: 5 × 14 + 1 × 20 = 90 and 0 + 4.5 × 20 = 90, over 5: 18 points each.

    Of 100, 41.18 and 58.82 in two places: 41.18 + 11.764 is 52.944 and 58.82 × 0.9 is 52.938, 52.94 beside 52.94;
    with 41.2 and 58.8: 52.96 beside 52.92.
    """
    scale = marks(0, 1, "4.5", 5)
    bids = [{"A": 5, "B": 1}, {"A": 0, "B": "4.5"}]
    published = scored(programme({"A": 14, "B": 20}, 34, scale), *bids)
    assert totals(published) == [18, 18]
    assert published.ranks == (1, 1)
    turned = scored(programme({"A": "41.2", "B": "58.8"}, 100, scale), *bids)
    assert totals(turned) == [Fraction("52.96"), Fraction("52.92")]


def test_a_table_of_points_counts_as_published() -> None:
    """Level 1 to 8 give 20, 18, 14, 11, 8, 5, 2 and 0 points: their differences are not those of the levels."""
    table = marks(*range(1, 9), points=(20, 18, 14, 11, 8, 5, 2, 0))
    own = [{"id": "levels", "questions": ["L"], "mark": table, "source": "1"}]
    criteria = programme({"L": 20, "M": 80}, 100, marks(*range(6)), programme={"scale_of": own})
    found = scored(criteria, *({"L": level, "M": 0} for level in range(1, 9)))
    assert totals(found) == [20, 18, 14, 11, 8, 5, 2, 0]
    halved = programme({"L": 10, "M": 90}, 100, marks(*range(6)), programme={"scale_of": own})
    assert totals(scored(halved, {"L": 3, "M": 0})) == [7]


@pytest.mark.parametrize(
    ("rule", "by_hand"),
    [
        ("section", 40 * Fraction(3, 5) + 60 * Fraction(4, 5)),  # A carries C's 10 too
        ("all", (30 + 10 * Fraction(30, 90)) * Fraction(3, 5) + (60 + 10 * Fraction(60, 90)) * Fraction(4, 5)),
        ("full_marks", 30 * Fraction(3, 5) + 60 * Fraction(4, 5) + 10),
    ],
)
def test_what_does_not_apply_goes_where_the_rule_says(rule: str, by_hand: Fraction) -> None:
    """A has 30 and stands with C's 10 in one section, B 60; A is marked 3 of 5, B 4 of 5, and C does not apply."""
    sections = [{"id": "s", "title": "S", "weight": "40", "questions": ["A", "C"], "source": "1"}]
    sections += [{"id": "t", "title": "T", "weight": "60", "questions": ["B"], "source": "1"}]
    goes = {"not_applicable": {"decided_by": "the panel", "weight": rule, "source": "1"}}
    weights = {"A": 30, "B": 60, "C": 10}
    criteria = programme(weights, 100, marks(*range(6)), theme={"section": sections}, programme=goes)
    assert scored(criteria, {"A": 3, "B": 4, "C": "n/a"}).quality[0] == by_hand


def test_a_mark_that_is_on_no_scale_counts_exactly() -> None:
    """4, 4 and 3 make 11/3 of 5: 22 of 30 points."""
    criteria = programme({"A": 30, "B": 70}, 100, marks(*range(6)))
    offers = (Bid("B0", "T", "O0", Source("made up")),)
    made = ThemeBids("T", offers, ("A", "B"), b"", {}).with_cells([0, 0])
    third = with_marks(criteria, made, {(0, 0): Fraction(11, 3)})
    evaluation = Evaluation((third,), (), (), Table({}, ()), None)
    assert score(criteria, evaluation).themes[0].quality[0] == 22


def test_more_marks_than_a_byte_holds_are_told_apart() -> None:
    criteria = programme({"A": 100}, 100, marks(*range(6)))
    offers = tuple(Bid(f"B{at:03}", "T", f"O{at}", Source("made up")) for at in range(300))
    made = ThemeBids("T", offers, ("A",), b"", {}).with_cells([0] * 300)
    many = with_marks(criteria, made, {(at, 0): Fraction(at, 61) for at in range(300)})
    assert many.wide
    found = score(criteria, Evaluation((many,), (), (), Table({}, ()), None)).themes[0]
    assert [found.quality[at] for at in range(300)] == [Fraction(at, 61) * 20 for at in range(300)]


def referee(
    weights: Mapping[str, Fraction], tables: Mapping[str, Mapping[int, Fraction]], given: Mapping[str, int]
) -> Fraction:
    """Docs/criteria.md: weight × points of the mark ÷ highest points of the table; the sum of all of them."""
    return sum((weights[q] * tables[q][mark] / max(tables[q].values()) for q, mark in given.items()), Fraction(0))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_tables_and_weights_agree_with_a_referee_written_from_the_document(data: st.DataObject) -> None:
    questions = ["A", "B", "C"][: data.draw(st.integers(1, 3))]
    weights = {q: Fraction(data.draw(st.integers(1, 400)), 4) for q in questions}
    tables = {}
    for q in questions:
        steps = data.draw(st.lists(st.integers(1, 30), min_size=1, max_size=6))
        tables[q] = {at: Fraction(sum(steps[:at])) for at in range(len(steps) + 1)}
    own = [
        {"id": f"s{q}", "questions": [q], "source": "1", "mark": marks(*table, points=[int(p) for p in table.values()])}
        for q, table in tables.items()
    ]
    given_marks = {q: data.draw(st.sampled_from(sorted(tables[q]))) for q in questions}
    least = Fraction(data.draw(st.integers(0, 120)), 2)
    beyond = data.draw(st.booleans())
    written = {q: str(Decimal(weight.numerator) / Decimal(weight.denominator)) for q, weight in weights.items()}
    theme = {"minimum_quality_points": str(float(least)), "more_than": ["quality"] * beyond}
    whole = str(Decimal(sum(weights.values()).numerator) / Decimal(sum(weights.values()).denominator))
    criteria = programme(written, whole, marks(0, 1), theme=theme, programme={"scale_of": own})
    found = scored(criteria, given_marks)
    quality = referee(weights, tables, given_marks)
    assert found.quality[0] == quality
    assert (found.status[0] == "ranked") == (quality > least if beyond else quality >= least)
